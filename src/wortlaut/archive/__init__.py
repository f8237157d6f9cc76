"""Where pages come from: files, folders, archives and the web; one Page for each that was asked for, in order."""

from wortlaut.archive.files import read_file
from wortlaut.archive.manifest import check_date, read_manifest
from wortlaut.archive.sources import pages_of

__all__ = ["check_date", "pages_of", "read_file", "read_manifest"]
