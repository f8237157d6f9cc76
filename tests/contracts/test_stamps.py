"""The stamp of a ledger changes with whatever its answers hold, and not before."""

from contextlib import closing

from tests.contracts.test_editions import REWORDED, URL, put
from tests.ledger.test_edits import BEFORE
from wortlaut.ledger import Opinion


def test_whatever_changes_an_answer_changes_the_stamp(ledger) -> None:
    with closing(ledger.stamps()) as stamps:
        seen = [stamps.now()]

        def changed() -> bool:
            seen.append(stamps.now())
            return seen[-1] not in seen[:-1] and stamps.now() == seen[-1]

        put(ledger, BEFORE, "one.txt")
        assert changed()
        answer = ledger.statements(everything=True)[0]
        ledger.review(answer.page.id, answer.statement.id, Opinion.REJECT)
        assert changed()
        ledger.review(answer.page.id, answer.statement.id, Opinion.UNDO)
        assert changed()
        put(ledger, REWORDED, "two.txt")
        assert changed()
        first, second = [actor.id for actor in ledger.actors()][:2]
        number = ledger.merge(first, second)
        assert changed()
        ledger.undo(number)
        assert changed()
        ledger.forget(str(answer.speaker_actor or answer.principal_actor))
        assert changed()
        ledger.forget(URL)
        assert changed()


def test_looking_does_not_change_it(ledger) -> None:
    put(ledger, BEFORE, "one.txt")
    with closing(ledger.stamps()) as stamps:
        before = stamps.now()
        assert ledger.search("Winter", everything=True)
        put(ledger, BEFORE, "one.txt")
        assert stamps.now() == before
