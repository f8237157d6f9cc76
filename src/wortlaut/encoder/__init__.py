"""The trained encoder: text in, numbers of words and sentence vectors out; knows nothing of quotes."""

from wortlaut.encoder.session import MODELS, Adapted, Encoder, find_model, open_encoder, open_folder
from wortlaut.encoder.words import Words, find_words

__all__ = ["MODELS", "Adapted", "Encoder", "Words", "find_model", "find_words", "open_encoder", "open_folder"]
