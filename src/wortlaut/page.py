"""Pages as they come in: bytes as fetched, what is known of them from elsewhere, and what a Reading keeps of them.

The records stand under `wortlaut.model`, too, beside those that the stages hand on.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from wortlaut.labels import PageForm, RejectionReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Rights:
    """What a site said, when the page was fetched, of fetching and mining it.

    `robots` is the answer of its robots.txt, None in an archive, whose crawler asked. `reserved` is its reservation of text and data mining (TDMRep), None where it says
    nothing; `policy` is the address of its terms, `told_by` the place of both.
    """

    robots: Literal["allowed", "disallowed", "absent", "unreachable"] | None = None
    reserved: bool | None = None
    policy: str | None = None
    told_by: Literal["header", "meta", "file"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRecord:
    """Which bytes a Reading was made from; `sha256` is None where there were none. `fetched_at` is ISO 8601 with a zone."""

    source: str
    url: str | None = None
    sha256: str | None
    fetched_at: str | None = None
    rights: Rights | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A reason and one sentence of detail."""

    reason: RejectionReason
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Bytes as fetched, and what is known of them from elsewhere.

    `published` is an ISO 8601 date or date-time that overrides the page's own; `encoding` is what HTTP said; `problem` says why the bytes could not be
    had: such a page is read as a Rejection, so that every page asked for has one outcome; `rights` is what its site allows.
    """

    source: str
    content: bytes = b""
    url: str | None = None
    published: str | None = None
    publisher: str | None = None
    fetched_at: datetime | None = None
    form: PageForm = PageForm.AUTO
    encoding: str | None = None
    problem: Problem | None = None
    rights: Rights | None = None

    def record(self) -> PageRecord:
        """Return what a Reading keeps of this page."""
        return PageRecord(
            source=self.source,
            url=self.url,
            sha256=hashlib.sha256(self.content).hexdigest() if self.content or not self.problem else None,
            fetched_at=self.fetched_at.isoformat() if self.fetched_at else None,
            rights=self.rights,
        )
