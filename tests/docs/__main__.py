"""Write into pages what their commands print now: `make docs`, or python -m tests.docs PAGE…"""

import sys
import tempfile
from pathlib import Path

from tests.docs.pages import PAGES, blocks, commands, fits, prepare, run


def write(path: Path) -> None:
    page = path.read_text(encoding="utf-8")
    lines = page.splitlines()
    found = [c for block in blocks(page) if block.language == "console" for c in commands(block)]
    with tempfile.TemporaryDirectory() as folder:
        prepare(Path(folder))
        printed = [run(command, Path(folder)) for command in found]
    for command, now in reversed([*zip(found, printed, strict=True)]):
        if not fits(command.expected, now):
            sys.stdout.write(f"{path}:{command.start}: {command.words}\n")
            blank = [""] if command.expected and not command.expected[-1] else []
            lines[command.start : command.end] = [f"{command.indent}{line}".rstrip() for line in (*now, *blank)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


for path in [Path(word) for word in sys.argv[1:]] or PAGES:
    write(path)
