"""The API keeps its own description, whatever is asked; its parts are a whole; its answers are those of the ledger."""

import json
from contextlib import suppress

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.web.conftest import EVENT
from wortlaut import Ledger, Reading
from wortlaut.codec import from_json
from wortlaut.ledger import Opinion
from wortlaut.web import Rules, make_app

HERE = {"host": "127.0.0.1"}


@pytest.fixture(scope="module")
def described(kept):
    with Ledger.open(kept) as ledger:
        app = make_app(ledger, Rules(rate=1e9, burst=10**9))
        yield schemathesis.openapi.from_asgi("/api/v1/openapi.json", app, headers=HERE)


@pytest.mark.parametrize("mode", list(schemathesis.GenerationMode))
def test_the_api_does_what_its_description_says(described, mode) -> None:
    asked = 0
    for found in described.get_all_operations():

        @given(found.ok().as_strategy(generation_mode=mode))
        @settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck), database=None)
        def ask(case) -> None:
            answer = case.call(headers=HERE)
            ours = not case.query.get(
                "cursor"
            )  # any words may be a cursor, and nearly none are one that was handed out
            case.validate_response(answer, excluded_checks=[] if ours else [positive_data_acceptance])

        with suppress(Unsatisfiable):  # any words may be an id: nothing is wrong enough
            ask()
            asked += 1
    assert asked >= 7


LISTS = [("statements", {}), ("search", {"q": "nicht"}), ("whatif", {"event": EVENT, "all": True}), ("changes", {}), ("actors", {}), ("pages", {})]  # fmt: skip


@pytest.mark.parametrize(("name", "query"), LISTS, ids=[name for name, _ in LISTS])
def test_the_parts_of_a_list_are_the_whole_list(client, name, query) -> None:
    whole = client.get(f"/api/v1/{name}", params={**query, "limit": 200}).json()
    assert len(whole["items"]) > (1 if name == "changes" else 3)
    assert whole["next"] is None
    items, cursor = [], ""
    while cursor is not None:
        part = client.get(
            f"/api/v1/{name}", params={**query, "limit": 1 if name == "changes" else 3, "cursor": cursor}
        ).json()
        items, cursor = items + part["items"], part["next"]
        assert len(part["items"]) <= 3
    assert items == whole["items"]


def test_an_answer_is_the_ledgers_in_the_contracts_form(client, ledger) -> None:
    answers = client.get("/api/v1/whatif", params={"event": EVENT}).json()["items"]
    assert [a["statement"]["id"] for a in answers] == [a.statement.id for a in ledger.whatif(EVENT, limit=20)]
    first = answers[0]
    assert first["words"].startswith("Wir werden keine Kampftruppen")
    alone = client.get(f"/api/v1/statements/{first['page']['id']}/{first['statement']['id']}").json()
    assert alone["statement"] == first["statement"]
    reading = from_json(client.get(f"/api/v1/pages/{first['page']['id']}").content)
    assert isinstance(reading, Reading)
    assert first["statement"]["id"] in {s.id for s in reading.statements}


def test_what_has_not_changed_is_not_sent_again_and_what_has_is(client, ledger) -> None:
    first = client.get("/api/v1/statements")
    tag = {"if-none-match": first.headers["etag"]}
    assert client.get("/api/v1/statements", headers=tag).status_code == 304
    answer = first.json()["items"][0]
    ledger.review(answer["page"]["id"], answer["statement"]["id"], Opinion.REJECT)
    after = client.get("/api/v1/statements", headers=tag)
    assert after.status_code == 200
    assert answer["statement"]["id"] not in {a["statement"]["id"] for a in after.json()["items"]}


@pytest.mark.parametrize("path", ["/statements?cursor=nonsense", "/search?q=x&cursor=WyIiLDk5OTldCg", "/actors/99999999999999999999", "/whatif?event=!"])  # fmt: skip
def test_what_cannot_be_used_is_told_as_json(client, path) -> None:
    answer = client.get(f"/api/v1{path}")
    assert answer.status_code == 422
    assert json.loads(answer.content)["detail"]
