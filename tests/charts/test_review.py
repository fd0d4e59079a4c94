"""The figures of the review: what stands in each row, line and bar."""

from __future__ import annotations

import datetime as dt

import pytest

from cs_kpi.charts.drawing import chart
from cs_kpi.charts.figure import Figure
from cs_kpi.charts.revenue import trend
from cs_kpi.charts.review import beside_kgi, course, scoreboard, with_target
from cs_kpi.deck.content import Grid
from cs_kpi.deck.items import ITEMS
from cs_kpi.deck.records import Deck
from cs_kpi.deck.scene import Kept, scene
from cs_kpi.locale import Language
from cs_kpi.targets.correlation import Correlation
from cs_kpi.targets.goals import ReviewNote, Wanted
from cs_kpi.targets.relations import Relation
from cs_kpi.targets.review import judged
from tests.targets.months import book_of_months

BOOK = book_of_months(100, [3, 4, 1], [5, 1, 0])
NEW = Wanted(kpi="new_customers", first=dt.date(2024, 2, 1), values=(4.0, 4.0, 6.0))
CHURN = Wanted(kpi="customer_churn_rate", first=dt.date(2024, 1, 1), values=(0.02,))


def test_a_row_shows_the_last_period_that_is_over_with_its_word() -> None:
    found = scoreboard(BOOK, [(one, judged(BOOK, one)) for one in (NEW, CHURN)], "en")
    assert found.categories == ("New customers, Mar 2024", "Customer churn rate, Jan 2024 (lower is better)")
    assert [series.values for series in found.series] == [(1.0, 0.05), (4.0, 0.02)]
    assert [(str(one.word), one.role, one.unit) for one in found.statuses] == [
        ("Behind", "watch", "count"), ("Target missed", "bad", "share")]
    assert str(found.subtitle) == "Target missed: 1, Behind: 1"


def test_the_course_shows_periods_before_and_no_value_ahead() -> None:
    found = course(BOOK, NEW, judged(BOOK, NEW), "en")
    assert found.categories == ("Dec 2023", "Jan 2024", "Feb 2024", "Mar 2024", "Apr 2024")
    assert [series.values for series in found.series] == [(100.0, 3.0, 4.0, 1.0, None), (None, None, 4.0, 4.0, 6.0)]
    assert found.series[0].low is None


def test_the_course_of_a_rate_has_its_interval() -> None:
    low = course(BOOK, CHURN, judged(BOOK, CHURN), "en").series[0].low
    assert low is not None
    assert low[-1] == pytest.approx(0.0215, abs=1e-4)


def test_a_trend_has_a_line_where_the_target_is() -> None:
    found = with_target(trend(BOOK, ["new_customers"], NEW.periods[:2], "en"), 4.0)
    assert [(line.at, str(line.label)) for line in found.references] == [(4.0, "Target value")]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_figure_is_drawn_in_both_languages(language: Language) -> None:
    seen = Correlation(1, 30, 25.0, 0.6, 0.3, 0.8, 0.001)
    relations = [Relation("csat", "nrr", seen, "with"), Relation("nps", "nrr", None, "short"),
                 Relation("grr", "nrr", seen, "same")]
    figures = [scoreboard(BOOK, [(NEW, judged(BOOK, NEW))], language), course(BOOK, NEW, judged(BOOK, NEW), language),
               beside_kgi(relations, language)]
    assert [len(one.categories) for one in figures] == [1, 5, 1]
    assert all(chart(one, language).to_dict()["layer"] for one in figures)
    assert (figures[2].series[0].low, figures[2].series[0].high) == ((0.3,), (0.8,))
    drawn = str(chart(figures[2], language).to_dict())
    assert all(end in drawn for end in ("'low': 0.3", "'high': 0.8"))


def test_in_a_deck_every_target_has_its_slide_and_reasons_have_room() -> None:
    kept = Kept(targets=(NEW, CHURN))
    found = scene(BOOK, Deck(slots=(), preset="monthly"), "en", kept=kept)
    board, listed = ITEMS["targets"].make(found)
    assert isinstance(board, Figure)
    assert isinstance(listed, Grid)
    assert {listed.heads[place] for place in listed.wide} == {"Why", "Shared with"}
    courses = [one.id for one in ITEMS["target-courses"].make(found)]
    assert courses == ["target-new_customers-2024-02", "target-customer_churn_rate-2024-01"]


def test_notes_stand_after_the_target_that_they_are_about() -> None:
    note = ReviewNote(target="b", period="2024-01", tried="Calls in week 2", outcome="Two stayed", next="Week 1")
    kept = Kept(targets=(NEW, CHURN), notes=((), (note,)))
    made = ITEMS["target-courses"].make(scene(BOOK, Deck(slots=(), preset="review"), "en", kept=kept))
    assert [one.id for one in made] == ["target-new_customers-2024-02", "target-customer_churn_rate-2024-01",
                                        "target-notes-1"]
    listed = made[2]
    assert isinstance(listed, Grid)
    assert listed.heads == ("Period", "What was tried", "What came of it", "What next")
    assert listed.rows == (("Jan 2024", "Calls in week 2", "Two stayed", "Week 1"),)
    assert str(made[0].subtitle) == "Mar 2024: 1 misses the target of 4."


@pytest.mark.parametrize(("values", "said", "proposal"), [
    ((1.0, 1.0, 1.0), "Met by at least 5% in 3 periods running (Jan 2024 to Mar 2024)", "3"),
    ((9.0, 9.0, 9.0), "Missed in 3 periods running (Jan 2024 to Mar 2024); the best of them came to 5.", "4"),
    ((4.0, 4.0, 4.0), None, None)])
def test_a_review_sheet_says_what_three_periods_propose(values: tuple[float, ...], said: str | None,
                                                        proposal: str | None) -> None:
    book = book_of_months(100, [3, 4, 5], [5, 1, 0])
    target = Wanted(kpi="new_customers", first=dt.date(2024, 1, 1), values=values)
    made = ITEMS["target-proposals"].make(scene(book, Deck(slots=()), "en", kept=Kept(targets=(target,))))
    if said is None:
        assert made == []
        return
    [listed] = made
    assert isinstance(listed, Grid)
    row = dict(zip(listed.heads, listed.rows[0], strict=True))
    assert row["What its periods say"].startswith(said)
    assert row["Proposal"] == proposal
