"""Whether two sheets have the same headers, or nearly so, whatever changes with every export."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cs_kpi.ingest.by_months.month_columns import ANY_YEAR, is_total_of
from cs_kpi.ingest.month_names import month_headers
from cs_kpi.ingest.records import SheetMapping

MOST_DIFFERENT = 0.2
"""Of all headers of two sheets, those that only one has; one header more or less is allowed in small ones too."""
FEWEST_SHARED = 2
"""A customer id alone says nothing about what stands beside it."""
BY_HEADER = ("months", "months_of", "milestones", "scores")
"""What a mapping says of single headers beside the fields they feed."""


def own_headers(mapping: SheetMapping) -> set[str]:
    """Every header of the sheet that a mapping was made for, as far as the mapping knows them."""
    by_header = {header for name in BY_HEADER for header in getattr(mapping, name)}
    return {*mapping.headers, *mapping.columns.values(), *mapping.attributes, *by_header}


def lasting(headers: Iterable[str], mapping: SheetMapping) -> set[str]:
    """Headers without those that change with every export: months and their totals, in a table with months."""
    listed = list(headers)
    if not mapping.months:
        return set(listed)
    months = month_headers(listed, ANY_YEAR)
    return {header for header in listed if header not in months and not is_total_of(header)}


def have_same_headers(one: SheetMapping, other: SheetMapping) -> bool:
    """Whether two mappings were made for sheets with the same headers, or nearly so; months aside."""
    ours, theirs = lasting(own_headers(one), one), lasting(own_headers(other), other)
    return ours == theirs or differ_little(ours, theirs)


def differ_little(one: set[str], other: set[str]) -> bool:
    """
    >>> differ_little({"id", "date", "fee"}, {"id", "date", "fee", "region"})
    True
    >>> differ_little({"id", "date", "score"}, {"id", "date", "feature"}), differ_little({"id", "fee"}, {"id"})
    (False, False)
    """
    return len(one & other) >= FEWEST_SHARED and len(one ^ other) <= max(1, MOST_DIFFERENT * len(one | other))


def have_same_name(one: str, other: str) -> bool:
    """Whether two sheets are called the same but for numbers: 2024年4月 and 2024年5月, Sheet1 and Sheet2."""
    return re.sub(r"\d+", "0", one) == re.sub(r"\d+", "0", other)
