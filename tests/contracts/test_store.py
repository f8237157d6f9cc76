"""What every ledger promises, wherever it is kept."""

import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.ledger.trigrams import Trigrams
from tests.reading import page_of, reading_of
from wortlaut import Ledger, Reading, from_json, to_json
from wortlaut.errors import LedgerBusy, LedgerError, LedgerTooNew
from wortlaut.ledger import opening, schema, views
from wortlaut.model import Act, Kind

MAUT = "Maut\n\nDie Vorsitzende der Mitte-Partei, Jana Holm, sagte: „Wir werden keine Straßenmaut einführen, solange ich lebe.“\n"
TURN = "Maut\n\nDie Vorsitzende der Mitte-Partei, Jana Holm, sagte: „Wir werden die Straßenmaut einführen, wenn die Renten steigen.“\n"
MAYOR = "Streit um die Brücke\n\nBürgermeisterin Ida Lund von der SPD sagte: „Wir werden die Brücke nicht sperren.“\n"
SAILOR = "Rekord auf See\n\nDie Seglerin Ida Lund (CDU) sagte: „Wir werden im Mai wieder starten.“\n"
LIKELY = "Prognose\n\nMinister Olav Brandt sagte, ein Scheitern bis zum 1. Mai sei sehr wahrscheinlich, falls der Rat ablehne.\n"
ALL = (MAUT, TURN, MAYOR, SAILOR, LIKELY)
Open = Callable[..., Ledger]


def put(ledger: Ledger, words: str, day: str = "2031-03-01", source: str = "p.txt") -> bool:
    return ledger.add(page_of(words, published=day, source=source), reading_of(words, published=day, source=source)).new


def fill(ledger: Ledger) -> None:
    for number, words in enumerate(ALL, 1):
        assert put(ledger, words, f"2031-03-{number:02}", f"{number}.txt")


def contents(ledger: Ledger) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table but when it was written."""
    with ledger.reading() as connection:
        return {
            name: [tuple(row) for row in connection.execute(table.select().order_by(*table.primary_key.columns))]
            for name, table in schema.metadata.tables.items()
        }


def test_adding_twice_is_adding_once(opened: Open) -> None:
    ledger = opened()
    fill(ledger)
    once = contents(ledger)
    assert [put(ledger, words, f"2031-03-{n:02}", f"{n}.txt") for n, words in enumerate(ALL, 1)] == [False] * len(ALL)
    assert contents(ledger) == once
    assert ledger.count() == (5, len(once["statement"]))


def test_a_page_that_fails_halfway_leaves_nothing(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = opened()
    put(ledger, MAYOR)
    before = contents(ledger)

    def fail(*_: object) -> None:
        raise LedgerError("halfway")

    with monkeypatch.context() as patched:
        patched.setattr("wortlaut.ledger.storing.add_statements", fail)
        with pytest.raises(LedgerError, match="halfway"):
            put(ledger, MAUT, source="m.txt")
    assert contents(ledger) == before
    assert put(ledger, MAUT, source="m.txt")


def test_pages_are_kept_with_hash_and_reading_and_what_made_it(opened: Open) -> None:
    import hashlib
    import zlib

    ledger = opened()
    page, reading = page_of(MAUT), reading_of(MAUT)
    ledger.add(page, reading)
    with ledger.reading() as connection:
        kept = connection.execute(schema.page.select()).mappings().one()
        made = connection.execute(schema.reading.select()).mappings().one()
        reading_of_statements = connection.scalars(text("SELECT DISTINCT reading FROM statement")).all()
    assert zlib.decompress(kept["content"]) == page.content
    assert kept["sha256"] == hashlib.sha256(page.content).hexdigest()
    stored = from_json(zlib.decompress(made["record"]))
    assert isinstance(stored, Reading)
    assert to_json(stored) == to_json(reading)
    assert made["model"] == "rules"
    assert made["lexicon"]
    assert made["program"]
    assert reading_of_statements == [made["id"]]


def test_every_span_of_a_statement_is_a_row(opened: Open) -> None:
    ledger = opened()
    reading = reading_of(LIKELY)
    ledger.add(page_of(LIKELY), reading)
    wanted = set()
    for said in reading.statements:
        parts = {
            "content": said.content,
            "speaker_span": said.speaker_span,
            "act_cue": said.act_cue,
            "proposition": said.proposition,
        }
        wanted |= {(said.id, part, number, *span) for part, spans in parts.items() for number, span in enumerate(spans)}
        wanted |= {
            (said.id, "likelihood", n, *s) for n, s in enumerate(said.likelihood.spans if said.likelihood else ())
        }
        wanted |= {(said.id, "condition", n, *s) for n, c in enumerate(said.conditions) for s in c.spans}
        wanted |= {(said.id, "report", n, *s) for n, r in enumerate(said.reported_by) for s in r.evidence}
    assert {part for _, part, *_ in wanted} >= {"content", "likelihood", "condition", "act_cue"}
    query = "SELECT s.id, x.part, x.number, x.begins, x.ends FROM spans x JOIN statement s ON s.number = x.statement"
    with ledger.reading() as connection:
        assert {tuple(row) for row in connection.execute(text(query))} == wanted


def test_views_have_what_they_say(opened: Open) -> None:
    ledger = opened()
    fill(ledger)
    with ledger.reading() as connection:
        for view in views.VIEWS:
            found = connection.execute(text(f"SELECT * FROM {view.name}"))
            assert set(view.columns) <= set(found.keys())
            assert found.all()
        holm = connection.execute(
            text("SELECT at, words FROM positions WHERE principal = 'Mitte-Partei' ORDER BY at")
        ).all()
    assert [at for at, _ in holm] == ["2031-03-01", "2031-03-02"]


def test_words_are_found_in_any_inflection(opened: Open) -> None:
    ledger = opened()
    fill(ledger)
    assert {a.page.source for a in ledger.search("eingeführte Straßenmaut", everything=True)} == {"1.txt", "2.txt"}
    assert ledger.search("Bruecken", everything=True)
    assert ledger.search("Fahrradwege", everything=True) == ()
    assert ledger.search("' OR 1 & | ! \" *", everything=True) == ()
    assert len(ledger.search("Straßenmaut", everything=True, limit=1)) == 1


def test_who_is_in_time_and_once(opened: Open) -> None:
    ledger = opened()
    fill(ledger)
    assert [a.page.published for a in ledger.who("Holm", everything=True)] == ["2031-03-01", "2031-03-02"]
    assert [a.page.published for a in ledger.who("Holm", everything=True, limit=1)] == ["2031-03-01"]
    assert ledger.who("Niemand") == ()


def test_judgements_are_only_added_and_can_be_taken_back(opened: Open) -> None:
    ledger = opened()
    fill(ledger)
    put(ledger, MAYOR + "\nMehr folgt.\n", "2031-03-09", "mayor.txt")
    one, other = sorted(ledger.actors("Lund"), key=lambda a: a.id)
    number = ledger.merge(other.id, one.id)
    assert {a.principal for a in ledger.who("Lund")} == {a.principal for a in ledger.who(one.id)}
    (both,) = ledger.actors("Lund")
    assert (both.id, len(both.pages)) == (one.id, 3)
    ledger.undo(number)
    assert [len(a.pages) for a in ledger.actors("Lund")] == [2, 1]
    fresh, _ = ledger.split(one.id, ("mayor.txt",))
    assert {a.page.source for a in ledger.who(fresh)} == {"mayor.txt"}
    assert [j.verdict for j in ledger.judgements()] == ["merge", "undo", "split"]


@pytest.mark.parametrize("maker", [None, Trigrams], ids=["words", "vectors"])
def test_what_if_and_changes(opened: Open, maker: Callable[[], Trigrams] | None) -> None:
    ledger = opened(maker=maker) if maker else opened()
    fill(ledger)
    assert any("Renten" in a.words for a in ledger.whatif("Die Renten steigen", everything=True))
    assert ledger.whatif("Zwergkaninchen jonglieren") == ()
    assert [c.before.page.source for c in ledger.changes("mitte", everything=True)] == ["1.txt"]


def test_everywhere_the_same(database: str) -> None:
    with Ledger.open(":memory:") as memory, Ledger.open(database) as server:
        for ledger in (memory, server):
            fill(ledger)
        moments = {"migration": (2,), "meta": (1,), "page": (5,), "reading": (2, 6)}
        both = [contents(memory), contents(server)]
        for kept in both:
            for name, places in moments.items():
                kept[name] = [tuple(v for n, v in enumerate(row) if n not in places) for row in kept[name]]
        assert both[0] == both[1]
        for question in ("Straßenmaut", "Brücke sperren"):
            assert memory.search(question, everything=True) == server.search(question, everything=True)
        assert memory.whatif("Der Rat lehnt ab", everything=True) == server.whatif("Der Rat lehnt ab", everything=True)
        assert memory.actors() == server.actors()
        assert memory.statements(everything=True) == server.statements(everything=True)


def test_a_ledger_stays(lasting: str) -> None:
    with pytest.raises(LedgerError, match="no ledger"):
        Ledger.open(lasting, create=False)
    with Ledger.open(lasting) as ledger:
        fill(ledger)
        before = contents(ledger)
    with Ledger.open(lasting, create=False) as ledger:
        assert contents(ledger) == before


def test_a_newer_ledger_is_left_alone(lasting: str) -> None:
    with Ledger.open(lasting) as ledger, ledger.writing() as connection:
        connection.execute(schema.meta.update().where(schema.meta.c.key == "schema_version").values(value="999"))
    with pytest.raises(LedgerTooNew, match="999"):
        Ledger.open(lasting)


def test_a_reader_goes_on_while_somebody_writes(lasting: str) -> None:
    with Ledger.open(lasting) as writer, Ledger.open(lasting) as reader:
        put(writer, MAYOR)
        with reader.reading() as connection:
            before = connection.scalar(text("SELECT count(*) FROM page"))
            put(writer, SAILOR, source="s.txt")
            assert connection.scalar(text("SELECT count(*) FROM page")) == before == 1
        with writer.writing() as connection:
            connection.execute(text("UPDATE page SET title = 'offen'"))
            assert reader.count()[0] == 2
            assert reader.search("Brücke", everything=True)


def test_two_writers_wait_for_each_other(lasting: str) -> None:
    Ledger.open(lasting).close()
    failed: list[Exception] = []

    def write(mark: int) -> None:
        try:
            with Ledger.open(lasting) as ledger:
                for number in range(8):
                    put(ledger, f"{MAYOR}\nAusgabe {mark} Nummer {number}.\n", source=f"{mark}-{number}.txt")
        except Exception as error:  # noqa: BLE001 - a thread's failure is the test's
            failed.append(error)

    threads = [threading.Thread(target=write, args=(mark,)) for mark in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    with Ledger.open(lasting) as ledger:
        assert ledger.count()[0] == 16
        (lund,) = ledger.actors("Ida Lund")
        assert len(lund.pages) == 16


def test_who_waits_too_long_is_told(lasting: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "WAIT", 0.2)
    with Ledger.open(lasting) as one, Ledger.open(lasting) as other:
        with one.writing(), pytest.raises(LedgerBusy, match="another program"):
            put(other, MAYOR)
        assert put(other, MAYOR)


def test_no_such_server() -> None:
    with pytest.raises(LedgerError, match="cannot be reached"):
        Ledger.open("postgresql://nobody:secret@127.0.0.1:1/none")
    with pytest.raises(Exception, match="file or postgresql") as caught:
        Ledger.open("mysql://somebody@127.0.0.1/none")
    assert "secret" not in str(caught.value)


def test_what_is_forgotten_is_in_no_row(opened: Open) -> None:
    ledger = opened(maker=Trigrams)
    fill(ledger)
    ledger.index()
    assert ledger.forget("Holm").name == "Jana Holm"
    assert ledger.forget("3.txt").pages
    rows = repr(contents(ledger))
    assert not [word for word in ("Holm", "Straßenmaut", "strassenmaut", "Brücke") if word in rows]
    assert put(ledger, MAUT + "Mehr dazu morgen.\n", source="again.txt")
    assert not put(ledger, MAYOR, "2031-03-03", "3.txt")
    assert not ledger.search("Straßenmaut", everything=True)
    assert "Holm" not in repr(contents(ledger))
    assert ledger.search("wieder starten", everything=True)


def test_a_search_can_ask_for_more_than_words(opened: Open) -> None:
    ledger = opened()
    fill(ledger)

    def found(words: str = "", **facets: object) -> set[str]:
        return {a.page.source for a in ledger.search(words, everything=True, **facets)}  # type: ignore[arg-type]

    assert found("Straßenmaut") == {"1.txt", "2.txt"}
    assert found("Straßenmaut", acts=[Act.REFUSE]) == {"1.txt"}
    assert found("strassenmaut", condition="Rente") == {"2.txt"}
    assert found("Maut", principal="Mitte-Partei") == found("Maut", speaker="Holm") == {"1.txt", "2.txt"}
    assert found("Maut", speaker="Brandt") == found(speaker="Niemand") == set()
    assert found(since="2031-03-03", until="2031-03-04") == {"3.txt", "4.txt"}
    assert found(kinds=[Kind.INDIRECT, Kind.INDIRECT_FREE_INDIRECT], since="2031-03-01") == {"5.txt"}
    assert found("sperren", publisher="Bote") == set()
    assert found() == found("!") == found("", condition="?", speaker="Holm") == set()
    (holm,) = ledger.search("Straßenmaut", condition="Renten", everything=True)
    assert [s.of(holm.words) for s in holm.hits] == ["Straßenmaut"]
    assert [s.of(w) for w, own in zip(holm.condition_words, holm.condition_hits, strict=True) for s in own] == [
        "Renten"
    ]
    record = ledger.who("Holm", since="2031-03-02", everything=True)
    assert {a.page.source for a in record} == {"2.txt"}


def test_what_was_promised_until_when(opened: Open) -> None:
    ledger = opened()
    words = "Kai\n\nHafenchef Ole Brixius sagte zu, den Kai bis Ende Mai zu räumen. Er versprach auch, das Lager 2030 zu bauen.\n"
    put(ledger, words)

    def states(day: str) -> dict[str, str]:
        return {str(d.until): d.state.value for d in ledger.due(on=date.fromisoformat(day), everything=True)}

    assert states("2031-03-02")["2031-05-31"] in ("open", "due")
    assert states("2031-06-01")["2031-05-31"] == "overdue"
    assert ledger.due("Brixius", everything=True)
    assert ledger.due("Niemand", everything=True) == ledger.due(acts=[Act.DENY], everything=True) == ()


def test_a_ledger_made_again_from_its_lines_has_the_same_content(opened: Open, tmp_path: Path) -> None:
    ledger = opened()
    fill(ledger)
    (holm,) = ledger.actors("Holm")
    ledger.split(holm.id, ("2.txt",))
    lines = [*ledger.lines()]
    with Ledger.open(tmp_path / "again.ledger") as again:
        again.rebuild(lines)
        assert (again.digest(), again.statements()) == (ledger.digest(), ledger.statements())


def test_lines_fill_a_ledger_that_goes_on(opened: Open, tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "first.ledger") as first:
        fill(first)
        lines, actors = [*first.lines()], first.actors()
    ledger = opened()
    ledger.rebuild(lines)
    assert [a.id for a in ledger.actors()] == [a.id for a in actors]
    assert put(ledger, "Neu\n\nMinister Jon Falk sagte: „Wir werden das Werk im Herbst schließen.“\n", source="neu.txt")
    assert ledger.to_arrow().num_rows == ledger.count()[1]
