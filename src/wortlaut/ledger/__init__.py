"""The store of everything read, and the questions asked of it."""

from wortlaut.ledger.actors import Actor, Judgement, Office, Verdict
from wortlaut.ledger.answers import Added, Answer, AnswerPage, Change, ChangeKind
from wortlaut.ledger.reviews import Opinion, Review
from wortlaut.ledger.sql import Ledger

__all__ = [
    "Actor",
    "Added",
    "Answer",
    "AnswerPage",
    "Change",
    "ChangeKind",
    "Judgement",
    "Ledger",
    "Office",
    "Opinion",
    "Review",
    "Verdict",
]
