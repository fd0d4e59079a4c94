"""The backtest: counts by hand, planted truth, and books in which leaving has no cause."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from cs_kpi.book import Book
from cs_kpi.errors import DataError
from cs_kpi.health.backtest import backtest
from cs_kpi.health.fitted import weights
from cs_kpi.health.past import past
from cs_kpi.health.sources import sources
from cs_kpi.health.starting import starting, thresholds
from cs_kpi.settings import Settings
from tests.churn.given import planted, silent
from tests.health.given import configuration, small

GOOD = configuration(("use_level", 2, 30, 3), ("urgent", 3, 0, 1), name="Good")
BACKWARDS = configuration(("use_level", 30, 2, 3), ("urgent", 0, 3, 1), name="Backwards")


def four_months() -> Book:
    """January to August 2024. Uses of each month: g 20 always; r 0 always; w 20 until April, then none, leaves in
    July; s 20 always, leaves in July. Band limits in use: red below 8, green from 14."""
    starts = pd.to_datetime(["2024-01-01"] * 4)
    ends = pd.to_datetime([None, None, "2024-07-10", "2024-07-20"])
    contracts = pd.DataFrame({"customer_id": list("grws"), "start_date": starts, "end_date": ends,
                              "mrr": [10.0, 20.0, 300.0, 100.0], "charge_kind": "recurring"})
    rows = [(customer, f"2024-{month:02}-15", 20.0) for month in range(1, 9) for customer in "gws"
            if not (customer == "w" and month > 4) and not (customer == "s" and month > 6)]
    use = pd.DataFrame(rows, columns=["customer_id", "date", "count"])
    use["date"] = pd.to_datetime(use["date"])
    return Book({"subscriptions": contracts, "usage": use}, Settings(as_of=dt.date(2024, 8, 31)),
                today=dt.date(2024, 8, 31))


USE = configuration(("use_level", 0, 20, 1))


def test_bands_warnings_and_names_are_those_counted_by_hand() -> None:
    """Fates are known of the closings up to May (May + 3 months = August); a horizon apart: May and February.
    In May: green g, s (s leaves in July); red r, w (w leaves). In February: green g, w, s and red r, all stay until
    May. So red: 1 of 3 left, green: 1 of 5.
    Both leave in July; 3 months before, at the end of April, w and s were green: 0 of 400 was red or yellow.
    w was red in May and June, s never: lead 2 and 0, median 1."""
    found = backtest(four_months(), USE)
    red, yellow, green = found.trial.bands
    assert [(band.rows, band.left) for band in (red, yellow, green)] == [(3, 1), (0, 0), (5, 1)]
    assert red.rate.value == pytest.approx(1 / 3)
    assert np.isnan(yellow.rate.value)
    assert found.warnings is not None
    assert (found.warnings.share.value, found.warnings.mrr, found.warnings.unknown_mrr) == (0.0, 400.0, 0.0)
    assert found.warnings.churned_mrr == 400.0
    assert (found.warnings.lead_months, found.warnings.warned, found.warnings.left) == (1.0, 1, 2)
    assert [(one.customer_id, str(one.closing), str(one.left)) for one in found.greens_left] == [
        ("w", "2024-04-30", "2024-06-30"), ("s", "2024-04-30", "2024-06-30")]
    assert [(one.customer_id, str(one.closing)) for one in found.reds_stayed] == [("r", "2024-05-31")]
    assert "Only 2 customers" in str(found.against[0])
    assert found.findings == ()
    assert found.comparison is None


def test_the_share_of_all_mrr_that_was_red_stands_beside_that_of_the_churned() -> None:
    """February to May (use begins inside January): r (20) is red in all four, w (300) in May: 80 + 300 of 4 x 430."""
    found = backtest(four_months(), USE).warnings
    assert found is not None
    assert found.of_all == pytest.approx(380 / 1720)


def test_where_use_causes_churn_red_leaves_more_with_intervals_apart() -> None:
    book = planted().book
    found = backtest(book, GOOD, BACKWARDS)
    assert found.against == ()
    assert found.trial.tells_bands_apart
    assert found.trial.bands[0].rate.low > found.trial.bands[1].rate.value > found.trial.bands[2].rate.high
    assert found.trial.roc_auc.low > 0.65
    assert found.warnings is not None
    assert found.warnings.share.low > found.warnings.of_all
    beside = found.comparison
    assert beside is not None
    assert beside.fitted is not None
    mine, backwards, fitted = beside.trials
    assert (mine.name, backwards.name) == ("Good", "Backwards")
    assert backwards.roc_auc.high < 0.5 < mine.roc_auc.low
    assert fitted.roc_auc.value > mine.roc_auc.value - 0.03
    assert {part.feature for part in beside.fitted.rules.components} == {"use_level", "urgent"}
    assert backtest(book, BACKWARDS).against[0].text("en").startswith("The wrong way round")


@pytest.mark.parametrize("seed", range(5))
def test_where_leaving_has_no_cause_it_says_so(seed: int) -> None:
    found = backtest(silent(seed), GOOD)
    assert not found.trial.tells_bands_apart
    assert "No signal" in str(found.against[0]) or "wrong way" in str(found.against[0])


def test_the_first_configuration_of_use_alone_foresees_as_it_is() -> None:
    book = planted().book
    book = Book({name: book.tables[name] for name in ("subscriptions", "usage")}, book.settings, book.today)
    chosen = starting(book)
    assert {part.feature for part in chosen.rules.components} == {"use_level", "use_trend_3", "use_recency"}
    assert backtest(book, chosen).against == ()


def test_thresholds_stand_at_the_tenth_and_the_ninetieth_percentile_in_the_healthy_direction() -> None:
    known = sources(planted(60, 8).book, GOOD)
    value = np.arange(101, dtype=float)
    assert thresholds(known["use_level"], value) == (10.0, 90.0)
    assert thresholds(known["use_recency"], value) == (90.0, 10.0)
    assert thresholds(known["use_level"], np.append(np.zeros(99), 5.0)) == (0.0, 5.0)
    assert thresholds(known["use_level"], np.zeros(9)) is None
    assert thresholds(known["use_level"], np.append(value[:2], np.full(99, np.nan))) is None


def test_who_stays_the_same_is_in_the_middle_of_a_change() -> None:
    """Most MRR never falls: with bad at no change, everybody whose MRR is as it was would be red."""
    known = sources(planted(60, 8).book, GOOD)
    grown = np.append(np.zeros(80), np.linspace(0, 0.5, 21))  # of 101 the 91st is 0.25
    assert thresholds(known["mrr_change_6"], grown) == (-0.25, 0.25)
    assert thresholds(known["mrr_change_6"], -grown) == (-0.25, 0.25)
    assert thresholds(known["mrr_change_6"], np.linspace(-0.5, 1.0, 11)) == (-0.35, 0.85)


def test_a_first_configuration_of_contracts_alone_looks_at_them_and_nothing_at_all_is_said() -> None:
    book = planted(60, 12).book
    chosen = starting(Book({"subscriptions": book.tables["subscriptions"]}, book.settings, book.today), "ja")
    assert (chosen.name, [part.feature for part in chosen.rules.components]) == ("はじめてのヘルススコア", ["tenure"])
    with pytest.raises(DataError, match="how healthy"):
        starting(Book({"customers": pd.DataFrame({"customer_id": ["a"]})}, Settings()))


def test_fitted_weights_find_the_causes_and_none_falls_below_0() -> None:
    random = np.random.default_rng(1)
    scored = random.uniform(0, 100, (4_000, 3))
    odds = 0.5 - 0.05 * scored[:, 0] + 0.02 * scored[:, 2]
    left = (random.random(4_000) < 1 / (1 + np.exp(-odds))).astype(float)
    assert weights(scored, left, 4_000).round() == pytest.approx([100, 0, 0], abs=3)
    assert weights(scored, np.zeros(4_000), 4_000).tolist() == [0, 0, 0]


def test_a_missing_part_says_nothing_about_weights() -> None:
    random = np.random.default_rng(2)
    scored = random.uniform(0, 100, (4_000, 2))
    left = (random.random(4_000) < 1 / (1 + np.exp(0.04 * (scored[:, 0] - 20)))).astype(float)
    scored[random.random(4_000) < 0.5, 1] = np.nan
    assert weights(scored, left, 4_000)[0] > 90


def test_a_list_without_dates_is_tested_without_what_was_known_only_after() -> None:
    random = np.random.default_rng(0)
    seats = random.uniform(0, 100, 400)
    left = random.random(400) < 1 / (1 + np.exp(0.06 * (seats - 30)))
    ids = [f"C{number:03}" for number in range(400)]
    customers = pd.DataFrame({"customer_id": ids, "has_left": pd.array(left, dtype="boolean"), "licences": seats,
                              "churn_points": np.where(left, 80.0, 10.0) + random.integers(0, 10, 400)})
    book = Book({"customers": customers}, Settings())
    chosen = configuration(("customers.licences", 0, 100, 1), ("customers.churn_points", 100, 0, 5),
                           ("churn_risk", 1, 0, 2))
    found = backtest(book, chosen)
    assert (found.rows, found.left, found.closings, found.warnings) == (400, int(left.sum()), None, None)
    assert found.trial.tells_bands_apart
    assert 0.7 < found.trial.roc_auc.value < 0.95  # with the column that was filled afterwards it would be 1
    assert len(found.notes) == 2
    assert "had left" in str(found.findings[0])  # nobody knows when
    with pytest.raises(DataError, match="before customers left"):
        backtest(book, configuration(("customers.churn_points", 100, 0, 5)))


def test_a_book_without_contracts_says_what_the_test_needs() -> None:
    book = small()
    with pytest.raises(DataError, match="needs contracts"):
        backtest(Book({"usage": book.tables["usage"]}, book.settings, book.today), USE)


def test_the_past_is_the_same_in_any_order_of_rows() -> None:
    book = planted(80, 12).book
    shuffled = Book({name: table.sample(frac=1, random_state=3) for name, table in book.tables.items()}, book.settings,
                    book.today)
    one, other = (past(whole, GOOD).scores for whole in (book, shuffled))
    assert one.micro.tolist() == other.micro.tolist()
