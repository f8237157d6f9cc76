"""The store of everything read, and the questions asked of it."""

from wortlaut.ledger.answers import Added, Answer, AnswerPage, Change, ChangeKind
from wortlaut.ledger.sql import Ledger

__all__ = ["Added", "Answer", "AnswerPage", "Change", "ChangeKind", "Ledger"]
