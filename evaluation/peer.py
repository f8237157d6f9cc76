"""Time one article in the shape of the generative peer: mT5-base with random weights, which cost what trained ones cost.

The published system writes the annotated article out token by token. An article of 250 words is 364 pieces in and about
186 out (measured on the corpus); greedy, with cache, float32. Prints one JSON line.
"""

import json
import sys
import time

import torch
from transformers import MT5Config, MT5ForConditionalGeneration

PIECES_IN, PIECES_OUT = 364, 186


def main() -> None:
    """Build, warm up, time."""
    torch.set_num_threads(int(sys.argv[1]) if len(sys.argv) > 1 else 2)
    config = MT5Config(
        vocab_size=250112,
        d_model=768,
        d_kv=64,
        d_ff=2048,
        num_layers=12,
        num_decoder_layers=12,
        num_heads=12,
        feed_forward_proj="gated-gelu",
        tie_word_embeddings=False,
        decoder_start_token_id=0,
    )
    model = MT5ForConditionalGeneration(config).eval()
    ids = torch.randint(5, 250_000, (1, PIECES_IN))
    options = {"num_beams": 1, "do_sample": False, "use_cache": True}
    with torch.no_grad():
        model.generate(ids, min_new_tokens=2, max_new_tokens=2, **options)
        started = time.perf_counter()
        model.generate(ids, min_new_tokens=PIECES_OUT, max_new_tokens=PIECES_OUT, **options)
    print(json.dumps({"seconds": time.perf_counter() - started}))


if __name__ == "__main__":
    main()
