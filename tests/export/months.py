"""Months as they stand under a chart, their year once under the first, read back as whole names."""

import re
from collections.abc import Iterable, Iterator

from tests.charts.figures import MONTHS


def with_years(written: Iterable[str]) -> Iterator[str]:
    """`Jan\\n2020`, `Feb` is Jan 2020, Feb 2020; other names in one line."""
    year = ""
    for name in written:
        month, _break, under = name.partition("\n")
        if month in MONTHS and re.fullmatch(r"\d{4}", under):
            year = under
        yield f"{name} {year}" if name in MONTHS and year else " ".join(name.split())
