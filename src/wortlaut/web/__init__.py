"""The ledger in the browser: pages for people, an API for programs, both over one ledger, asking nobody else."""

from wortlaut.web.app import make_app
from wortlaut.web.guard import Rules

__all__ = ["Rules", "make_app"]
