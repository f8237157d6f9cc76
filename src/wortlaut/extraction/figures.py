"""Pictures: what their caption says, and to whom the picture is credited, often in one line."""

import re
from collections.abc import Sequence

from selectolax.lexbor import LexborNode

from wortlaut import lexicon
from wortlaut.extraction.draft import Draft
from wortlaut.extraction.outline import Line, Piece
from wortlaut.model import BlockKind, Image
from wortlaut.text import Span

_WORD = lexicon.load("extraction")["credit_words"]
_NAMES = [*lexicon.load("extraction")["agencies"], *lexicon.load("extraction")["picture_agencies"]]
_AGENCIES = frozenset([*_NAMES, *map(str.upper, _NAMES), *map(str.title, _NAMES)])
_FIRSTS = frozenset(name.split()[0] for name in _AGENCIES)
_WORDS = re.compile(r"[\w-]+")
_AGENCY = "|".join(map(re.escape, sorted(_AGENCIES, key=len, reverse=True)))
_TAILS = (
    re.compile(
        rf"(?:^|\s)[(\[|–-]?\s*©?\s*(?:{_WORD})(?:\s*[(\[]M[)\]])?\s*(?::|©|/|\|)\s*\S.{{1,110}}$", re.IGNORECASE
    ),
    re.compile(r"(?:^|\s)[(\[|–-]?\s*(?:©|\(c\)|\(C\))\s*\S.{1,110}$"),
    re.compile(rf"\s[(\[](?=[^()\[\]]*(?<!\w)(?:{_AGENCY})(?!\w))[^()\[\]]{{2,80}}[)\]]\.?$"),
    re.compile(rf"(?<=[.!?:\"“”«»])\s(?=[^.!?]*(?<!\w)(?:{_AGENCY})(?!\w))[^!?]{{2,80}}$"),
    re.compile(rf"(?<=[a-zäöüß][.!?])(?:{_AGENCY})(?:/[\w ]{{2,30}})?$"),
    re.compile(rf"^(?=.*(?<!\w)(?:{_AGENCY})(?!\w))[^.!?]{{2,60}}$"),
)
_LABEL = re.compile(r"^(?:bild|foto|video|quelle|bildunterschrift|caption)\s*:?$|^(?:bild )?vergrößern$|^\d+\s?/\s?\d+$|^(?:zum )?vollbild$|(?:bitte )?aktivieren sie javascript|^detailansicht|^\d+:\d\d(?: min)?$", re.IGNORECASE)  # fmt: skip


_COUNTER = re.compile(r"^(?:https?:)?//[^/]*(?:" + "|".join(lexicon.load("extraction")["counters"]) + ")")
"""Addresses of pictures that only count readers."""


def credit_start(words: str) -> int:
    """Return where the credit begins in a caption's line, its length if there is none."""
    marked = any(sign in words for sign in ":©/|()")
    named = not _FIRSTS.isdisjoint(_WORDS.findall(words))
    return _start(words, _TAILS if named else _TAILS[:2] if marked else ())


def labelled_credit(words: str) -> int | None:
    """Return where a credit begins that a word or a sign announces ("(Foto: …", "© …"), None if there is none."""
    at = _start(words, _TAILS[:3])
    return at if at < len(words) else None


def _start(words: str, tails: Sequence[re.Pattern[str]]) -> int:
    """Return where the first tail begins that is no sentence ("Ein Bild: Das ist alles, was blieb.")."""
    for pattern in tails:
        if match := pattern.search(words):
            tail = match.group().strip()
            if not (tail[-1] in ".!?" and tail.count(" ") > 6):
                return match.start() + match.group()[:1].isspace()
    return len(words)


def divide(lines: Sequence[Line]) -> tuple[str, str]:
    """Return the words of caption and credit in the lines beside a picture."""
    caption: list[str] = []
    credit: list[str] = []
    said_lines = [x for x in lines if x.node is None and not _LABEL.match(x.words) and "stamp" not in x.element.roles]
    said_lines = [x for n, x in enumerate(said_lines) if x.words not in [y.words for y in said_lines[:n]]]
    for number, line in enumerate(said_lines):
        if "credit" in line.element.roles and "caption" not in line.element.roles:
            credit.append(line.words)
            continue
        if caption and number == len(said_lines) - 1 and _is_name(line.words):
            credit.append(line.words)
            continue
        named = [p for p in line.pieces if "credit" in p.roles] or _signed(line)
        said = " ".join("".join(p.words for p in line.pieces if p not in named).split()) if named else line.words
        at = credit_start(said)
        if (named and said[:at].strip(" |–-()/:") != "") or not named:
            caption.append(said[:at])
        credit.append(said[at:])
        credit.append(" ".join("".join(p.words for p in named).split()))
    return " ".join(filter(None, map(str.strip, caption))), " ".join(
        dict.fromkeys(filter(None, map(str.strip, credit)))
    )


def _signed(line: Line) -> list[Piece]:
    """Return the last piece of a caption if it is a name in an element of its own behind a finished sentence or a bar."""
    if len(line.pieces) < 2 or not line.pieces[-1].tag:
        return []
    before = "".join(p.words for p in line.pieces[:-1]).rstrip()
    boxed = line.pieces[-1].tag in ("span", "b", "strong")
    apart = len(before) > 20 and (before[-1] in ".|!?" or boxed)
    return [line.pieces[-1]] if apart and _is_name(line.pieces[-1].words.strip()) else []


def _is_name(words: str) -> bool:
    parts = words.split()
    return (
        2 <= len(parts) <= 6 and all(w[:1].isupper() or not w[:1].isalpha() for w in parts) and words[-1] not in ".!?…:"
    )


def add_figure(draft: Draft, lines: Sequence[Line], seen: dict[str, None]) -> None:
    """Append a picture with its caption and credit; the same words a second time (a gallery's copy) are left out."""
    pictures = [line.node for line in lines if line.node is not None and line.node.tag in ("img", "amp-img")]
    caption, credit = divide(lines)
    caption = caption.strip(" |–-")
    said = _once(draft, BlockKind.CAPTION, caption if " " in caption else "", seen)
    named = _once(draft, BlockKind.CREDIT, credit, seen) if said or not caption else None
    if pictures or said or named:
        node = pictures[0] if pictures else None
        draft.images.append(Image(src=source_of(node), alt=_attribute(node, "alt"), caption=said, credit=named))


def _once(draft: Draft, kind: BlockKind, words: str, seen: dict[str, None]) -> Span | None:
    key = f"{kind} {words.casefold()}"
    if not words or (key in seen and kind is BlockKind.CAPTION):
        return None
    seen[key] = None
    return draft.add(kind, words)


def source_of(node: LexborNode | None) -> str | None:
    """Return a picture's address: its own, the last of its set, or the last of the sets beside it; None for a dot that counts readers."""
    if node is None:
        return None
    around = node.parent
    beside = around.css("source")[:8] if around is not None and around.tag == "picture" else []
    given = [_attribute(node, k) for k in ("src", "data-src", "data-lazy-src")]
    sets = [_attribute(n, k) for n in (node, *beside) for k in ("srcset", "data-srcset")]
    sets = [s.split(", ")[-1].split()[0] for s in sets if s and s.split()]
    return next((v for v in (*given, *sets) if v and not v.startswith("data:")), None)


def is_dot(node: LexborNode) -> bool:
    """Tell whether a picture is a dot that nobody sees, set to count readers."""
    attributes = node.attributes
    sizes = [attributes.get(k) for k in ("width", "height")]
    return any(s in ("0", "1", "1px", "0px") for s in sizes) or bool(_COUNTER.search(attributes.get("src") or ""))


def _attribute(node: LexborNode | None, name: str) -> str | None:
    return (node.attributes.get(name) or None) if node is not None else None
