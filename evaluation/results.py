"""The page of results that the documentation includes: `make evaluate` and `make bench` each write their part of it."""

import contextlib
import datetime
import io
import platform
import sys
from collections.abc import Iterator
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "results.md"


def keep(part: str, name: str, lines: list[str]) -> None:
    """Put what was measured under a name into a part of the page, in place of what was measured before."""
    page = PAGE.read_text(encoding="utf-8")
    start, end = f"<!-- {part} {name} -->\n", f"<!-- end of {part} {name} -->\n"
    if start not in page:
        last = f"<!-- end of {part} -->\n"
        page = page.replace(last, f"{start}{end}{last}")
    before, _, rest = page.partition(start)
    _, _, after = rest.partition(end)
    today = datetime.datetime.now(datetime.UTC).date()
    told = f"{today}, Python {platform.python_version()}, {platform.machine()}, {platform.system()}."
    PAGE.write_text("\n".join((f"{before}{start}### {name}", "", told, "", *lines, f"{end}{after}")), encoding="utf-8")


def table(figures: dict[str, float], floors: dict[str, float]) -> list[str]:
    """Return figures beside their floors as a table of Markdown."""
    rows = [
        f"| `{key}` | {value:.1f} | {floors[key]:.1f} |" if key in floors else f"| `{key}` | {value:.1f} | |"
        for key, value in figures.items()
    ]
    return ["| figure, percent | now | floor |", "|---|---|---|", *rows, ""]


class _Both(io.StringIO):
    """Standard output that is also remembered."""

    def __init__(self, out: io.TextIOBase) -> None:
        super().__init__()
        self.out = out

    def write(self, text: str) -> int:
        """Write to both."""
        self.out.write(text)
        self.out.flush()
        return super().write(text)


@contextlib.contextmanager
def remembered(part: str, name: str) -> Iterator[None]:
    """Put what is printed meanwhile into the page, too; nothing if it breaks off."""
    both = _Both(sys.stdout)
    with contextlib.redirect_stdout(both):
        yield
    keep(part, name, ["```text", both.getvalue().rstrip(), "```", ""])
