"""What a place on the page says of somebody: the record that finding mentions hands to coreference."""

from dataclasses import dataclass
from functools import cache

from wortlaut import lexicon
from wortlaut.entities.gazetteer import Office
from wortlaut.entities.morphology import Gender
from wortlaut.language import Tag, Token
from wortlaut.model import EntityKind
from wortlaut.text import Span

DEFINITE = frozenset(
    (
        "der",
        "die",
        "das",
        "den",
        "dem",
        "des",
        "dieser",
        "diese",
        "dieses",
        "diesem",
        "diesen",
        "zum",
        "zur",
        "vom",
        "beim",
        "im",
    )
)
CONTRACTED = frozenset(("zum", "zur", "vom", "beim", "im"))
INDEFINITE = frozenset(("ein", "eine", "einen", "einem", "einer", "eines", "kein", "keine", "jeder", "jede"))
POSSESSIVE = frozenset(p + e for p in ("sein", "ihr", "mein", "unser") for e in ("", "e", "en", "em", "er", "es")) | {
    "deren",
    "dessen",
}
OBLIQUE = frozenset(
    (
        "den",
        "dem",
        "des",
        "einen",
        "einem",
        "eines",
        "zum",
        "zur",
        "vom",
        "beim",
        "im",
        "seinem",
        "seines",
        "seinen",
        "ihrem",
        "ihres",
        "ihren",
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An office as a mention gives it. `since` and `until` are TIMEX3 values; PAST_REF says that it is held no more.

    `place` is where a body stands that only the office names: "[Nato]-Chef", "der [spanische] Minister", "[Bundes]kanzler".
    """

    office: Office
    body: str | None = None
    since: str | None = None
    until: str | None = None
    span: Span
    place: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A place that speaks of somebody. `name` is None for nominal phrases and pronouns.

    `head` is the noun that describes a body; `body` the state or body that this one belongs to or rules; `state` the one
    whose citizen a person is; `definite` is False for *ein*; `owned` is True for *ihr*, *deren*; `bare` for an office
    without article or attribute; `quoted` says that it stands between quotation marks; `latter` marks *dieser*.
    """

    span: Span
    kind: EntityKind
    name: str | None = None
    gender: Gender | None = None
    held: tuple[Held, ...] = ()
    head: str | None = None
    body: str | None = None
    state: str | None = None
    pronoun: bool = False
    definite: bool = True
    owned: bool = False
    bare: bool = False
    subject: bool = False
    quoted: bool = False
    latter: bool = False
    sentence: int = 0
    block: int = 0


def gender_by_article(tokens: tuple[Token, ...], at: int) -> Gender | None:
    """Return the gender that the determiner before a phrase allows alone: "der Vorsitzende" m, "die" f; "der Vorsitzenden" f."""
    before = next((tokens[i].lower for i in range(at - 1, max(-1, at - 4), -1) if tokens[i].tag is Tag.DETERMINER), "")
    weak = tokens[at].text.endswith("n")
    if before in ("des", "dem", "den", "einem", "einen", "eines", "vom", "zum", "beim"):
        return "m"
    if before in ("die", "eine", "ihre", "seine", "diese"):
        return "f"
    if before in ("einer", "der", "dieser"):
        return "f" if weak or before == "einer" else "m"
    return {"e": "f", "r": "m"}.get(tokens[at].text[-1]) if not before or before == "ein" else None  # type: ignore[return-value]


def bare(name: str, known: frozenset[str] = frozenset()) -> str:
    """Strip the genitive of a name: "Merkels" → "Merkel", if the page knows the bare form; "Lukas’" always."""
    if name.endswith(("’", "'")):
        return name[:-1]
    return name[:-1] if name.endswith("s") and len(name) > 3 and name[:-1] in known and name not in known else name


@cache
def times() -> frozenset[str]:
    """Return words in capitals that are times, never names: "Ende März"."""
    table = lexicon.load("times")
    return frozenset(
        {
            *table["months"],
            *table["weekdays"],
            *table["parts"],
            *table["seasons"],
            "ende",
            "anfang",
            "mitte",
            "jahr",
            "jahre",
            "jahren",
            "uhr",
            "prozent",
            "euro",
        }
    )


def is_subject(tokens: tuple[Token, ...], at: int) -> bool:
    """Tell whether the phrase that begins at `at` may be a subject: no preposition, oblique article or noun before it."""
    before = tokens[at - 1] if at else None
    if before is not None and before.lower in ("laut", "so", *lexicon.words("organisations", "sources")):
        return True
    if tokens[at].lower in OBLIQUE:
        return False
    if before is None:
        return True
    if before.tag in (Tag.ADJECTIVE, Tag.PARTICIPLE) and at > 1:
        return tokens[at - 2].tag is not Tag.PREPOSITION and tokens[at - 2].lower not in OBLIQUE
    return not (
        before.tag is Tag.PREPOSITION
        or before.lower in OBLIQUE
        or (before.tag is Tag.NOUN and tokens[at].lower in ("der", "des"))
    )
