"""Write the trained network as the files that the run-time reads: three ONNX graphs in eight bits, vocabulary, settings.

    python training/export.py --work FOLDER --into models/wortlaut-de/src/wortlaut_de [--weights network.pt]

Weights are stored in eight bits with a scale for each block of 128 (each row, of the vocabulary), the vector's in four; states are rounded to
eight bits for each block of a word's state by itself, so that nothing depends on what else is computed at the same time.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from judge import load
from network import HIDDEN, Near, Network, Vector
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization.matmul_nbits_quantizer import DefaultWeightOnlyQuantConfig, MatMulNBitsQuantizer
from torch import Tensor, nn

from wortlaut.quotation.features import lexicon_cues, write_cues
from wortlaut.quotation.near import BUCKETS
from wortlaut.quotation.tags import TAGS

OPSET = 21
BLOCKS = {8: 128, 4: 64}
"""How many weights share a scale, by bits."""


class Tagger(nn.Module):
    """One window: piece ids [1, n], first pieces [w], features [w, 4] → tags of both levels, states, lower states."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, firsts: Tensor, features: Tensor) -> tuple[Tensor, ...]:
        """Return tags0 [w, TAGS], tags1, states [w, 256], and the states of pieces [n, 384] that vectors are made of."""
        states = self.network.encoder.states(ids, None)
        words = self.network.words(states[-1][0][firsts], features)[None]
        tags = self.network.tag(words)
        return tags[0][0], tags[1][0], self.network.near(words)[0], states[Vector.BEHIND][0]


class Pooler(nn.Module):
    """A text's lower states [n, 384] → its vector [384], and the last states [n, 384] that it is the mean of."""

    def __init__(self, vector: Vector) -> None:
        super().__init__()
        self.vector = vector

    def forward(self, lower: Tensor) -> tuple[Tensor, Tensor]:
        """Return a vector of unit length, and the states."""
        states = self.vector.states(lower[None], None)
        return self.vector.mean(states, None)[0], states[0]


class Looker(nn.Module):
    """The second look, with all that is near quotes as separate inputs."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, states: Tensor, *near: Tensor) -> tuple[Tensor, Tensor]:
        """Return role logits and verdicts."""
        return self.network.look(states, Near(*near))


def graphs(network: Network, vector: Vector, folder: Path) -> tuple[Path, ...]:
    """Export the three graphs in float32."""
    network.eval()
    folder.mkdir(parents=True, exist_ok=True)
    ids, firsts = torch.randint(4, 1000, (1, 48)), torch.arange(1, 31)
    features = torch.zeros(30, 4, dtype=torch.long)
    tagger, looker, pooler = (folder / f"{name}.onnx" for name in ("tagger", "looker", "pooler"))
    torch.onnx.export(
        Tagger(network),
        (ids, firsts, features),
        str(tagger),
        opset_version=OPSET,
        dynamo=False,
        input_names=["ids", "firsts", "features"],
        output_names=["tags0", "tags1", "states", "lower"],
        dynamic_axes={"ids": {1: "pieces"}, "firsts": {0: "words"}, "features": {0: "words"}},
    )
    row = torch.randint(0, 30, (3, 20))
    near = (
        row,
        torch.ones(3, 20, dtype=torch.bool),
        row % BUCKETS,
        row % BUCKETS,
        row % 2,
        row % TAGS,
        torch.randint(0, 30, (3, 2)),
        torch.zeros(3, dtype=torch.long),
        torch.zeros(3, dtype=torch.long),
    )
    names = ["index", "mask", "from_start", "from_end", "inside", "tags", "ends", "kind", "level"]
    axes = {name: {0: "quotes", 1: "near"} for name in names[:6]} | {name: {0: "quotes"} for name in names[6:]}
    torch.onnx.export(
        Looker(network),
        (torch.randn(30, 256), *near),
        str(looker),
        opset_version=OPSET,
        dynamo=False,
        input_names=["states", *names],
        output_names=["roles", "verdict"],
        dynamic_axes={"states": {0: "words"}, **axes},
    )
    torch.onnx.export(
        Pooler(vector.eval()),
        (torch.randn(20, HIDDEN),),
        str(pooler),
        opset_version=OPSET,
        dynamo=False,
        input_names=["lower"],
        output_names=["vector", "states"],
        dynamic_axes={"lower": {0: "pieces"}, "states": {0: "pieces"}},
    )
    return tagger, looker, pooler


def packed(source: Path, target: Path, bits: int) -> None:
    """Store the weights of a graph in eight bits, or in four, as the vector's layers came."""
    model = onnx.load(source)
    _vocabulary_in_eight_bits(model)
    _positions_in_half(model)
    config = DefaultWeightOnlyQuantConfig(block_size=BLOCKS[bits], is_symmetric=True, accuracy_level=4, bits=bits)
    quantizer = MatMulNBitsQuantizer(model, algo_config=config)
    quantizer.process()
    quantizer.model.save_model_to_file(str(target), use_external_data_format=False)


def _positions_in_half(model: onnx.ModelProto) -> None:
    """Store the vectors of positions in float16."""
    graph = model.graph
    table = next((i for i in graph.initializer if list(i.dims) == [512, HIDDEN]), None)
    if table is not None:
        rows, name = numpy_helper.to_array(table), table.name
        graph.initializer.remove(table)
        graph.initializer.append(numpy_helper.from_array(rows.astype(np.float16), "position.half"))
        graph.node.insert(0, helper.make_node("Cast", ["position.half"], [name], to=TensorProto.FLOAT))


def _vocabulary_in_eight_bits(model: onnx.ModelProto) -> None:
    """Replace the look-up of piece vectors by one of eight-bit rows and their scales."""
    graph = model.graph
    table = next((i for i in graph.initializer if len(i.dims) == 2 and i.dims[0] > 5000 and i.dims[1] == HIDDEN), None)
    if table is None:
        return
    rows = numpy_helper.to_array(table)
    scale = np.maximum(np.abs(rows).max(1, keepdims=True) / 127, 1e-12).astype(np.float32)
    graph.initializer.remove(table)
    graph.initializer.extend(
        [
            numpy_helper.from_array(np.rint(rows / scale).astype(np.int8), "piece.rows"),
            numpy_helper.from_array(scale, "piece.scales"),
        ]
    )
    place, gather = next((n, node) for n, node in enumerate(graph.node) if node.input and node.input[0] == table.name)
    ids, out = gather.input[1], gather.output[0]
    graph.node.remove(gather)
    for offset, node in enumerate(
        (
            helper.make_node("Gather", ["piece.rows", ids], ["piece.row"]),
            helper.make_node("Cast", ["piece.row"], ["piece.float"], to=TensorProto.FLOAT),
            helper.make_node("Gather", ["piece.scales", ids], ["piece.scale"]),
            helper.make_node("Mul", ["piece.float", "piece.scale"], [out]),
        )
    ):
        graph.node.insert(place + offset, node)


def main() -> None:
    """Export, quantise, and write tokenizer and sizes."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--work", type=Path, required=True)
    options.add_argument("--into", type=Path, required=True)
    options.add_argument("--weights", default="network.pt")
    chosen = options.parse_args()
    network, tokenizer = load(chosen.work, chosen.weights)
    vector = Vector()
    head = chosen.work / "vector.pt"
    if head.exists():
        vector.load_state_dict(torch.load(head))
    chosen.into.mkdir(parents=True, exist_ok=True)
    for graph in graphs(network, vector, chosen.work / "export"):
        packed(graph, chosen.into / graph.name, 4 if graph.stem == "pooler" else 8)
        print(graph.name, f"{(chosen.into / graph.name).stat().st_size / 1e6:.1f} MB")
    table = json.loads(tokenizer.to_str())
    table["model"]["vocab"] = [[piece, round(score, 4)] for piece, score in table["model"]["vocab"]]
    text = json.dumps(table, ensure_ascii=False, separators=(",", ":"))
    (chosen.into / "tokenizer.json").write_text(text, encoding="utf-8")
    write_cues(lexicon_cues(), chosen.into / "cues.toml")


if __name__ == "__main__":
    main()
