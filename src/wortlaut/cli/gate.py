"""`wortlaut gate`: a saved page with its third-party content behind consent, and a list of what that is."""

import gzip
import sys
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wortlaut.cli.options import Format, FormatOption, clear_errors
from wortlaut.errors import SourceError

if TYPE_CHECKING:
    from wortlaut.gate import Gated


def gate(
    page: Annotated[str, typer.Argument(metavar="PAGE", help="The page, HTML; - is standard input.")],
    out: Annotated[str, typer.Option("--out", "-o", metavar="OUT", help="Where to write it; - is standard output.")],
    own: Annotated[
        list[str] | None,
        typer.Option(metavar="HOST", help="A host of the page's own site; without any, its canonical address tells."),
    ] = None,
    trust: Annotated[
        list[str] | None, typer.Option(metavar="HOST", help="Another host that the page may load from without asking.")
    ] = None,
    language: Annotated[str, typer.Option(help="Language of the notices: de or en.")] = "de",
    privacy: Annotated[str | None, typer.Option(metavar="URL", help="The site's privacy policy.")] = None,
    format_: FormatOption = Format.TABLE,
) -> None:
    """Put the third-party content of a page behind one click, and list what was found.

    Beside OUT.html a folder OUT.gate is written: style sheet, script, one document for each embed that can be shown, and
    index.html, on which consents are withdrawn. On standard output there is no such folder, and embeds are plain links.

    Exit status: 0 done, whether or not anything was found; 2 the command could not be carried out.
    """
    with clear_errors():
        from wortlaut.gate import Policy
        from wortlaut.gate import gate as gate_page
        from wortlaut.gate.saving import save, saving

        policy = Policy(
            own_hosts=tuple(own or ()), trusted_hosts=tuple(trust or ()), language=language, privacy_url=privacy
        )
        content = _content(page)
        target = None if out == "-" else Path(out)
        policy, serving = saving(policy, target)
        gated = gate_page(content, policy, serving=serving)
        if target is None:
            sys.stdout.buffer.write(gated.html)
            sys.stdout.flush()
        else:
            try:
                save(gated, policy, target)
            except OSError as error:
                raise SourceError(str(target), error.strerror or str(error)) from error
        _show(gated.found, format_, to_stderr=target is None)


def _content(page: str) -> bytes:
    try:
        content = sys.stdin.buffer.read() if page == "-" else Path(page).read_bytes()
        return gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content
    except (OSError, EOFError, zlib.error) as error:
        raise SourceError(page, getattr(error, "strerror", None) or str(error)) from error


def _show(found: tuple["Gated", ...], format_: Format, *, to_stderr: bool) -> None:
    stream = sys.stderr if to_stderr else sys.stdout
    if format_ is Format.JSONL:
        from wortlaut.gate.saving import to_line

        for one in found:
            print(to_line(one), file=stream)
        return
    if not found:
        print("nothing third-party was found", file=stream)
    for one in found:
        state = "gated  " if one.seen else "removed"
        words = one.words.title or one.words.text.replace("\n", " ")
        print(f"{state} {one.kind:8} {one.name:24} {one.host:32} {words[:60]}".rstrip(), file=stream)
