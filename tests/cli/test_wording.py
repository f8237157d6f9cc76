"""Tables speak one language: English, or German where the terminal's locale is German."""

import ast
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import wortlaut.cli
from wortlaut.cli.verifying import _CALLED
from wortlaut.ledger import ChangeKind, EditKind
from wortlaut.ledger.due import DueState
from wortlaut.model import Act, BlockKind, ConditionKind, EntityKind, Holder, ReportRole, StatementSource

FOLDER = Path(wortlaut.cli.__file__).parent
ENGLISH = ("refuses", "if:", "statements", "statement", "found in", "person", "paragraph", "added")
GERMAN = ("lehnt ab", "wenn:", "Aussagen", "Aussage", "gefunden in", "Person", "Absatz", "hinzugekommen")


def test_every_word_of_the_tables_is_german_and_nothing_else_is_translated() -> None:
    found = {label.replace("_", " ") for kind in (ConditionKind, ChangeKind, EntityKind, Holder, StatementSource, ReportRole, EditKind, DueState) for label in kind}  # fmt: skip
    found |= {f"%(num)s {kind.replace('_', ' ')}" for kind in BlockKind} | set(_CALLED.values())
    for file in FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_", "ngettext"):
                found |= {node.args[0].value} if isinstance(node.args[0], ast.Constant) else set()
    with (FOLDER / "locale" / "de.po").open("rb") as opened:
        german = {entry.id if isinstance(entry.id, str) else entry.id[0]: entry.string for entry in read_po(opened)}
    del german[""]
    assert all(all(words) if isinstance(words, tuple) else words for words in german.values())
    assert found - german.keys() - {"speaker"} == set()
    assert german.keys() - found == set()


@pytest.mark.parametrize(
    ("locale", "own", "other"),
    [("C.UTF-8", ENGLISH, GERMAN), ("de_AT.UTF-8", GERMAN, ENGLISH), ("fr_FR.UTF-8", ENGLISH, GERMAN)],
)
def test_tables_speak_the_language_of_the_terminal(
    wortlaut, bridge, locale: str, own: tuple[str, ...], other: tuple[str, ...]
) -> None:
    tables = [
        ("add", "bridge.txt", "--date", "2031-03-04", "--engine", "rules"),
        ("read", "bridge.txt", "--engine", "rules"),
        ("whatif", "Der Fluss steigt", "--all"),
        ("who", "--all"),
        ("verify",),
    ]
    done = [wortlaut(*table, LC_ALL=locale) for table in tables]
    assert [one.returncode for one in done] == [0] * len(done), done
    printed = "".join(one.stdout for one in done)
    assert [words for words in own if words not in printed] == []
    assert [words for words in other if words in printed] == []


def test_acts_are_called_alike_in_the_terminal_and_in_the_browser() -> None:
    from wortlaut.cli.tables import ACTS
    from wortlaut.web.labels import ACTS as IN_BROWSER

    assert ACTS == IN_BROWSER
    assert set(ACTS) == set(Act)
