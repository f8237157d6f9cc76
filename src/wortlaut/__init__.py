"""Wortlaut."""
