"""What lines are by their wording: each rule with a line it fires on and one it must not."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from wortlaut.extraction.dates import find_stamp, to_iso
from wortlaut.extraction.edges import divide_paragraph
from wortlaut.extraction.figures import credit_start
from wortlaut.extraction.metadata import read_metadata
from wortlaut.extraction.people import clean_names
from wortlaut.extraction.phrases import agencies_of, authors_of, is_a, is_consent, provider_of, witnesses
from wortlaut.extraction.title import find_title
from wortlaut.model import BlockKind


@pytest.mark.parametrize(
    "line",
    [
        "Hier steht ein externer Inhalt, der von Kartenblick kommt. Mit einem Klick lassen Sie ihn sich zeigen.",
        "Externe Inhalte dürfen mir gezeigt werden, damit bin ich einverstanden.",
        "Wir benutzen Vimeo, um Videos einzubinden. Dieser Dienst kann Daten über Sie erheben.",
        "Facebook-Inhalte anzeigen?",
        "Dieses Element stammt von Instagram. Um es zu sehen, brauchen wir Ihre Zustimmung.",
        "Wegen Ihrer Datenschutzeinstellungen kann der Beitrag hier nicht geladen werden.",
    ],
)
def test_notices_in_place_of_embeds(line: str) -> None:
    assert is_consent(line)


@pytest.mark.parametrize(
    "line",
    [
        "Der Verband forderte, Inhalte von Drittanbietern zu sperren, wenn Nutzer nicht einwilligen.",
        "Die Ministerin sagte, wir würden künftig Daten der Anbieter sehen und Inhalte prüfen.",
        "Hier finden Wanderer im Sommer Schatten und im Winter eine warme Stube.",
        "Das Landgericht entscheidet am Freitag, ob das Video gezeigt werden darf.",
        "Externe Gutachter prüfen den Damm, sobald das Wasser gefallen ist.",
        "Mir zeigt der Streit vor allem, wie die externen Berater eine entscheidende Rolle spielten.",
    ],
)
def test_reports_are_no_notices(line: str) -> None:
    assert not is_consent(line)


@pytest.mark.parametrize(
    ("line", "agencies"),
    [
        ("dpa/ekr Lomnau", ("dpa",)),
        ("Klage/Berufung Lomnau", None),
        ("svb/Reuters", ("Reuters",)),
        ("kro/dpa/AFP", ("dpa", "AFP")),
        ("(dpa)", ("dpa",)),
        ("Quelle: dpa, epd", ("dpa", "epd")),
        ("Agenturen: xyz, NOR", ("xyz", "NOR")),
        ("© dpa-infocom, dpa:310304-99-1234/2", ("dpa", "dpa")),
        ("(kro)", ()),
        ("kro/lm", ()),
        ("Klage/Berufung", None),
        ("Hafenausschuss", None),
        ("Am Montag, am Dienstag und am Mittwoch", None),
    ],
)
def test_signatures(line: str, agencies: tuple[str, ...] | None) -> None:
    assert agencies_of(line) == agencies


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("Von Edda Kross", ("Edda Kross",)),
        ("Von Edda Kross und Malte Vierling, Lomnau", ("Edda Kross", "Malte Vierling")),
        ("VON DR. EDDA KROSS", ("DR. EDDA KROSS",)),
        ("Von unserem Korrespondenten Jan de Vries", ("Jan de Vries",)),
        ("Interview: Gesa Thun", ("Gesa Thun",)),
        ("Von Montag an gelten neue Regeln", ()),
        ("Von Amts wegen wird hier nichts unternommen, sagte Kross.", ()),
        ("Text und Bild stimmen nicht überein", ()),
    ],
)
def test_bylines(line: str, people: tuple[str, ...]) -> None:
    assert authors_of(line) == people


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("Der Rat tagt heute. Von Edda Kross", ["Der Rat tagt heute.", "Von Edda Kross"]),
        ("„Wir gehen.“ Ein Gastbeitrag von Edda Kross", ["„Wir gehen.“", "Ein Gastbeitrag von Edda Kross"]),
        ("Der Rat tagt heute. Von Montag an gelten neue Regeln", ["Der Rat tagt heute. Von Montag an gelten neue Regeln"]),
    ],
)  # fmt: skip
def test_a_byline_behind_a_lede(words: str, parts: list[str]) -> None:
    assert [span.of(words) for _, span, _ in divide_paragraph(words, BlockKind.LEDE)] == parts


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("Die Mole bei Ebbe Foto: Ina Sommerfeld/dpa", "Foto: Ina Sommerfeld/dpa"),
        ("Die Mole bei Ebbe. (Archivbild: Sommerfeld)", "(Archivbild: Sommerfeld)"),
        ("Die Mole bei Ebbe © Sommerfeld", "© Sommerfeld"),
        ("Die Mole bei Ebbe. Ina Sommerfeld/dpa", "Ina Sommerfeld/dpa"),
        ("Ein Bild: Das ist alles, was von der Mole blieb, und es hängt im Rathaus. Dort sieht es jeder, der vorbeikommt, zuerst.", ""),
        ("Die Mole von Lomnau (Nordstrand) bei Ebbe", ""),
    ],
)  # fmt: skip
def test_credits_behind_captions(line: str, credit: str) -> None:
    assert line[credit_start(line) :] == credit


@pytest.mark.parametrize(
    ("stamp", "iso"),
    [
        ("2031-03-04T18:12:00+01:00", "2031-03-04T18:12:00+01:00"),
        ("2031-03-04 18:12:00.0", "2031-03-04T18:12:00"),
        ("2031-03-04T18:12:00.123Z", "2031-03-04T18:12:00+00:00"),
        ("2031-03-04T18:12:00+0100", "2031-03-04T18:12:00+01:00"),
        ("20310304", "2031-03-04"),
        ("Tue Mar 04 18:12:36 CET 2031", "2031-03-04T18:12:36+01:00"),
        ("Tue, 04 Mar 2031 18:12:00 +0100", "2031-03-04T18:12:00+01:00"),
        ("2031-13-04", None),
        ("gestern", None),
    ],
)
def test_declared_dates(stamp: str, iso: str | None) -> None:
    assert to_iso(stamp) == iso


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("Stand: 4. März 2031, 18.12 Uhr", "2031-03-04T18:12:00"),
        ("Dienstag, 04.03.2031", "2031-03-04"),
        ("04.03.31, 9:05", "2031-03-04T09:05:00"),
        ("March 4, 2031", "2031-03-04"),
        ("Lomnau | Updated: 4 March 2031, 09:01 AM", "2031-03-04"),
        ("Punkt 3.4.2 der Satzung", None),
    ],
)
def test_dates_on_the_page(line: str, iso: str | None) -> None:
    assert find_stamp(line) == iso


def test_people_and_desks_are_told_apart() -> None:
    given = [
        "Von Edda Kross (ekr)",
        "dpa",
        "Lomnauer Blatt Online",
        "https://blatt.example/kross",
        "kross@blatt.example",
    ]
    assert clean_names(given) == (("Edda Kross",), ("dpa", "Lomnauer Blatt Online"))
    assert clean_names(["Edda Kross und Jan van der Veen"])[0] == ("Edda Kross", "Jan van der Veen")


@pytest.mark.parametrize(
    ("declared", "headline", "kicker", "title"),
    [
        (["Rat tagt | Blatt", None, None, "Rat tagt"], "Rat tagt", None, "Rat tagt"),
        (["Rat tagt lange", "Rat vertagt sich", None, "Rat vertagt sich - Blatt"], "Rat vertagt sich", None, "Rat vertagt sich"),
        (["Hafen: Rat tagt", "Hafen: Rat tagt", None, None], "Rat tagt", "Hafen", "Hafen: Rat tagt"),
        ([None, None, None, "Hafen-Streit - blatt.example"], "Der Rat tagt", None, "Der Rat tagt"),
        (["Rat – und nun?", None, None, None], None, None, "Rat – und nun?"),
        ([None, None, None, None], None, None, None),
    ],
)  # fmt: skip
def test_titles(declared, headline, kicker, title) -> None:
    assert find_title(declared, headline, kicker, "Blatt") == title


def test_kinds_by_wording() -> None:
    assert is_a("stamp", "Stand: 04.03.2031, 18:12 Uhr")
    assert not is_a("stamp", "Am 4. März 2031 tagt der Rat.")
    assert is_a("stamp", "PUBLISHED: March 4, 2031 at 8:59 pm")
    assert is_a("stamp", "04/03/2031 - Redaktion")
    assert not is_a("stamp", "04/03/2031 war der Tag, an dem die Mole brach.")
    assert not is_a("stamp", "Published in 2031, the report angered the council.")
    assert is_a("afterword", "Mitarbeit: Edda Kross")
    assert not is_a("afterword", "Die Mitarbeit endet im Mai.")
    assert is_a("correction", "Korrektur: In einer früheren Fassung stand es anders.")
    assert not is_a("correction", "Die Korrektur des Haushalts dauert an.")
    assert is_a("related", "Lesen Sie auch: Der Hafen versandet")
    assert not is_a("related", "Lesen ist nicht jedermanns Sache.")
    assert provider_of("Ein Beitrag von X.") == "X"
    assert provider_of("Ein Beitrag von Xaver.") is None


def test_an_unknown_mark_is_an_agency_if_the_page_says_so() -> None:
    named = witnesses(["Foto: Ina Sommerfeld/nop", "Das meldete die Agentur xyz am Abend.", "Klage/Berufung folgt."])
    assert named == {"nop", "xyz"}
    assert agencies_of("kro/nop", named) == ("nop",)
    assert agencies_of("kro/lem", named) == ()


@pytest.mark.parametrize(("label", "people"), [("Verfasst von", ("Edda Kross",)), ("Geschätzte Lesezeit", ())])
def test_an_author_on_a_card_for_networks(label: str, people: tuple[str, ...]) -> None:
    card = f'<meta name="twitter:label1" content="{label}"><meta name="twitter:data1" content="Edda Kross">'
    assert read_metadata(LexborHTMLParser(card)).authors == people
