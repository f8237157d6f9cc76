"""Whoever imports this has all that adding a page loads on use: programs begin from here, so that they add at once."""

from tests.contracts.adding import pages
from tests.ledger.trigrams import Trigrams
from wortlaut import Ledger

with Ledger.open(":memory:", maker=Trigrams) as ledger:
    ledger.add(*next(pages()))
    ledger.index()
