"""Times as days."""

import pytest

from wortlaut.ledger.due import days_of


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2031-05-07", "2031-05-07", "2031-05-07"),
        ("2031-05-07T12:00", "2031-05-07", "2031-05-07"),
        ("2031-02", "2031-02-01", "2031-02-28"),
        ("2031", "2031-01-01", "2031-12-31"),
        ("2031-W10", "2031-03-03", "2031-03-09"),
        ("2031-W10-2", "2031-03-04", "2031-03-04"),
        ("2031-Q2", "2031-04-01", "2031-06-30"),
        ("2031-SU", "2031-06-01", "2031-08-31"),
    ],
)
def test_a_time_has_days(value: str, first: str, last: str) -> None:
    assert tuple(map(str, days_of(value) or ())) == (first, last)


@pytest.mark.parametrize("value", ["XXXX-05", "P3M", "2031-02-30", "2031-Q7", "FUTURE_REF"])
def test_what_names_no_days_has_none(value: str) -> None:
    assert days_of(value) is None
