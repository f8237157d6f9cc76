"""The trained encoder: text in, states of words and sentence vectors out; knows nothing of quotes."""

from wortlaut.encoder.words import Tokenizer, Words, find_words

__all__ = ["Tokenizer", "Words", "find_words"]
