"""Which words find which."""

import pytest

from wortlaut.ledger.stems import find_hits, stems_of, terms_of

FOUND = [
    ("Grenzuebertritt", "Ein Grenzübertritt wäre ein Fehler."),
    ("Grenzübertritt", "Jeden Übertritt der Grenze werde man ahnden."),
    ("Grenze", "Ein Grenzübertritt wäre ein Fehler."),
    ("Strasse", "Die Straßen bleiben offen."),
    ("Straße", "Die Strassenmaut kommt."),
    ("Massnahme", "Alle Maßnahmen seien wirksam."),
    ("schließen", "Er schloss das Tor."),
    ("ausschließen", "Sie schließt einen Rücktritt nicht aus."),
    ("Haeuser", "Das Haus steht leer."),
    ("die Brücken", "Eine Brücke wird gebaut."),
    ("2031", "Bis 2031 werde gebaut."),
]
NOT_FOUND = [
    ("Masse", "Alle Massnahmen seien wirksam."),
    ("Fluss", "Der Flügel ist neu."),
    ("Grenzübertritt", "Die Grenze bleibt zu."),
]


def finds(query: str, text: str) -> bool:
    stems = set(stems_of(text))
    return all(any(stems.issuperset(way) for way in term.ways) for term in terms_of(query))


@pytest.mark.parametrize(("query", "text"), FOUND)
def test_found(query: str, text: str) -> None:
    assert finds(query, text)


@pytest.mark.parametrize(("query", "text"), NOT_FOUND)
def test_not_found(query: str, text: str) -> None:
    assert not finds(query, text)


def test_stems_are_plain_letters() -> None:
    stems = stems_of("Ärger über „Straßenmaut“ – 3,5 % mehr, çok")
    assert "arg" in stems
    assert all(s.isascii() and s.isalnum() for s in stems)
    assert stems_of("… – !") == ()
    assert terms_of(' " ( * ') == ()


def test_hits_are_the_words_that_were_found() -> None:
    text = "Die Regierung schließt einen Grenzübertritt aus; Straßen bleiben offen."
    assert [hit.of(text) for hit in find_hits(text, "ausschließen die Grenze")] == ["schließt", "Grenzübertritt"]
    assert find_hits(text, "Wetter") == ()
