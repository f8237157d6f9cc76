"""Where pages come from: files, folders, archives and the web; one Page for each that was asked for, in order."""

from wortlaut.archive.files import read_file
from wortlaut.archive.files import walk as files_in
from wortlaut.archive.manifest import check_date, read_manifest
from wortlaut.archive.sources import is_archive, pages_of

__all__ = ["check_date", "files_in", "is_archive", "pages_of", "read_file", "read_manifest"]
