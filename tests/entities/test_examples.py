"""The example pages: everybody once, with the offices that the pages give; alliance, members and partner of the founding kind."""

import csv

import pytest

from tests.reading import EXAMPLES, reading_of
from wortlaut import Page, Reading, read
from wortlaut.model import Entity, EntityKind

ROWS = list(csv.DictReader((EXAMPLES / "manifest.csv").read_text(encoding="utf-8").splitlines()))
PEOPLE = {
    "buendnis": {"Ylva Tamsen": "Generalsekretärin", "Jorin Falk": "Außenminister", "Karla Moe": "Ministerpräsidentin"},
    "grenze": {"Ylva Tamsen": "Generalsekretärin", "Anselm Roth": "Verteidigungsminister", "Karla Moe": "Ministerpräsidentin", "Radko Stan": "Präsident"},
    "werk": {"Alma Stein": "Wirtschaftsministerin", "Magnus Reet": "Vorstandschef", "Nora Vik": "Betriebsratschefin"},
    "gericht": {"Caspar Lohe": "Verteidiger", "Helene Maas": "Richterin", "Ruth Engel": "Oberstaatsanwältin", "Torben Graul": "Hafenchef"},
    "streik": {"Greta Sund": "Personalvorständin", "Leif Adler": "Verkehrsminister", "Piet Olsen": "Vorsitzender"},
    "einbettung": {"Hauke Brandis": "Leiter", "Jon Wendt": "Umweltminister", "Kai Förster": "Ortsvorsteher", "Svea Kolb": "Bürgermeisterin"},
}  # fmt: skip


@pytest.mark.parametrize("name", PEOPLE)
def test_everybody_is_there_once_with_an_office(name: str) -> None:
    row = next(row for row in ROWS if row["path"].startswith(name))
    page = Page(source=row["path"], content=(EXAMPLES / row["path"]).read_bytes(), published=row["date"])
    reading = read(page)
    assert isinstance(reading, Reading)
    people = [e for e in reading.entities if e.kind is EntityKind.PERSON and e.named]
    assert sorted(person.name for person in people) == sorted(PEOPLE[name])
    assert all(PEOPLE[name][person.name] in {role.title for role in person.roles} for person in people)


def test_people_offices_alliance_member_and_partner() -> None:
    reading = reading_of(
        "Nordbund hilft\n\n"
        "Eigene Truppen werde der Nordbund nicht nach Norrland schicken, sagte Ylva Tamsen, seit Oktober 2024 "
        "Generalsekretärin des Nordbunds. Es gebe einen Unterschied zwischen einem Nordbund-Mitglied und »einem starken und "
        "hochgeschätzten Partner wie Norrland«. Talmark ist Mitglied des Nordbunds. Die talmarkische Außenministerin "
        "Karla Moe hält einen Angriff für unwahrscheinlich. Veskiens Präsident Jan Reet schwieg.\n"
    )
    named = {entity.name: entity for entity in reading.entities if entity.named}
    tamsen, moe = named["Ylva Tamsen"].roles[0], named["Karla Moe"].roles[0]
    assert (tamsen.title, tamsen.organisation, tamsen.since) == ("Generalsekretärin", "Nordbund", "2024-10")
    assert (moe.title, moe.organisation) == ("Außenministerin", "Talmark")
    assert _ties(reading, named["Ylva Tamsen"]) == {("leads", "Nordbund")}
    assert _ties(reading, named["Talmark"]) == {("member_of", "Nordbund")}
    assert _ties(reading, named["Norrland"]) == {("partner_of", "Nordbund")}
    assert _ties(reading, named["Jan Reet"]) == {("leads", "Veskien")}


def _ties(reading: Reading, entity: Entity) -> set[tuple[str, str]]:
    names = {one.id: one.name for one in reading.entities}
    return {(tie.kind.value, names[tie.object]) for tie in entity.relations}
