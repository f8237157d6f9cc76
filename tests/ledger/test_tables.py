"""The reference of tables says what the schema is."""

import runpy

from tests.reading import ROOT
from wortlaut.ledger.schema import metadata
from wortlaut.ledger.views import VIEWS


def test_the_reference_is_that_of_the_schema() -> None:
    made = runpy.run_path(str(ROOT / "docs" / "tables.py"))
    assert made["PLACE"].read_text(encoding="utf-8") == made["tables"](), "make it anew: python docs/tables.py"


def test_every_table_and_view_is_explained() -> None:
    assert all(table.comment for table in metadata.tables.values())
    assert all(view.comment for view in VIEWS)
