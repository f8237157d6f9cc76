"""Bulk jobs: pages a second and core of every stage and the whole way, growth with processes, and what a page costs in a long run.

    WORTLAUT_BENCH_PAGES=2000,20000 python evaluation/bench bulk

Pages are those of the tests' newsroom: 14 kB of HTML, 260 words. Costs are processor time, which other work on the machine hardly
shows; only the growth from one process to two is by the clock, side by side.
"""

import os
import resource
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from statistics import mean

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.bulk.newsroom import write_shards

from wortlaut.bulk import Job, Settings
from wortlaut.bulk.copies import sketch_of
from wortlaut.bulk.parts import Entry, write_part
from wortlaut.bulk.pool import Pool
from wortlaut.bulk.shards import find_shards
from wortlaut.encoder import find_model
from wortlaut.entities import find_entities
from wortlaut.extraction import extract
from wortlaut.language import analyse
from wortlaut.model import Article, Engine, Page
from wortlaut.quotation.engine import quotation_by
from wortlaut.reader import Reader
from wortlaut.statements.engine import statements_by
from wortlaut.temporal import find_times

SHARD = 500
SAMPLE = 200


def main() -> None:
    """Print all figures; a model computes on one thread, as a job's workers do."""
    os.environ.setdefault("WORTLAUT_THREADS", "1")
    with tempfile.TemporaryDirectory() as folder:
        stages(Path(folder))
        growth(Path(folder))
        for pages in map(int, os.environ.get("WORTLAUT_BENCH_PAGES", "2000,20000").split(",")):
            long_run(Path(folder), pages)


def stages(folder: Path) -> None:
    """Print milliseconds a page of each stage, by rules and by the model."""
    write_shards(folder, SAMPLE, 1)
    (shard,) = find_shards([str(folder / "crawl-00000.warc.gz")])
    for engine in (Engine.RULES, Engine.MODEL) if find_model() else (Engine.RULES,):
        some = SAMPLE if engine is Engine.RULES else SAMPLE // 5
        _through([*shard.pages()][: some // 4], engine, folder)  # dictionaries and lexicons are loaded once
        spent = _through([*shard.pages()][:some], engine, folder) | {
            "archive": _seconds(lambda: [*shard.pages()]) / SAMPLE * some
        }
        whole = sum(spent.values())
        for name, seconds in sorted(spent.items(), key=lambda item: -item[1]):
            print(
                f"  {engine.value}: {name:11} {1000 * seconds / some:7.2f} ms a page   {some / seconds:8.0f} pages a second and core   {100 * seconds / whole:4.1f} %"
            )
        print(
            f"  {engine.value}: the whole way {1000 * whole / some:5.1f} ms a page   {some / whole:8.1f} pages a second and core",
            flush=True,
        )


def _through(pages: list[Page], engine: Engine, folder: Path) -> dict[str, float]:
    """Return the seconds that each stage takes for some pages."""
    spent: dict[str, float] = defaultdict(float)

    def timed(name: str, work: Callable[[], object]) -> object:
        started = time.process_time()
        found = work()
        spent[name] += time.process_time() - started
        return found

    def stage(name: str, work: Callable[..., object]) -> Callable[..., object]:
        return lambda *given: timed(name, lambda: work(*given))

    reader = Reader(
        extraction=stage("extraction", extract), language=stage("language", analyse),
        quotation=stage("quotation", quotation_by(engine)), temporal=stage("temporal", find_times),
        entities=stage("entities", find_entities), statements=stage("statements", statements_by(engine)),
    )  # fmt: skip
    entries = [Entry(shard=0, number=n, page=page, outcome=reader.read(page)) for n, page in enumerate(pages)]
    articles = [article for page in pages if isinstance(article := extract(page), Article)]
    timed("first look", lambda: [(extract(page), None) for page in pages] and [sketch_of(a.text) for a in articles])
    timed("writing", lambda: write_part(folder / "part.parquet", entries))
    return dict(spent)


def _seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def growth(folder: Path) -> None:
    """Print how much faster two processes are than one."""
    taken = {workers: _run(folder, 1000, workers)[1] for workers in (1, 2)}
    print(
        f"  two processes: {taken[1] / taken[2]:.2f} times as fast as one ({1000 / taken[1]:.1f} and {1000 / taken[2]:.1f} pages a second)",
        flush=True,
    )


def long_run(folder: Path, pages: int) -> None:
    """Print what a page costs in a run, and the memory of its workers."""
    cpu, clock, memory = _run(folder, pages, len(os.sched_getaffinity(0)))
    third = max(1, len(memory) // 3)
    print(
        f"  {pages} pages: {1000 * cpu / pages:.1f} ms of processor a page, {pages / clock:.1f} pages a second by the clock; "
        f"memory of a worker {max(memory)} MB at most, {mean(memory[:third]):.0f} MB in the first third, {mean(memory[-third:]):.0f} MB in the last",
        flush=True,
    )


def _run(folder: Path, pages: int, workers: int) -> tuple[float, float, list[int]]:
    """Return the processor and clock seconds of a job, driver and workers, and the memory of its largest worker as it went on."""
    with tempfile.TemporaryDirectory(dir=folder) as place:
        write_shards(Path(place), pages, -(-pages // SHARD))
        job = Job([place], Path(place) / "out", Settings(engine=Engine.RULES))
        memory: list[int] = []
        before, started = _spent(), time.perf_counter()
        report = job.run(lambda: Pool(workers), lambda _: memory.append(_largest_child()))
        if report.pages != pages or report.failed:
            sys.exit(f"the job did not read its pages: {report}")
        return _spent() - before, time.perf_counter() - started, memory


def _spent() -> float:
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def _largest_child() -> int:
    """Return the memory of the largest child of this process, in MB (Linux)."""
    sizes = [0]
    for child in Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii").split():
        try:
            pages = int(Path(f"/proc/{child}/statm").read_text(encoding="ascii").split()[1])
        except (OSError, IndexError):
            continue
        sizes.append(pages * os.sysconf("SC_PAGE_SIZE") // 1_000_000)
    return max(sizes)
