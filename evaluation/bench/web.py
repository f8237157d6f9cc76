"""Measure the reader on a ledger of 100,000 generated statements: what somebody waits for at 50 requests a second.

    python evaluation/bench/web.py [--statements 100000] [--rate 50] [--seconds 20] [--keep FOLDER]

Requests start when they are due, whether or not those before are answered, and a time runs from that moment. Of ten, three are
lists that stay the same (start, changes, pages), two ask an actor, two search words, two leaf through statements, one asks
*what if*; all but the first three have an address of their own, so that no answer kept from before helps.
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


def addresses(count: int, actors: Sequence[int]) -> list[tuple[str, str]]:
    """Return what is asked, as kind and address."""
    chance = random.Random(3)  # noqa: S311 - no secret
    made: list[tuple[str, str]] = []
    while len(made) < count:
        person, party, thing, verb, when = (chance.choice(x) for x in (ACTORS, PARTIES, THINGS, VERBS, TIMES))
        number = len(made)
        made += [
            ("start", "/"), ("changes", "/changes"), ("pages", "/pages"),
            ("actor", f"/who/{chance.choice(actors)}?n={number}"), ("actor", f"/who/{chance.choice(actors)}?n={number}"),
            ("search", f"/search?q={thing} {verb}&n={number}"), ("search", f"/search?q={person}&n={number}"),
            ("leaf", f"/api/v1/statements?limit=20&actor={chance.choice(actors)}&n={number}"), ("leaf", f"/who?q={party}&n={number}"),
            ("what if", f"/whatif?event={party} die {thing} {when} {verb}"),
        ]  # fmt: skip
    chance.shuffle(made)
    return made[:count]


async def ask(address: str, rate: float, seconds: float) -> dict[str, list[float]]:
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

        wanted = addresses(int(rate * seconds), actors)
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
                times = asyncio.run(ask(found[0], chosen.rate, chosen.seconds)) if found else {}
            finally:
                server.send_signal(signal.SIGINT)
    every = [one for own in times.values() for one in own]
    for kind, own in [*sorted(times.items()), (f"all, {chosen.rate:.0f} a second", every)]:
        middle, high = np.percentile(own, [50, 95])
        print(f"  {kind:22} {len(own):5} requests   median {middle:6.1f} ms   p95 {high:6.1f} ms")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
