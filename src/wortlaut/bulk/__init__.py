"""Whole archives: shards of pages in, Parquet shards out, on one machine or on a Ray cluster.

A job lives in a folder, and all that it knows lies there: whoever is killed, worker or driver, the same command goes on where
it stopped. Every page has exactly one row. See docs/how-to/bulk.md.
"""

from wortlaut.bulk.job import Job, Report
from wortlaut.bulk.loading import Loaded, load
from wortlaut.bulk.settings import Settings

__all__ = ["Job", "Loaded", "Report", "Settings", "load"]
