"""Where customers stand: bands, sizes and lists, by hand on four customers."""

from __future__ import annotations

import pytest

from cs_kpi.health.history import effect
from cs_kpi.health_rules import Cap
from cs_kpi.kpi.readings import Segment
from cs_kpi.periods import SNAPSHOT, parse
from cs_kpi.standing.listing import CAPPED_LABELS, capped, everybody, labels, moved, scored
from cs_kpi.standing.standing import BandCount, standing
from tests.books import book_of_list
from tests.health.given import configuration, small

JUNE = parse("2024-06")
USE = configuration(("use_level", 0, 20, 1))


def test_bands_count_customers_and_their_mrr() -> None:
    """a 100 points and 100 of MRR; b 25 and 50; c 0 and 30."""
    found = standing(small(), USE, JUNE)
    assert found.counts == (BandCount("red", 2, 80.0), BandCount("yellow", 0, 0.0), BandCount("green", 1, 100.0),
                            BandCount(None, 0, 0.0))
    assert found.scores.mean == pytest.approx(125 / 3)


def test_a_segment_holds_its_own_customers_alone() -> None:
    found = standing(small(), USE, JUNE, Segment("plan", "Pro"))
    assert small().customer_ids[found.scores.customer].tolist() == ["c"]


def test_the_closing_is_that_of_the_period() -> None:
    """In May d is there, and nobody but d uses anything."""
    found = standing(small(), USE, parse("2024-05"))
    assert small().customer_ids[found.scores.customer].tolist() == ["a", "b", "c", "d"]
    assert found.scores.score.tolist() == [0, 0, 0, 15]


def test_sizes_are_thirds_by_mrr_and_a_limit_belongs_to_the_smaller() -> None:
    found = standing(small(), USE, JUNE)
    assert found.tier_limits == (30.0, 50.0)
    assert found.tier.tolist() == [2, 1, 0]
    assert [small().customer_ids[found.scores.customer[place]] for place in found.cell(0)] == ["b", "c"]
    assert found.cell(0, 2).tolist() == []


def test_points_in_the_list_sum_to_the_score_and_the_lowest_stands_first() -> None:
    chosen = configuration(("use_level", 0, 20, 3), ("nps_last", 0, 10, 1))
    frame = everybody(small(), chosen, JUNE, None, "en")
    assert frame["customer_id"].tolist() == ["c", "b", "a"]
    assert frame["band"].tolist() == ["■ red", "▲ yellow", "● green"]
    assert frame["score"].tolist() == [0.0, 41.2, 90.0]  # b: (3 x 25 + 90) / 4 = 41.25, half to even in the frame
    points = frame.filter(like="points:")
    assert points.sum(axis=1).to_numpy() == pytest.approx(frame["score"], abs=0.1)
    assert points["points:nps_last"].isna().tolist() == [True, False, False]
    assert frame["coverage"].tolist() == [0.75, 1.0, 1.0]
    assert str(labels(standing(small(), chosen, JUNE), frame)["points:use_level"]) == "Points: Use in the last month"


def test_who_is_capped_is_listed_with_the_reason_and_the_band_without_it() -> None:
    cap = Cap(feature="nps_last", when="at_most", limit=6, band="yellow")
    frame = capped(standing(small(), configuration(("use_level", 0, 20, 1), caps=(cap,)), JUNE), "en")
    assert frame[["customer_id", "band", "uncapped"]].to_numpy().tolist() == [["a", "▲ yellow", "● green"]]
    assert frame["reason"].tolist() == ["at most yellow, since Last NPS answer is 6 or less"]
    assert set(CAPPED_LABELS) <= set(frame)


def test_who_moves_by_an_edit_is_listed_with_both_bands() -> None:
    frame = moved(small(), effect(small(), USE, configuration(("use_level", 0, 40, 1))), "en")
    assert frame.drop(columns="customer_name").to_numpy().tolist() == [["a", "● green", "▲ yellow", 100.0, 50.0]]


def test_use_alone_has_bands_and_no_money() -> None:
    book = small()
    book = type(book)({"usage": book.tables["usage"]}, book.settings, book.today)
    found = standing(book, USE, JUNE)
    assert found.mrr is None
    assert found.counts[0] == BandCount("red", 3, None)
    assert "mrr" not in scored(found, "en")


def test_a_list_without_dates_stands_as_well() -> None:
    book = book_of_list([{"customer": code, "has_left": code == 2, "tenure": months, "industry": None, "mrr": 10.0}
                         for code, months in enumerate((100.0, 0.0, 50.0))])
    found = standing(book, configuration(("tenure_months", 0, 100, 1)), SNAPSHOT)
    assert [one.customers for one in found.counts] == [1, 0, 1, 0]
    assert scored(found, "en")["renewal"].tolist() == [None, None]
