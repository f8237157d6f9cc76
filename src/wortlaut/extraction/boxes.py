"""Which element around a line is taken as a whole: a figure, the place of an embed, a teaser, a table, furniture."""

from collections.abc import Sequence
from functools import lru_cache

from wortlaut.extraction.figures import credit_start
from wortlaut.extraction.outline import UNKNOWN, Box, Element, Line, is_near
from wortlaut.extraction.phrases import authors_of, is_a, is_consent, may_be_consent

_LONGEST = 160
"""Words that a box may have: the longest consent notice seen has 120."""

_TEASER = 60
_LINKED = 0.8
_LISTED = 0.6
"""Share of a line that is a link, in an item of a list: "Newsblog: <a>Alles zur Flut</a>"."""
_HOLDING = frozenset(["ul", "ol", "section", "div"])
_HEADINGS = frozenset(["h2", "h3", "h4", "h5"])


def find_box(line: Line, lines: Sequence[Line], holders: frozenset[int]) -> tuple[Box, Element] | None:
    """Return the outermost box around a line, below the elements that hold the article (their ids are `holders`)."""
    found = None
    for element in line.element.ancestors():
        if id(element) in holders:
            break
        if element.box is UNKNOWN:
            element.box = _kind(element, lines)
        if element.box is not None:
            found = element.box, element
    return found


def _kind(element: Element, lines: Sequence[Line]) -> Box | None:
    tag, roles = element.tag, element.roles
    inside = lines[element.first : element.last]
    if tag == "figure" and _leads_away(element, inside):
        return Box.RELATED
    if (
        (tag == "figure" and not any(_quotes(line) for line in inside))
        or (roles and _pictured(element, inside))
        or _beside_picture(element, inside)
    ):
        return Box.FIGURE if sum(line.prose for line in inside) < _LONGEST else None
    if "unseen" in roles and _behind_picture(element, lines):
        return Box.FIGURE
    if tag == "button" or (element.junk and roles & {"tools", "comments", "unseen", "bio"}):
        return Box.DROPPED
    size = sum(line.count for line in inside)
    if size <= _LONGEST and _is_embed(element, inside):
        return Box.EMBED
    if tag == "table":
        return Box.TABLE if _is_data(inside) else None
    if tag == "article" and size <= _TEASER and _is_teaser(inside):
        return Box.RELATED
    if not element.junk and tag != "aside":
        if size <= 60 and tag in ("div", "section", "article", "a") and (offer := _offers(element, inside)):
            return offer
        return (
            Box.RELATED if tag in _HOLDING and _all_links(inside, _LISTED if tag in ("ul", "ol") else _LINKED) else None
        )
    if roles & {"related", "notice"} or tag == "aside":
        if "box" in roles:
            return None
        words = " ".join(line.words for line in inside)
        offered = "notice" in roles or is_a("notice", words[:300])
        return Box.NOTICE if offered and "related" not in roles else Box.RELATED
    return None


def _leads_away(figure: Element, inside: Sequence[Line]) -> bool:
    """Tell whether a figure is a teaser: it has a headline of its own, and markup calls a part of it so."""
    below = [[e for e in line.element.ancestors() if e.depth > figure.depth] for line in inside]
    return any("headline" in e.roles for path in below for e in path[:1]) and any(
        "related" in e.roles for path in below for e in path
    )


def _quotes(line: Line) -> bool:
    return any(e.tag in ("blockquote", "q") for e in (line.element, line.element.parent) if e is not None)


@lru_cache(maxsize=1024)
def _names_picture(roles: frozenset[str]) -> bool:
    return bool(roles & {"caption", "image"}) and not roles & {"headline", "lede", "body"}


def _pictured(element: Element, inside: Sequence[Line]) -> bool:
    """Tell whether markup that speaks of a picture or a caption holds just that."""
    if not _names_picture(element.roles):
        return False
    words = [line for line in inside if line.words]
    things = len(inside) - len(words)
    if not things and any(is_a("notice", line.words) for line in words):
        return False
    if any(
        line.element.tag in ("h1", "h2", "h3", "blockquote", "li") and line.element is not element for line in words
    ):
        return False
    linked = sum(line.linked for line in words) > 0.6 * sum(len(line.words) for line in words)
    return (
        len(words) <= 4
        and not (words and linked)
        and (bool(things) or any(_is_caption(e) for e in (element, *(line.element for line in words))))
    )


def _is_caption(element: Element) -> bool:
    return element.tag == "figcaption" or "caption" in element.roles


def _beside_picture(element: Element, inside: Sequence[Line]) -> bool:
    """Tell whether an element holds a picture and at most three short lines, none of them a heading or a link."""
    if not 2 <= len(inside) <= 5 or element.tag in ("p", "a", "li"):
        return False
    words = [line for line in inside if line.words]
    pictures = [line for line in inside if line.node is not None and line.node.tag in ("img", "amp-img")]
    if len(pictures) != 1 or not 1 <= len(words) <= 3:
        return False
    if not (inside[0].node is not None or any(credit_start(line.words) == 0 for line in words)):
        return False
    if any(is_a("byline_start", line.words) or line.prose > 45 for line in words):
        return False
    if any(e.tag == "button" for e in pictures[0].element.ancestors()) or any(is_near(x, "byline") for x in words):
        return False
    if any(
        line.element.tag in ("h1", "h2", "h3", "h4", "h5", "li", "blockquote") or line.link_share > 0.5
        for line in words
    ):
        return False
    return sum(line.count for line in words) <= 60


def _behind_picture(element: Element, lines: Sequence[Line]) -> bool:
    """Tell whether words that are hidden at first stand right behind a picture: a click on it shows its caption."""
    inside = lines[element.first : element.last]
    before = lines[element.first - 1].node if element.first else None
    picture = before is not None and before.tag in ("img", "amp-img")
    return (
        picture and len(inside) <= 3 and all(4 <= len(line.words.split()) <= 60 and not line.linked for line in inside)
    )


def _is_embed(element: Element, inside: Sequence[Line]) -> bool:
    words = [line.words for line in inside if line.words]
    if element.tag == "blockquote" and "embed" in element.roles:
        return True
    for line in inside:
        if line.hinted is None:
            line.hinted = may_be_consent(line.words)
    hinted = any(line.hinted for line in inside)
    return (
        hinted
        and is_consent(" ".join(words), marked="embed" in element.roles)
        and not is_a("newsletter", words[0])
        and not any(line.prose > 60 and not is_consent(line.words) for line in inside)
    )


def _offers(element: Element, inside: Sequence[Line]) -> Box | None:
    """Tell whether a short element begins by offering something else: another article, a newsletter, an app."""
    first = next((line.words for line in inside if line.words), "")
    linked = any(line.linked or line.element.tag in ("button", "a") for line in inside)
    if (
        len(first) > 160
        or element.roles & {"byline", "lede", "stamp"}
        or not linked
        or any(line.prose > 30 or "byline" in line.element.roles for line in inside)
    ):
        return None
    return Box.RELATED if is_a("related", first) else Box.NOTICE if is_a("notice", first) else None


def _is_data(inside: Sequence[Line]) -> bool:
    """Tell a table of facts from one that lays out the page."""
    return sum(line.prose for line in inside) < 0.5 * sum(line.count for line in inside)


def _all_links(inside: Sequence[Line], share: float) -> bool:
    """Tell whether all lines are links to elsewhere: not a byline's, and more than a picture that is one link with its caption."""
    words = [line for line in inside if line.words]
    return any(line.element.tag != "figcaption" for line in words) and not any(
        line.link_share <= share or is_near(line, "byline") or authors_of(line.words) for line in words
    )


def _is_teaser(inside: Sequence[Line]) -> bool:
    """Tell whether an article within the article only leads to another: a heading with a picture or a link, no time as in a live blog."""
    headed = any(line.element.tag in _HEADINGS for line in inside)
    leads = any(line.node is not None or line.linked for line in inside)
    return headed and leads and not any(line.stamp or "stamp" in line.element.roles for line in inside)
