"""The model's card, as its package carries it: data, figures, limits, licence."""

import re
from functools import cache
from importlib.metadata import PackageNotFoundError, metadata

from markdown_it import MarkdownIt
from markupsafe import Markup

from wortlaut.encoder import find_model


@cache
def find_card() -> Markup | None:
    """Return the card of the model in use as HTML, its headings below those of the page; None if no model is installed.

    HTML in it is text, and links are words: they point into the source's own folders.
    """
    model = find_model()
    try:
        words = metadata(model.replace("_", "-"))["Description"] if model else ""
    except PackageNotFoundError:
        return None
    if not words.strip():
        return None
    reader = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["link", "image", "autolink"])
    body = reader.render(re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", words))
    body = re.sub(r' style="[^"]*"', "", body)  # of a table's columns; the policy forbids it
    body = body.replace("<th></th>", "<td></td>")  # a heading without words tells nobody anything
    body = re.sub(r"<(/?)h(\d)>", lambda tag: f"<{tag[1]}h{min(6, int(tag[2]) + 2)}>", body)
    body = body.replace("<table>", '<div class="scroll" tabindex="0"><table>').replace("</table>", "</table></div>")
    return Markup(body)  # noqa: S704 - made of escaped words
