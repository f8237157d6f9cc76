"""Measure the reader on a ledger of 100,000 generated statements: what somebody waits for at 50 requests a second.

    python evaluation/bench/web.py [--statements 100000] [--rate 50] [--seconds 20] [--keep FOLDER]

Requests start when they are due, whether or not those before are answered, and a time runs from that moment. Of ten, three are
lists that stay the same (start, changes, pages), two ask an actor, two search words, two leaf through statements, one asks
*what if*; all but the first three have an address of their own, so that no answer kept from before helps. A second round gives these
three one, too. Who asks needs a processor as well, which is told: on a machine of two it is missing where pages are made.
"""

import argparse
import asyncio
import contextlib
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import httpx
import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
from generated import ACTORS, PARTIES, THINGS, TIMES, VERBS
from ledger import Random, fill

from wortlaut import Ledger


def addresses(count: int, actors: Sequence[int], *, different: bool) -> list[tuple[str, str]]:
    """Return what is asked, as kind and address, each one `different` or lists as they are."""
    chance = random.Random(3)  # noqa: S311 - no secret
    made: list[tuple[str, str]] = []
    while len(made) < count:
        person, party, thing, verb, when = (chance.choice(x) for x in (ACTORS, PARTIES, THINGS, VERBS, TIMES))
        number = len(made)
        own = f"?n={number}" if different else ""
        made += [
            ("start", f"/{own}"), ("changes", f"/changes{own}"), ("pages", f"/pages{own}"),
            ("actor", f"/who/{chance.choice(actors)}?n={number}{different}"), ("actor", f"/who/{chance.choice(actors)}?n={number}-{different}"),
            ("search", f"/search?q={thing} {verb}&n={number}{different}"), ("search", f"/search?q={person}&n={number}{different}"),
            ("leaf", f"/api/v1/statements?limit=20&actor={chance.choice(actors)}&n={number}{different}"), ("leaf", f"/who?q={party}&n={number}{different}"),
            ("what if", f"/whatif?event={party} die {thing} {when} {verb}&n={number}{different}"),
        ]  # fmt: skip
    chance.shuffle(made)
    return made[:count]


async def ask(address: str, rate: float, seconds: float, *, different: bool) -> dict[str, list[float]]:
    """Ask at a steady rate and return the times by kind, milliseconds."""
    times: dict[str, list[float]] = {}
    limits = httpx.Limits(max_connections=200)
    async with httpx.AsyncClient(base_url=address, timeout=60, limits=limits) as client:
        for path in ("/", "/changes", "/pages", "/whatif?event=Talmark die Maut bauen"):
            for _ in range(60):  # until positions are compared
                if "still being compared" not in (await client.get(path, headers={"accept-language": "en"})).text:
                    break
                await asyncio.sleep(1)
        actors = [one["id"] for one in (await client.get("/api/v1/actors?limit=200")).json()["items"]]
        begin = time.perf_counter() + 0.5

        async def one(number: int, kind: str, path: str) -> None:
            due = begin + number / rate
            await asyncio.sleep(due - time.perf_counter())
            with contextlib.suppress(httpx.TimeoutException):  # counts as the minute that it took
                (await client.get(path, headers={"accept-language": "de"})).raise_for_status()
            times.setdefault(kind, []).append(1000 * (time.perf_counter() - due))

        wanted = addresses(int(rate * seconds), actors, different=different)
        await asyncio.gather(*(one(number, *found) for number, found in enumerate(wanted)))
    return times


def main(arguments: Sequence[str] = ()) -> int:
    """Fill, serve, ask."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--statements", type=int, default=100_000)
    options.add_argument("--rate", type=float, default=50)
    options.add_argument("--seconds", type=float, default=20)
    options.add_argument("--keep", type=Path, help="a folder that keeps the ledger for the next time")
    chosen = options.parse_args(list(arguments))
    with tempfile.TemporaryDirectory() as folder:
        path = (chosen.keep or Path(folder)) / "web.ledger"
        if not path.exists():
            maker = Random()
            with Ledger.open(path, maker=lambda: maker) as ledger:
                fill(ledger, chosen.statements)
        command = [sys.executable, "-m", "wortlaut", "serve", "--ledger", str(path), "--port", "0"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            try:
                found = re.search(r"http://\S+", server.stdout.readline() if server.stdout else "")
                for different in (False, True) if found else ():
                    spent = time.process_time()
                    times = asyncio.run(ask(found[0], chosen.rate, chosen.seconds, different=different))
                    show(times, chosen.rate, time.process_time() - spent, different=different)
            finally:
                server.send_signal(signal.SIGINT)
    return 0


def show(times: dict[str, list[float]], rate: float, spent: float, *, different: bool) -> None:
    """Print the times of a round, and what asking took of a processor."""
    every = [one for own in times.values() for one in own]
    print("all different:" if different else "lists asked again and again:")
    for kind, own in [*sorted(times.items()), (f"all, {rate:.0f} a second", every)]:
        middle, high = np.percentile(own, [50, 95])
        print(f"  {kind:22} {len(own):5} requests   median {middle:6.1f} ms   p95 {high:6.1f} ms")
    print(f"  asking took {1000 * spent / len(every):.1f} ms of a processor a request")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
