"""What a job reads and by what: the folder keeps it, so that nobody goes on with another job in it."""

from dataclasses import dataclass

from wortlaut.bulk.settings import Settings
from wortlaut.bulk.shards import Shard


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The shards, the settings, and the versions of what reads."""

    shards: tuple[Shard, ...]
    settings: Settings
    made_by: str
