"""The ledger: what can be asked of a store and judged in it. Each question has a file of its own."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, select

from wortlaut.ledger.actors import Actor, Judgement, journal, merge, split, undo
from wortlaut.ledger.answers import Answer, Change
from wortlaut.ledger.changes import find_changes
from wortlaut.ledger.containing import Contained, find_contained
from wortlaut.ledger.due import Due, find_due
from wortlaut.ledger.edits import Edit, find_edits
from wortlaut.ledger.facets import Facets
from wortlaut.ledger.faults import told_as_ours
from wortlaut.ledger.finding import find_record, find_words
from wortlaut.ledger.forgetting import Forgetting, find_forgetting, forget, wipe
from wortlaut.ledger.frames import read_arrow, to_frame
from wortlaut.ledger.kept import Edition, find_editions, page_of, reading_of
from wortlaut.ledger.lines import digest_of, read_lines, write_lines
from wortlaut.ledger.profiles import find_actors, ids_of, wikidata_ids
from wortlaut.ledger.rereading import Reads, Reread, is_kept, renew_page
from wortlaut.ledger.reviews import Opinion, Review, review, reviews
from wortlaut.ledger.rows import ANSWERS, IN_TIME, read_answers, shown
from wortlaut.ledger.schema import actor, page, statement, told
from wortlaut.ledger.stamping import Stamp
from wortlaut.ledger.store import Store
from wortlaut.ledger.utterances import Utterance, find_utterances
from wortlaut.ledger.vectors import erase_rows
from wortlaut.ledger.verifying import Extraction, Verification, verify_kept, verify_now
from wortlaut.ledger.whatif import find_whatif
from wortlaut.model import Act, Article, Kind, Reading

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


class Ledger(Store):
    """The record of all pages. Open one with `Ledger.open`; it is a context manager."""

    def stamps(self) -> Stamp:
        """Return what tells whether anything changed; close it before the ledger."""
        return Stamp(self._engine)

    def count(self) -> tuple[int, int]:
        """Return the numbers of pages and statements."""
        with self.reading() as connection:
            return tuple(connection.scalar(select(func.count()).select_from(table)) or 0 for table in (page, statement))  # type: ignore[return-value]

    def statements(self, page_id: str | None = None, *, everything: bool = False) -> tuple[Answer, ...]:
        """Return all statements, or those of one page, in time order.

        Those not sure enough, and headlines that repeat, come only with `everything`.
        """
        query = ANSWERS.where(shown(everything=everything))
        if page_id is not None:
            query = query.where(statement.c.page == page_id)
        with self.reading() as connection:
            return read_answers(connection, query.order_by(*IN_TIME))

    def reading_of(self, page_id: str) -> Reading:
        """Return the newest reading of a page; raise LedgerError if the ledger has none."""
        with self.reading() as connection:
            return reading_of(connection, page_id)

    def who(
        self,
        name: str | int,
        *,
        since: str | None = None,
        until: str | None = None,
        limit: int | None = None,
        everything: bool = False,
        history: bool = False,
    ) -> tuple[Answer, ...]:
        """Return what somebody said, or what was said on their behalf, in time order.

        A last name or an alias finds its full names; a number is an actor's id. With `history` also what only earlier editions of
        a page say.
        """
        with self.reading() as connection:
            found = ids_of(connection, str(name), self._directory)
            return find_record(
                connection, found, since=since, until=until, limit=limit, everything=everything, history=history
            )

    def actors(self, name: str | None = None) -> tuple[Actor, ...]:
        """Return the actors of a name, alias, last name or id, with offices and pages; all that have statements without one."""
        with self.reading() as connection:
            return find_actors(connection, name, self._directory)

    def wikidata(self) -> dict[int, str]:
        """Return the Wikidata ids of actors, as far as `actors.toml` has or had them."""
        with self.reading() as connection:
            return wikidata_ids(connection, self._directory)

    def judgements(self) -> tuple[Judgement, ...]:
        """Return the journal of merges, splits and what was taken back, in the order they were made."""
        with self.reading() as connection:
            return journal(connection)

    def merge(self, actor: int, other: int) -> int:
        """Judge that `actor` is `other`, and return the judgement's number; raise LedgerError if they cannot be one."""
        with self.writing() as connection:
            return merge(connection, actor, other)

    def split(self, actor: int, pages: tuple[str, ...]) -> tuple[int, tuple[int, ...]]:
        """Judge that on `pages` (ids, sources or URLs) it is somebody else; return the new actor and the judgements."""
        with self.writing() as connection:
            return split(connection, actor, pages)

    def undo(self, judgement: int) -> int:
        """Take a judgement back, by a judgement of its own whose number is returned."""
        with self.writing() as connection:
            return undo(connection, judgement)

    def search(
        self,
        words: str = "",
        *,
        who: str | int | None = None,
        speaker: str | int | None = None,
        principal: str | int | None = None,
        acts: Iterable[Act] = (),
        condition: str = "",
        kinds: Iterable[Kind] = (),
        publisher: str | None = None,
        since: str | None = None,
        until: str | None = None,
        limit: int | None = 20,
        skip: int = 0,
        everything: bool = False,
    ) -> tuple[Answer, ...]:
        """Return statements that hold all the words, in any inflection, and are what else is asked for, best first.

        `speaker` and `principal` are names, aliases or numbers of actors, `who` is either of them; `condition` are words that a condition of the
        statement holds; `since` and `until` are days. Places that were found stand in `hits` and `condition_hits`.
        """
        with self.reading() as connection:
            facets = Facets(
                words=words, condition=condition, who=self._ids(connection, who), speakers=self._ids(connection, speaker), principals=self._ids(connection, principal),
                acts=tuple(acts), kinds=tuple(kinds), publisher=publisher, since=since, until=until,
            )  # fmt: skip
            return find_words(connection, facets, limit=limit, skip=skip, everything=everything)

    def _ids(self, connection: Connection, name: str | int | None) -> frozenset[int] | None:
        return None if name is None else frozenset(ids_of(connection, str(name), self._directory))

    def due(
        self,
        name: str | int | None = None,
        *,
        on: date | None = None,
        acts: Iterable[Act] = (Act.COMMIT,),
        limit: int | None = None,
        everything: bool = False,
    ) -> tuple[Due, ...]:
        """Return what was promised until when, of somebody or everybody, and whether it is open, due or overdue `on` a day.

        Without a day that is today. Other `acts` than promises can be asked for.
        """
        with self.reading() as connection:
            who, day = self._ids(connection, name), on or date.today()  # noqa: DTZ011 - the day where the reader is
            return find_due(connection, who, acts, day, limit=limit, everything=everything)

    def whatif(self, event: str, *, limit: int | None = 20, everything: bool = False) -> tuple[Answer, ...]:
        """Return what each party said it will do if `event` happens, best first; empty if nothing is about it.

        `why` of each says where the event was found, how near its meaning is, and whether the condition goes the other way;
        with `everything` also of each that would not be there without it that it is not `sure`.
        """
        sure, others = self.whatif_apart(event, limit=limit, less_sure=limit if everything else 0)
        return tuple(sorted((*sure, *others), key=lambda answer: -answer.score))[:limit]

    def whatif_apart(
        self, event: str, *, limit: int | None = 20, less_sure: int | None = None
    ) -> tuple[tuple[Answer, ...], tuple[Answer, ...]]:
        """Return what `whatif` gives, and apart from it what is less sure: of each as many as asked for, all if None."""
        self.index()
        with self.reading() as connection:
            return find_whatif(connection, self.vectors, event, limit=limit, less_sure=less_sure)

    def changes(
        self, name: str | None = None, *, since: str | None = None, limit: int | None = None, everything: bool = False
    ) -> tuple[Change, ...]:
        """Return changes of position, newest first; of the principals whose name holds `name`, from the day `since` on."""
        self.index()
        with self.reading() as connection:
            principals = None if name is None else _actors(connection, name)
            found = find_changes(connection, self.vectors, principals, since=since, everything=everything)
        return found[:limit]

    def utterances(
        self,
        name: str | None = None,
        *,
        since: str | None = None,
        until: str | None = None,
        limit: int | None = None,
        everything: bool = False,
    ) -> tuple[Utterance, ...]:
        """Return what more than one page reports, most reported first; of somebody, said from the day `since` to `until`."""
        with self.reading() as connection:
            actors = None if name is None else ids_of(connection, name, self._directory)
            return find_utterances(connection, actors, since=since, until=until, limit=limit, everything=everything)

    def contains(self, page: str, words: str) -> tuple[Contained, ...]:
        """Return whether each edition of a page (its URL, source or id) contains `words`, where, and by whom they are."""
        with self.reading() as connection:
            return find_contained(connection, page, words)

    def editions(self, page: str | None = None) -> tuple[Edition, ...]:
        """Return the kept pages of a URL, source or id, of all without one, the oldest first; LedgerError if there are none."""
        with self.reading() as connection:
            return find_editions(connection, page)

    def edits(self, page: str | None = None) -> tuple[Edit, ...]:
        """Return what later editions of a page (its URL, source or id) say otherwise; of all pages without one."""
        with self.reading() as connection:
            return find_edits(connection, page)

    def review(self, page: str, statement: str, verdict: Opinion) -> int:
        """Accept or reject a statement, or take that back; return the judgement's number."""
        with self.writing() as connection:
            return review(connection, page, statement, verdict)

    def reviews(self, page: str | None = None) -> tuple[Review, ...]:
        """Return the journal of what was accepted, rejected and taken back; of one page, if it is named."""
        with self.reading() as connection:
            return reviews(connection, page)

    def verify(
        self, extract: Extraction, page: str | None = None
    ) -> Iterator[tuple[Edition, tuple[Verification, ...]]]:
        """Yield each kept page (of a URL, source or id) with the proof of its statements from the bytes that are kept.

        `extract` takes an article out of a page, as `Reader().extraction` does.
        """
        for edition in self.editions(page):
            with self.reading() as connection:
                yield edition, verify_kept(connection, edition, extract)

    def verify_now(self, page: str, now: Article, against: str) -> tuple[Verification, ...]:
        """Look for the statements of a page's newest edition (its URL, source or id) in the page as it is `now`.

        `against` names where it is now, in the answers; LedgerError if the page is not kept.
        """
        with self.reading() as connection:
            return verify_now(connection, find_editions(connection, page, current=True)[-1], now, against)

    def reread(self, read: Reads, page: str | None = None) -> Iterator[Reread]:
        """Read kept pages (of a URL, source or id) again by `read`, and yield what each gave; each is kept as it is done.

        That is never an edit or a change of position, and judgements survive it.
        """
        for edition in self.editions(page):
            with self.reading() as connection:
                kept = page_of(connection, edition.id) if is_kept(connection, edition.id) else None
            if kept is None:
                continue  # forgotten meanwhile
            outcome = read(kept)
            with self.writing() as connection:
                there = is_kept(connection, edition.id)
                done = renew_page(connection, edition, outcome, self._directory) if there else None
            if done:
                yield done

    def forgetting(self, asked: str) -> Forgetting:
        """Return what `forget` would erase for a page's URL, source or id, or somebody's name or number."""
        with self.reading() as connection:
            return find_forgetting(connection, asked, self._directory)

    def forget(self, asked: str) -> Forgetting:
        """Erase a page with all its editions, or somebody on all pages, and leave tombstones, so that they do not come back.

        No byte of text, words, vectors or index stays in the ledger's files. Raise LedgerError if `asked` is nothing or
        several, LedgerBusy if it is forgotten, but another program still keeps the file's log.
        """
        with self.writing() as connection:
            what = find_forgetting(connection, asked, self._directory)
            forget(connection, what, self._directory)
            left = [*connection.scalars(select(told.c.id))]
        with told_as_ours():
            erase_rows(self._vectors_path(), left)
            wipe(self._engine)
        return what

    def lines(self) -> Iterator[str]:
        """Yield the whole ledger as lines of JSON, from which `rebuild` makes it again."""
        with self.reading() as connection:
            yield from write_lines(connection)

    def digest(self) -> str:
        """Return the hash of the ledger's content: of pages, readings, actors and judgements, not of how they are stored."""
        return digest_of(self.lines())

    def rebuild(self, lines: Iterable[str | bytes]) -> None:
        """Make this ledger, which has to be empty, what `lines` of another one say; all of it or, if a line is bad, nothing."""
        with self.writing() as connection:
            read_lines(connection, lines, self._directory)

    def to_arrow(self, view: str = "statements") -> "pa.Table":
        """Return a view of the ledger (docs/reference/tables.md) as an Arrow table."""
        with self.reading() as connection:
            return read_arrow(connection, view)

    def to_pandas(self, view: str = "statements") -> "pd.DataFrame":
        """Return a view of the ledger as a data frame; for what is not known it holds pandas' missing value."""
        return to_frame(self.to_arrow(view))


def _actors(connection: Connection, name: str) -> list[int]:
    return [*connection.scalars(select(actor.c.id).where(actor.c.name.icontains(name.strip(), autoescape=True)))]
