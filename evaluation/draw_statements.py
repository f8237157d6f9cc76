"""Draw statements from stored news pages by lot, for a reviewer who judges every field against the page.

    python evaluation/draw_statements.py DATA REVIEW.md

Writes `statements/drawn.jsonl` (page, offsets, fields: no words, which may not be committed) and REVIEW.md, which holds
the words and stays outside of the repository. At most one statement a page; which one, the SHA-256 of `SEED` with the
page's name and the statement's place decides.
"""

import argparse
import gzip
import hashlib
import json
from pathlib import Path

from wortlaut import Page, Reader, Reading, Span, Statement

DRAWN = Path(__file__).parent / "statements" / "drawn.jsonl"
SEED, COUNT, AROUND = "thirty statements", 30, 500
"""Of the draw; how many; characters of the page shown before and behind."""
TASK = """# Thirty statements, to be judged against their pages

For each: read the words of the page, then judge **every field that is given** as `right`, `wrong` (the page does not
support it) or `unsure`, with what it should be. Fields: source, speaker, principal (the party that is bound), addressee,
act, polarity, proposition, conditions (kind, words, holder), likelihood, said, due, reported_by. Definitions: DESIGN,
"Acts" and "Vocabulary". A field that is missing is no error, but say so where the page plainly gives it. `>>>` and `<<<`
mark what is said. Answer with a table: number, field, verdict, what it should be.
"""


def main() -> None:
    """Read every page, draw, write both files."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("data", type=Path)
    options.add_argument("review", type=Path)
    chosen = options.parse_args()
    drawn = []
    for path in sorted((chosen.data / "data/pages/german").rglob("*.html.gz")):
        name = path.name.removesuffix(".html.gz")
        reading = Reader(explain=True).read(Page(source=name, content=gzip.decompress(path.read_bytes())))
        if isinstance(reading, Reading) and reading.statements:
            drawn.append(min((_lot(name, s), name, s, reading) for s in reading.statements))
    drawn = sorted(drawn, key=lambda row: row[0])[:COUNT]
    DRAWN.parent.mkdir(exist_ok=True)
    DRAWN.write_text("".join(json.dumps(_record(name, s)) + "\n" for _, name, s, _ in drawn), encoding="utf-8")
    shown = (_shown(number, *row[1:]) for number, row in enumerate(drawn, 1))
    chosen.review.write_text(TASK + "".join(shown), encoding="utf-8")
    print(f"{len(drawn)} statements: {DRAWN}, {chosen.review}")


def _lot(name: str, statement: Statement) -> str:
    return hashlib.sha256(f"{SEED}\x1f{name}\x1f{statement.content}".encode()).hexdigest()


def _record(name: str, statement: Statement) -> dict[str, object]:
    return {
        "page": name,
        "content": [list(span) for span in statement.content],
        "act": statement.act,
        "polarity": statement.polarity,
        "conditions": [{"kind": c.kind, "spans": [list(span) for span in c.spans]} for c in statement.conditions],
        "given": sorted({e.field for e in statement.explain}),
    }


def _shown(number: int, name: str, statement: Statement, reading: Reading) -> str:
    """Return the words around a statement, and each field with the words it rests on."""
    text, start, end = reading.article.text, statement.content[0].start, statement.content[-1].end
    before, behind = Span(max(0, start - AROUND), start), Span(end, min(len(text), end + AROUND))
    title = reading.article.title or text[:80]
    lines = [f"\n## {number}. {name}: {title}\n\n{before.of(text)}>>>{text[start:end]}<<<{behind.of(text)}\n"]
    lines.append(f"- source: {statement.source}; content: {' … '.join(s.of(text) for s in statement.content)}")
    if addressee := reading.entity(statement.addressee):
        lines.append(f"- addressee: {addressee.name}")
    lines.extend(f"- {e.field}: {e.value or ''} [{e.words}]" for e in statement.explain)
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
