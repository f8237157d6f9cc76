"""Weights of Wortlaut's best model, as files beside this one; `wortlaut.encoder` opens them."""
