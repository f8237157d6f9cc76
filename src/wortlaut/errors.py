"""Every exception that Wortlaut raises.

    WortlautError
    ├── ConfigurationError
    ├── SourceError
    │   ├── FetchError
    │   │   └── ForbiddenError
    │   └── ArchiveError
    ├── StageError
    ├── CodecError
    ├── LexiconError
    ├── BulkError
    │   └── BulkFull
    └── LedgerError
        ├── MigrationError
        ├── LedgerTooNew
        ├── LedgerBusy
        ├── LedgerFull
        └── LedgerReadOnly

A page that merely is no article is not an error: it becomes a `Rejection`.
"""


class WortlautError(Exception):
    """The root of all errors that Wortlaut raises on purpose."""


class ConfigurationError(WortlautError):
    """An option, a file of settings or a combination of both cannot be used."""


class ModelError(ConfigurationError):
    """A file of the installed model cannot be used, mostly because the model is of another version."""

    def __init__(self, file: str, detail: object) -> None:
        super().__init__(
            f"{file} of the model cannot be used: {detail}; install the model that belongs to this version of Wortlaut"
            " (in a checkout: pip install ./models/wortlaut-de), or read with --engine rules"
        )


class SourceError(WortlautError):
    """A page could not be had from where it was said to be."""

    def __init__(self, source: str, detail: str) -> None:
        super().__init__(f"{source}: {detail}")
        self.source = source
        self.detail = detail


class FetchError(SourceError):
    """A page could not be fetched over the network; `passing` faults may be gone later, in `wait` seconds if the server said when."""

    def __init__(self, source: str, detail: str, *, passing: bool = False, wait: float | None = None) -> None:
        super().__init__(source, detail)
        self.passing = passing
        self.wait = wait


class ForbiddenError(FetchError):
    """A page may not be fetched or mined: its address, its robots.txt or its site's reservation forbids it; `rights` is the record of both."""

    def __init__(self, source: str, detail: str, *, rights: object = None) -> None:
        super().__init__(source, detail)
        self.rights = rights


class ArchiveError(SourceError):
    """An archive or one of its records is damaged."""


class StageError(WortlautError):
    """A stage broke on a page."""

    def __init__(self, stage: str, page: str, detail: str) -> None:
        super().__init__(f"{stage} failed on {page}: {detail}")
        self.stage = stage
        self.page = page
        self.detail = detail


class CodecError(WortlautError):
    """JSON does not follow the contract; `path` names the place."""

    def __init__(self, path: str, detail: str) -> None:
        super().__init__(f"{path}: {detail}")
        self.path = path
        self.detail = detail


class LexiconError(WortlautError):
    """An entry of the lexicon is malformed."""

    def __init__(self, file: str, entry: str, detail: str) -> None:
        super().__init__(f"{file}, entry {entry}: {detail}")
        self.file = file
        self.entry = entry
        self.detail = detail


class BulkError(WortlautError):
    """A bulk job cannot go on; what it finished is kept."""


class BulkFull(BulkError):
    """The disk, or what one may use of it, has no room for a job's results."""


class LedgerError(WortlautError):
    """The ledger could not do what was asked of it."""


class MigrationError(LedgerError):
    """The ledger could not be brought to the schema of this program."""


class LedgerTooNew(LedgerError):
    """The ledger was written by a newer program and is left untouched."""


class LedgerBusy(LedgerError):
    """Another process held the ledger for longer than we wait."""


class LedgerFull(LedgerError):
    """The disk, or what one may use of it, has no room for what was to be written."""


class LedgerReadOnly(LedgerError):
    """The ledger may be read, but not written, by this user in this place."""
