"""pyarrow, on use: who never runs a job need not have it."""

from typing import Any

from wortlaut.errors import ConfigurationError


def pyarrow() -> Any:
    """Return pyarrow; raise ConfigurationError if it is not installed."""
    try:
        import pyarrow as arrow
    except ModuleNotFoundError as error:
        raise ConfigurationError("for bulk jobs: pip install 'wortlaut[bulk]'") from error
    return arrow


def parquet() -> Any:
    """Return pyarrow's reader and writer of Parquet."""
    pyarrow()
    import pyarrow.parquet as files

    return files
