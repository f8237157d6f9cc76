"""Whole quotes from a model's numbers: windows, tags, a second look, and of rival readings the likeliest.

Tags are read several times, with more and more readiness to open a quote; the model's second look says how like a true
quote each reading is (its expected token F1), and of readings that overlap on one level the likeliest stays.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wortlaut.language import Sentence
from wortlaut.model import QUOTABLE, Article, Quote, QuoteKind
from wortlaut.quotation.drafts import key, to_quote
from wortlaut.quotation.features import CLOSING, OPENING, Cues
from wortlaut.quotation.interview import find_answers, find_turns
from wortlaut.quotation.model import MEDIA, ROLES, Model, sigmoid
from wortlaut.quotation.near import look_near
from wortlaut.quotation.records import Found, to_quotes
from wortlaut.quotation.sequence import best_tags
from wortlaut.quotation.settings import Settings
from wortlaut.quotation.tags import KINDS, LEVELS, Tagged, from_tags
from wortlaut.quotation.windows import Prepared, last_unit, pack, prepare

if TYPE_CHECKING:
    from tokenizers import Tokenizer

LEFT, RIGHT = 120, 50
"""Pieces of context before and behind the sentences that a window answers for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoder:
    """Finds quotes with a trained model."""

    tokenizer: "Tokenizer"
    model: Model
    settings: Settings
    cues: Cues
    made_by: str | None = None

    def __call__(self, article: Article, sentences: tuple[Sentence, ...]) -> tuple[Quote, ...]:
        """Return the quotes of an article in text order; offsets count into `article.text`.

        The answers of an interview are quotes by their form: no model is asked about its turns.
        """
        turns = find_turns(article)
        spoken = {turn.block for turn in turns}
        own = tuple(s for s in sentences if s.kind in QUOTABLE and s.block not in spoken)
        prepared = prepare(self.tokenizer, article.text, own, self.cues)
        found = tuple(self.find(prepared))
        answers = (to_quote(article, draft) for draft in find_answers(article, turns))
        quotes = (*to_quotes(article, prepared.spans, found, self.settings.calibration), *answers)
        return tuple(sorted(quotes, key=lambda q: (key(q.content[0]), q.level)))

    def find(self, prepared: Prepared) -> Iterator[Found]:
        """Yield the quotes of prepared text; each is found in the window that holds most around it."""
        units, core = prepared.units, 0
        while core < len(units):
            first = _back(prepared, core, LEFT)
            behind = last_unit(units, first)
            if behind <= core:
                first, behind = core, last_unit(units, core)
            found = self._window(prepared, first, behind)
            following = behind
            if behind < len(units):
                following = _uncut(prepared, found, max(core + 1, _back(prepared, behind, RIGHT)), core, behind)
            low = units[core].first
            high = units[following].first if following < len(units) else len(prepared.spans)
            yield from (f for f in found if low <= f.words[0] < high)
            core = following

    def _window(self, prepared: Prepared, first: int, behind: int) -> list[Found]:
        units = prepared.units[first:behind]
        low, high = units[0].first, units[-1].behind
        if low == high:
            return []
        logits = self.model.tag(*pack(units), prepared.features[low:high])
        tags, candidates = self._read(logits[:LEVELS])
        if not candidates:
            return []
        known = {quote.words for quote in candidates}
        marked = [q for q in _in_marks(prepared.features[low:high], candidates) if q.words not in known]
        candidates.extend(marked)
        near = [look_near(quote, tags, high - low) for quote in candidates]
        roles, verdicts = self.model.look(logits[2], near)
        home = np.asarray(prepared.sentences[low:high])
        looked = [
            self._judge(quote, n.index, r, v, low, home)
            for quote, n, r, v in zip(candidates, near, roles, verdicts, strict=True)
        ]
        sure = [f for f in looked[: len(known)] if f.likeness >= self.settings.least[f.kind]]
        return _likeliest([*sure, *(f for f in looked[len(known) :] if f.likeness >= self.settings.marked)])

    def _read(self, logits: Sequence[np.ndarray]) -> tuple[list[int], list[Tagged]]:
        """Return level-0 tags as first read, and all readings' quotes without doubles."""
        settings, first = self.settings, None
        candidates: dict[tuple[int, ...], Tagged] = {}
        for out in settings.readings:
            for level in range(LEVELS):
                tags = best_tags(logits[level], out=out, opening=settings.opening)
                first = first or tags
                for quote in from_tags(tags, level):
                    if len(quote.words) >= settings.least_words:
                        candidates.setdefault(quote.words, quote)
        return first or [], list(candidates.values())

    def _players(self, chances: np.ndarray, homes: np.ndarray, own: np.ndarray) -> np.ndarray:
        """Return which words play which role [words, 4]: the probable ones, gaps closed, stray parts left out.

        `homes` numbers the words' sentences, `own` those of the content.
        """
        least = np.asarray(self.settings.roles)
        likely = chances >= least
        between = likely.copy()
        between[1:-1] = likely[:-2] & likely[2:] & (chances[1:-1] >= self.settings.gap * least)
        likely |= between
        for place in range(len(ROLES)):
            likely[:, place] &= _at_home(chances[:, place] * likely[:, place], homes, own)
        for place in (ROLES.index("speaker"), ROLES.index("addressee")):
            runs = _runs(likely[:, place])
            best = max((chances[run, place].max() for run in runs), default=0.0)
            for run in runs:
                if chances[run, place].max() < self.settings.rest * best:
                    likely[run, place] = False
        return likely

    def _judge(
        self, quote: Tagged, index: np.ndarray, roles: np.ndarray, verdict: np.ndarray, low: int, homes: np.ndarray
    ) -> Found:
        chances = sigmoid(roles)
        likely = self._players(chances, homes[index], homes[list(quote.words)])
        kinds = verdict[1 : 1 + len(KINDS)].copy()
        kinds[KINDS.index(quote.kind)] += self.settings.tag_kind
        likeness = float(sigmoid(verdict[0]))
        speaker = chances[likely[:, 0], 0]
        return Found(
            kind=KINDS[int(kinds.argmax())],
            medium=MEDIA[int(verdict[1 + len(KINDS) :].argmax())],
            level=quote.level,
            words=tuple(low + word for word in quote.words),
            roles=tuple(tuple((index[likely[:, place]] + low).tolist()) for place in range(len(ROLES))),
            likeness=likeness,
            sureness=likeness * float(speaker.max() if len(speaker) else 1 - chances[:, 0].max(initial=0)),
        )


def _at_home(chances: np.ndarray, homes: np.ndarray, own: np.ndarray) -> np.ndarray:
    """Return which words lie in the sentences of the content; all, if none is likely there.

    Who is named beside the words says them: "…, sagte [Falk]. [Moe] nannte es »…«" has one speaker, Moe.
    """
    inside = np.isin(homes, own)
    return inside if (chances * inside).any() else np.ones_like(inside)


def _runs(likely: np.ndarray) -> list[np.ndarray]:
    """Return the numbers of neighbouring likely words, run by run."""
    words = np.flatnonzero(likely)
    return np.split(words, np.flatnonzero(np.diff(words) > 1) + 1) if len(words) else []


def _back(prepared: Prepared, unit: int, pieces: int) -> int:
    """Return the first unit of a context of at most so many pieces before `unit`."""
    while unit > 0 and (pieces := pieces - len(prepared.units[unit - 1].ids)) >= 0:
        unit -= 1
    return unit


def _uncut(prepared: Prepared, found: Sequence[Found], following: int, core: int, behind: int) -> int:
    """Return where the next window's own sentences begin: before a quote that this window's end cuts."""
    edge = prepared.units[behind - 1].behind - 1
    for quote in found:
        if quote.words[-1] == edge and core < (at := _unit_of(prepared, quote.words[0])) < following:
            following = at
    return following


def _unit_of(prepared: Prepared, word: int) -> int:
    return next(n for n, unit in enumerate(prepared.units) if unit.first <= word < unit.behind)


def _in_marks(features: Sequence[Sequence[int]], others: Sequence[Tagged]) -> Iterator[Tagged]:
    """Yield what stands in quotation marks, with them, if a quote of other readings holds it: it may be one by itself."""
    start = None
    for word, (mark, *_) in enumerate(features):
        if mark == OPENING:
            start = word
        elif mark == CLOSING and start is not None:
            words = tuple(range(start, word + 1))
            if any(len(o.words) > len(words) and set(words) <= set(o.words) for o in others):
                yield Tagged(kind=QuoteKind.DIRECT, level=LEVELS - 1, words=words)
            start = None


def _likeliest(found: Iterable[Found]) -> list[Found]:
    """Keep, of quotes that share words on one level, the likeliest; and no two with much the same words."""
    kept: list[Found] = []
    for quote in sorted(found, key=lambda f: (-f.likeness, f.words)):
        own = set(quote.words)
        rivals = (k for k in kept if k.level == quote.level or _alike(own, set(k.words)))
        if not any(own & set(k.words) for k in rivals):
            kept.append(quote)
    return sorted(kept, key=lambda f: (f.words[0], f.level))


def _alike(one: set[int], other: set[int]) -> bool:
    return 2 * len(one & other) > 0.9 * (len(one) + len(other))
