"""The store of everything read, and the questions asked of it."""

from wortlaut.ledger.actors import Actor, Judgement, Office, Verdict
from wortlaut.ledger.answers import Added, Answer, AnswerPage, Change, ChangeKind
from wortlaut.ledger.containing import Contained, Place
from wortlaut.ledger.due import Due, DueState
from wortlaut.ledger.edits import Edit, EditKind, Wording
from wortlaut.ledger.forgetting import Forgetting
from wortlaut.ledger.kept import Edition
from wortlaut.ledger.ledger import Ledger
from wortlaut.ledger.rereading import Reread
from wortlaut.ledger.reviews import Opinion, Review
from wortlaut.ledger.textquotes import Standing, State, TextQuoteSelector
from wortlaut.ledger.utterances import Report, Utterance
from wortlaut.ledger.verifying import Verification

__all__ = [
    "Actor",
    "Added",
    "Answer",
    "AnswerPage",
    "Change",
    "ChangeKind",
    "Contained",
    "Due",
    "DueState",
    "Edit",
    "EditKind",
    "Edition",
    "Forgetting",
    "Judgement",
    "Ledger",
    "Office",
    "Opinion",
    "Place",
    "Report",
    "Reread",
    "Review",
    "Standing",
    "State",
    "TextQuoteSelector",
    "Utterance",
    "Verdict",
    "Verification",
    "Wording",
]
