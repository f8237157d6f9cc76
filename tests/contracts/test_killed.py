"""Whoever is killed while adding has lost no page that was finished, and leaves no half one."""

import random
import time
from itertools import islice

from tests.contracts.adding import Work, begin, check, finished, pages
from tests.ledger.trigrams import Trigrams
from wortlaut import Ledger

KILLS = {"file": 100, "server": 30}
AT_ONCE = 4
"""Pages that a program is given. After a random number of them it is given a random time, in which it could do one more."""


def undisturbed(place: str, work: list[Work]) -> float:
    """Return how many seconds it takes to add pages."""
    program, heard = begin(place, work)
    begun = time.perf_counter()
    program.join()
    assert len(finished(heard)) == len(work)
    return time.perf_counter() - begun


def test_killed_at_any_moment(lasting: str, tmp_path_factory) -> None:
    kills = KILLS["server" if "://" in lasting else "file"]
    source, moment = pages(), random.Random(9)  # noqa: S311 - no secret
    work: list[Work] = []
    kept: set[str] = set()
    killed = cut = 0
    length = undisturbed(str(tmp_path_factory.mktemp("undisturbed") / "a.ledger"), list(islice(source, AT_ONCE)))
    while killed < kills:
        todo = [one for one in work if one[1].article.id not in kept]
        fresh = list(islice(source, AT_ONCE - len(todo)))
        work += fresh
        program, heard = begin(lasting, [*todo, *fresh])
        done = [heard.recv() for _ in range(moment.randrange(AT_ONCE))]
        program.join(moment.uniform(0, length / AT_ONCE))
        program.kill()
        program.join()
        killed += program.exitcode == -9
        done += finished(heard)
        with Ledger.open(lasting) as ledger:
            before, kept = kept, check(ledger, work)
        assert before | set(done) <= kept
        assert len(kept - before - set(done)) <= 1, "only the last one may be finished and not told of"
        cut += len(done) < AT_ONCE
    assert cut > kills / 3, "too few were killed while they added"
    with Ledger.open(lasting, maker=Trigrams) as ledger, Ledger.open(":memory:", maker=Trigrams) as quiet:
        for page, reading in work:
            ledger.add(page, reading)
            quiet.add(page, reading)
        assert ledger.statements(everything=True) == quiet.statements(everything=True)
        event = "Die Fähre fehlt"
        assert ledger.whatif(event, everything=True) == quiet.whatif(event, everything=True) != ()
