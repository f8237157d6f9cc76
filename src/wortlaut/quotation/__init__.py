"""Quotes by rules: marks, frames and the subjunctive of reported speech.

German news marks indirect speech by its mood: a sentence in Konjunktiv I with no frame of its own goes on with what the
last speaker said (Redewiedergabe: *indirekt/frei indirekt*; Brunner et al. 2020). What is in marks is direct speech if
somebody says it, and part of the indirect quote if the sentence around it is in the subjunctive.
"""

from wortlaut.language import Sentence
from wortlaut.model import QUOTABLE, Article, Quote
from wortlaut.quotation.direct import find_direct
from wortlaut.quotation.drafts import Draft, key, to_quote
from wortlaut.quotation.indirect import find_indirect
from wortlaut.quotation.interview import find_answers, find_turns
from wortlaut.quotation.marks import find_marked

__all__ = ["find_quotes"]


def find_quotes(article: Article, sentences: tuple[Sentence, ...]) -> tuple[Quote, ...]:
    """Return the quotes of an article in text order; offsets count into `article.text`."""
    turns = find_turns(article)
    spoken = {turn.block for turn in turns}
    drafts: list[Draft] = list(find_answers(article, turns))
    carried = None
    for index, block in enumerate(article.blocks):
        if block.kind not in QUOTABLE or index in spoken:
            continue
        own = tuple(s for s in sentences if s.block == index)
        marked = find_marked(article.text, block.span)
        direct = find_direct(article.text, block, own, marked, carried)
        indirect, carried = find_indirect(article.text, own, direct, carried)
        drafts.extend((*direct, *indirect))
    return _numbered(article, drafts)


def _numbered(article: Article, drafts: list[Draft]) -> tuple[Quote, ...]:
    """Give ids, and to nested quotes the id of the smallest one that holds them."""
    quotes: list[Quote] = []
    for draft in sorted(drafts, key=lambda d: (d.level, key(d.content[0]))):
        holders = [
            q for q in quotes if draft.level and q.content[0].contains(draft.content[0]) and q.content != draft.content
        ]
        parent = max(holders, key=lambda q: q.level, default=None)
        quote = to_quote(article, draft, parent.id if parent else None)
        if all(quote.id != other.id for other in quotes) and not (draft.level and parent is None):
            quotes.append(quote)
    return tuple(sorted(quotes, key=lambda q: (key(q.content[0]), q.level)))
