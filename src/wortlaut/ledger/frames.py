"""The ledger's views as tables of Arrow and pandas, with the same types whatever is in them."""

from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Select, column, select, table

from wortlaut.errors import ConfigurationError
from wortlaut.ledger.views import VIEWS

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

_INTEGERS = frozenset(("number", "statement", "current", "repeats", "begins", "ends"))
_NUMBERS = frozenset(("low", "high", "confidence"))


def read_arrow(connection: Connection, name: str) -> "pa.Table":
    """Return a view as an Arrow table; raise ConfigurationError if there is no such view, or no pyarrow."""
    views = [view.name for view in VIEWS]
    if name not in views:
        raise ConfigurationError(f"there is no view {name!r}; there are {', '.join(views)}")
    try:
        import pyarrow as pa
    except ModuleNotFoundError as error:
        raise ConfigurationError("for Arrow and pandas: pip install 'wortlaut[pandas]'") from error
    query: Select[Any] = select(column("*", is_literal=True)).select_from(table(name))
    result = connection.execute(query)
    columns: list[tuple[Any, ...]] = [*zip(*result.all(), strict=True)]
    names = [*result.keys()]
    types = [pa.int64() if n in _INTEGERS else pa.float64() if n in _NUMBERS else pa.string() for n in names]
    columns = columns or [()] * len(names)
    arrays = [pa.array(values, kind) for values, kind in zip(columns, types, strict=True)]
    return pa.Table.from_arrays(arrays, names=names)


def to_frame(found: "pa.Table") -> "pd.DataFrame":
    """Return an Arrow table as a data frame of Arrow's types, so that missing numbers do not turn others into fractions."""
    try:
        import pandas as pd
    except ModuleNotFoundError as error:
        raise ConfigurationError("for pandas: pip install 'wortlaut[pandas]'") from error
    return found.to_pandas(types_mapper=pd.ArrowDtype)
