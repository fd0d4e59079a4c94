"""A sheet with a customer in each column is turned although its labels are a trade's own words, by its cells alone."""

from __future__ import annotations

import datetime as dt

from cs_kpi.ingest.layout import tables_of
from cs_kpi.ingest.records import Sheet
from tests.ingest.given import reading, sheet

D = dt.date
CARDS = sheet(["番頭番号", "Q1", "Q2", "Q3", "Q4"], ["湯屋", "青葉湯", "北斗湯", "白樺湯", "若松湯"],
              ["のれん上げ", D(2024, 1, 1), D(2024, 2, 1), D(2024, 3, 1), D(2024, 4, 1)],
              ["のれん下げ", "―", D(2025, 1, 31), "―", "―"], ["月額保守料", 5000, 7000, 6000, 9000])


def alone(given: Sheet) -> Sheet:
    [found] = tables_of(given)
    return found


def test_it_is_turned_and_read() -> None:
    found = reading(alone(CARDS))
    assert found.tables["subscriptions"]["mrr"].tolist() == [5000, 7000, 6000, 9000]
    assert found.tables["subscriptions"]["end_date"].notna().tolist() == [False, True, False, False]


def test_months_across_the_top_and_days_down_a_column_are_no_such_sheet() -> None:
    months = [D(2025, month, 1) for month in (1, 2, 3, 4)]
    baths = ["青葉湯", "北斗湯", "白樺湯", "若松湯"]
    wide = sheet(["湯屋", *months], *([bath, 1, 2, 3, 4] for bath in baths))
    list_ = sheet(["湯屋", "上げ", "下げ", "料"], *([bath, D(2024, 1, 1), None, 5000] for bath in baths))
    assert not alone(wide).is_turned
    assert not alone(list_).is_turned
