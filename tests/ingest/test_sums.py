"""A last row whose numbers are the sums of all above is no customer, whatever it is called."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from cs_kpi.ingest.sums import adds_up
from tests.ingest.given import reading, sheet

HEAD = ["Practice ID", "Practice", "2025-01", "2025-02", "2025-03"]
ROWS = [["N1", "Alder", 10, 20, 30], ["N2", "Bramble", 1, 2, 3], ["N3", "Copper", 5, 0, 7], ["N4", "Dunmore", 4, 8, 0]]


def test_the_row_all_practices_is_left_out_and_that_is_said() -> None:
    found = reading(sheet(HEAD, *ROWS, ["All practices", None, 20, 30, 40]))
    assert found.tables["subscriptions"]["customer_id"].nunique() == 4
    [said] = [note.text("en") for note in found.notes if "sums of all rows" in note.text("en")]
    assert said.startswith("Row 6 ('All practices') was left out as a total")


def test_a_last_customer_whose_numbers_do_not_all_add_up_is_kept() -> None:
    found = reading(sheet(HEAD, *ROWS, ["N5", "Elkhorn", 20, 30, 41]))
    assert found.tables["subscriptions"]["customer_id"].nunique() == 5


def test_one_sum_alone_is_chance_in_a_row_that_lacks_nothing() -> None:
    rows = pd.DataFrame({"id": ["A", "B", "C", "D"], "seats": [1, 2, 3, 6]}, dtype=object)
    assert not adds_up(rows, np.ones(4, dtype=bool)).any()


def test_a_row_with_a_day_is_no_total() -> None:
    rows = pd.DataFrame({"on": ["2025-01-01"] * 4, "fee": [1, 2, 3, 6], "seats": [1, 1, 1, 3]}, dtype=object)
    assert not adds_up(rows, np.ones(4, dtype=bool)).any()


@given(st.lists(st.tuples(st.integers(1, 10**6), st.integers(1, 10**6)), min_size=3, max_size=20))
def test_every_sum_of_two_columns_is_found_and_nothing_one_beside_it(rows: list[tuple[int, int]]) -> None:
    total = tuple(map(sum, zip(*rows, strict=True)))
    every = np.ones(len(rows) + 1, dtype=bool)
    assert adds_up(pd.DataFrame([*rows, total], dtype=object), every).tolist() == [False] * len(rows) + [True]
    assert not adds_up(pd.DataFrame([*rows, (total[0], total[1] + 1)], dtype=object), every).any()
