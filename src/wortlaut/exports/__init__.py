"""A ledger in the formats of other tools. Each module writes one format; what they all get is `Exported`, page by page.

`FORMATS` names them: a line of explanation, the usual file name, and the function that writes a file.
"""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from wortlaut.errors import ConfigurationError
from wortlaut.exports.pages import Exported, Wanted, pages_of
from wortlaut.ledger import Ledger

__all__ = ["FORMATS", "Exported", "Format", "Wanted", "export", "pages_of"]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the module that writes it, what it is for, and the ending of its files."""

    module: str
    purpose: str
    ending: str
    needs: str | None = None


FORMATS = {
    "csv": Format("tables", "a statement a row, for spreadsheets", ".csv"),
    "jsonl": Format("lines", "a statement a line, as the ledger answers", ".jsonl"),
    "parquet": Format("columns", "a statement a row, for DuckDB, pandas and R", ".parquet", "pyarrow"),
    "webannotation": Format(
        "annotations", "W3C Web Annotations (JSON-LD), for annotation tools and the pages", ".jsonld"
    ),
    "tei": Format("tei", "TEI P5 with <said>, an article a document, for editions and corpora", ".xml"),
    "cas": Format("cas", "UIMA CAS XMI with its type system in a zip, for INCEpTION", ".zip", "cassis"),
    "dna": Format("dna", "a database of the Discourse Network Analyzer 3", ".dna"),
    "atom": Format("atom", "an Atom feed of the newest statements and changes, for feed readers", ".atom"),
}


def export(ledger: Ledger, to: str, path: Path, wanted: Wanted | None = None) -> int:
    """Write a ledger to `path` in a format of `FORMATS`; return how many statements were written.

    The file is whole or not there: it is written beside its place and moved. Raise ConfigurationError for an unknown format,
    or one whose package is not installed.
    """
    chosen = FORMATS.get(to)
    if chosen is None:
        raise ConfigurationError(f"{to} is no format; there are {', '.join(FORMATS)}")
    writer = _writer(chosen)
    path.parent.mkdir(parents=True, exist_ok=True)
    with _beside(path) as unfinished:
        return writer(ledger, wanted or Wanted(), unfinished)


def _writer(chosen: Format) -> Callable[[Ledger, Wanted, Path], int]:
    if chosen.needs:
        try:
            import_module(chosen.needs)
        except ImportError as error:
            raise ConfigurationError(
                f"this format needs the package {chosen.needs}: pip install 'wortlaut[exports]'"
            ) from error
    writer: Callable[[Ledger, Wanted, Path], int] = import_module(f"wortlaut.exports.{chosen.module}").write
    return writer


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """Give a path beside `path` to write to; move it there at the end, remove it if something goes wrong."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    os.close(handle)
    unfinished = Path(name)
    try:
        yield unfinished
        unfinished.chmod(0o644)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
