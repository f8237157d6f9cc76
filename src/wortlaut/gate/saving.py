"""A gated page on a disk: beside it a folder with the style sheet, the script, and a document for each embed.

Each of those documents carries a policy that allows only its provider, as the middleware's do, and the page carries the one
that allows none.
"""

from dataclasses import asdict, replace
from importlib.resources import files
from json import dumps
from pathlib import Path
from urllib.parse import quote

from wortlaut.gate.consents import Consents
from wortlaut.gate.csp import frame_policy
from wortlaut.gate.page import GatedPage
from wortlaut.gate.placeholder import Gated, document, revoke_page
from wortlaut.gate.policy import Policy, Serving


def folder_of(target: Path) -> Path:
    """Return the folder beside a saved page."""
    return target.with_name(f"{target.stem}.gate")


def saving(policy: Policy, target: Path | None) -> tuple[Policy, Serving]:
    """Return policy and serving for a page that is saved as `target`, or written where no folder is beside it."""
    if target is None:
        return policy, Serving(meta=True, files=False)
    folder = quote(folder_of(target).name)
    serving = Serving(frame=f"{folder}/{{id}}.html", defer=True, meta=True)
    return replace(policy, assets=f"{folder}/", revoke_url=policy.revoke_url or f"{folder}/index.html"), serving


def save(page: GatedPage[bytes], policy: Policy, target: Path) -> None:
    """Write a page and, if something on it can be shown, its folder."""
    target.write_bytes(page.html)
    seen = [one for one in page.found if one.seen]
    if not seen:
        return
    folder = folder_of(target)
    folder.mkdir(exist_ok=True)
    for name in ("gate.css", "gate.js"):
        (folder / name).write_bytes(files("wortlaut.gate").joinpath("static", name).read_bytes())
    inside = replace(policy, assets="./")
    for one in seen:
        meta = frame_policy((*one.hosts, *policy.hosts), local=True)
        html = document(one.name, one.markup, inside, name="wg-embed", meta=meta)
        (folder / f"{one.id}.html").write_text(html, "utf-8", "replace")
    revoke = revoke_page(inside, Serving(), Consents())
    (folder / "index.html").write_text(revoke, "utf-8")


def to_line(one: Gated) -> str:
    """Return what was found as a line of JSON."""
    record = asdict(one)
    del record["markup"], record["hosts"]
    return dumps(record, ensure_ascii=False)
