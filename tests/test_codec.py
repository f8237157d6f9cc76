"""Faults in JSON are named by their place."""

import json

import pytest

from tests.reading import reading_of
from wortlaut import from_json, to_json
from wortlaut.errors import CodecError

KEYS = {
    "article": {"id", "language", "publisher", "section", "url", "access", "title", "authors", "agencies", "published", "modified", "text", "blocks", "embeds", "images"},
    "quote": {"id", "kind", "medium", "level", "parent", "content", "cue", "frame", "speaker", "addressee", "confidence"},
    "time": {"id", "type", "value", "mod", "anchor", "point", "start", "end"},
    "entity": {"id", "name", "kind", "named", "mentions", "roles", "relations"},
    "statement": {
        "id", "source", "quote", "content", "speaker", "speaker_span", "principal", "addressee", "act", "act_cue",
        "polarity", "proposition", "conditions", "likelihood", "said", "due", "same_as", "explain", "reported_by", "confidence",
    },
}  # fmt: skip


def test_the_contract_keys_are_all_there() -> None:
    reading = reading_of("Streit\n\nDie Ministerin Eva Lund sagte am Montag: „Wir öffnen die Brücke nicht.“\n")
    record = json.loads(to_json(reading))
    assert set(record) == {"schema", "page", "article", "quotes", "times", "entities", "statements", "made_by"}
    assert set(record["page"]) == {"source", "url", "sha256", "fetched_at", "rights"}
    assert set(record["article"]) == KEYS["article"]
    assert set(record["quotes"][0]) == KEYS["quote"]
    assert set(record["times"][0]) == KEYS["time"]
    assert set(record["entities"][0]) == KEYS["entity"]
    assert set(record["statements"][0]) == KEYS["statement"]
    assert record["quotes"][0]["content"] == [[50, 78]]


@pytest.mark.parametrize(
    ("line", "path"),
    [
        ("{", "$"),
        ('{"schema": "other/1"}', "$.schema"),
        ('{"schema": "wortlaut.reading/1", "page": {"source": 5, "sha256": ""}}', "$.page.source"),
    ],
)
def test_a_fault_is_named_by_its_place(line: str, path: str) -> None:
    with pytest.raises(CodecError) as caught:
        from_json(line)
    assert caught.value.path == path
