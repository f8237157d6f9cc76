"""From "somebody said something" to "this party will do that, if …".

Each sentence of a quote's content is one statement; then come the page's own words on what somebody will do (narration)
and its headline. Rules over the lexicon; where a model is installed, its judge has the last word on the acts of quotes
(`engine`). Every field is spans of the page or a value resolved from them.
"""

from wortlaut.language import Sentence
from wortlaut.model import Article, Entity, Quote, Statement, Timex
from wortlaut.statements.deciding import Judge
from wortlaut.statements.linking import carry_setting, fold_conditions, fold_terms, link_headlines
from wortlaut.statements.narration import find_narrated
from wortlaut.statements.people import Cast
from wortlaut.statements.quoted import find_quoted

__all__ = ["find_statements"]


def find_statements(
    article: Article,
    sentences: tuple[Sentence, ...],
    quotes: tuple[Quote, ...],
    times: tuple[Timex, ...],
    entities: tuple[Entity, ...],
    *,
    judge: Judge | None = None,
) -> tuple[Statement, ...]:
    """Return the statements of an article in text order; `speaker`, `principal` and `addressee` are ids of `entities`."""
    cast = Cast(text=article.text, entities=entities)
    folded = fold_conditions(article.text, find_quoted(article, sentences, quotes, times, cast, judge))
    quoted = carry_setting(article.text, fold_terms(article.text, folded))
    narrated = find_narrated(article, sentences, quotes, times, cast, quoted)
    unique = {statement.id: statement for statement in (*quoted, *narrated)}
    ordered = sorted(unique.values(), key=lambda s: (s.content[0], s.id))
    return link_headlines(article, tuple(ordered))
