"""Pages of an invented world without end, with what a reader would have found on them: what benches fill ledgers with.

A page has a title and twelve quotes; one in three has a condition. Who speaks is of one body all their life, and binds it every other
time. Objects and places come up as words do in language, few often and most seldom (Zipf); so do speakers, but none has more than
a hundredth of all that is said, as in the news (Mandelbrot). Objects are compounded, so that there are thousands of words.
"""

import hashlib
import random
from collections.abc import Iterator, Sequence
from itertools import accumulate

from wortlaut import Page, Reading, Span
from wortlaut.model import (
    Act,
    Article,
    Block,
    BlockKind,
    Condition,
    ConditionKind,
    Entity,
    EntityKind,
    Making,
    PageForm,
    Quote,
    QuoteKind,
    Role,
    Statement,
    StatementSource,
    content_id,
)

BODIES = ("Stadt", "Land", "Partei", "Verband", "Bund", "Amt", "Werk", "Klub", "Kammer", "Bank")
PLACES = ("Norrland", "Veskien", "Talmark", "Aldstadt", "Lestrien", "Tarvien", "Morvanien", "Berund", "Dolmar", "Karsow", "Seehagen")  # fmt: skip
FIRST = ("Ada", "Bela", "Cora", "Dana", "Emil", "Fenja", "Gero", "Hanna", "Ida", "Jost", "Karla", "Levin", "Mara", "Nils", "Olav", "Paula", "Rike", "Sven", "Tilda", "Ylva")  # fmt: skip
LAST = tuple(a + b for a in ("Brand", "Holm", "Lund", "Moor", "Rein", "Stein", "Tam", "Wald", "Berg", "Feld") for b in ("", "er", "mann", "hoff", "sen", "ow", "bach", "au", "ling", "tal"))  # fmt: skip
OBJECTS = ("Brücke", "Steuer", "Grenze", "Flotte", "Schule", "Werft", "Bahn", "Maut", "Rente", "Klinik", "Halle", "Leitung", "Deponie", "Siedlung", "Kaserne", "Messe", "Zeitung", "Quote", "Reform", "Anlage", "Straße", "Fähre", "Mühle", "Börse", "Küste", "Insel", "Kirche", "Bühne", "Akademie", "Behörde", "Kammer", "Polizei", "Feuerwehr", "Ernte", "Miete")  # fmt: skip
VERBS = ("schließen", "öffnen", "verkaufen", "bauen", "verlegen", "prüfen", "sperren", "fördern", "kürzen", "erhöhen", "besetzen", "räumen", "verteidigen", "aufgeben")  # fmt: skip
TIMES = ("im Mai", "im Herbst", "noch heute", "bis 2032", "im Winter", "nach Ostern", "zum Jahresende", "am Montag")
ACTORS = tuple(f"{first} {last}" for last in LAST for first in FIRST)
PARTIES = tuple(f"{body} {place}" for place in (*PLACES, *(f"{name}stadt" for name in LAST)) for body in BODIES)
THINGS = OBJECTS + tuple(f"{one}n{other.lower()}" for one in OBJECTS for other in OBJECTS if one.endswith("e"))
QUOTES = 12
_FLAT = 20
"""So many speakers are heard nearly as often as the first."""


class World:
    """What is said in an invented world; the same seed says the same."""

    def __init__(self, seed: int = 1) -> None:
        self._chance = random.Random(seed)  # noqa: S311 - no secret
        self._weights = {
            len(names): [*accumulate(1 / (n + (_FLAT if names is ACTORS else 1)) for n in range(len(names)))]
            for names in (ACTORS, PARTIES, THINGS, VERBS, TIMES, PLACES)
        }

    def _one(self, names: Sequence[str]) -> str:
        return self._chance.choices(names, cum_weights=self._weights[len(names)])[0]

    def deed(self) -> str:
        """Return what somebody may do."""
        thing, other = self._one(THINGS), self._one(THINGS)
        return f"die {thing} in {self._one(PLACES)} {self._one(TIMES)} und die {other} {self._one(VERBS)}"

    def pages(self, publishers: int = 50) -> Iterator[tuple[Page, Reading]]:
        """Yield pages with their readings, without end."""
        number = 0
        while True:
            yield self._page(number, f"Zeitung {number % publishers}")
            number += 1

    def _page(self, number: int, publisher: str) -> tuple[Page, Reading]:
        day = (
            f"20{self._chance.randrange(10, 40)}-{self._chance.randrange(1, 13):02}-{self._chance.randrange(1, 29):02}"
        )
        text = f"Meldung {number}: {self._one(THINGS)} in {self._one(PLACES)}"
        blocks, said = [Block(kind=BlockKind.HEADLINE, start=0, end=len(text))], []
        for place in range(QUOTES):
            speaker = self._one(ACTORS)
            party = PARTIES[ACTORS.index(speaker) % len(PARTIES)]
            condition = f"wenn {self._one(PARTIES)} {self.deed()} sollte" if place % 3 == 0 else ""
            words = f"Wir werden {self.deed()}{', ' if condition else ''}{condition}"
            start = len(text) + 2
            text += f"\n\n{speaker} ({party}) sagte: „{words}“."
            blocks.append(Block(kind=BlockKind.PARAGRAPH, start=start, end=len(text)))
            end = len(text) - 2
            said.append((speaker, party, start, Span(end - len(words), end), Span(end - len(condition), end)))
        source, url = f"meldung-{number}.txt", f"https://zeitung.example/{number}"
        page = Page(
            source=source, content=text.encode(), url=url, published=day, publisher=publisher, form=PageForm.TEXT
        )
        article = Article(
            id=content_id(hashlib.sha256(page.content).hexdigest(), url), publisher=publisher, title=text[: blocks[0].end],
            published=day, text=text, blocks=tuple(blocks),
        )  # fmt: skip
        return page, self._reading(page, article, said)

    def _reading(self, page: Page, article: Article, said: list[tuple[str, str, int, Span, Span]]) -> Reading:
        found: dict[str, Entity] = {}
        quotes, statements = [], []
        for name, party, start, content, condition in said:
            at = Span(start, start + len(name))
            body = Span(at.end + 2, at.end + 2 + len(party))
            speaker = found.setdefault(
                name,
                Entity(id=content_id(article.id, [at]), name=name, kind=EntityKind.PERSON, mentions=(at,), roles=(Role(title="Mitglied", organisation=party),)),
            )  # fmt: skip
            principal = found.setdefault(
                party, Entity(id=content_id(article.id, [body]), name=party, kind=EntityKind.ORGANISATION, mentions=(body,))
            )  # fmt: skip
            quote = content_id(article.id, "quote", [content])
            cue = Span(body.end + 2, body.end + 7)
            confidence = round(self._chance.uniform(0.2, 1), 3)
            quotes.append(Quote(id=quote, kind=QuoteKind.DIRECT, content=(content,), cue=(cue,), speaker=(at,), confidence=confidence))  # fmt: skip
            statements.append(Statement(
                id=content_id(article.id, "statement", [content]), source=StatementSource.QUOTE, quote=quote, content=(content,),
                speaker=speaker.id, speaker_span=(at,), principal=(principal if len(statements) % 2 else speaker).id, act=self._chance.choice([*Act]), act_cue=(cue,),
                proposition=(Span(content.start + 11, content.end),), confidence=confidence,
                conditions=(Condition(kind=ConditionKind.IF, spans=(condition,)),) if condition.start < condition.end else (),
            ))  # fmt: skip
        return Reading(
            page=page.record(), article=article, quotes=tuple(quotes), entities=tuple(found.values()), statements=tuple(statements),
            made_by=Making(program="bench", model="generated", lexicon="none"),
        )  # fmt: skip
