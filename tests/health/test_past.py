"""What lies ahead moves no past score, and the churn risk in it knew only the labels of its time."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from cs_kpi.book import Book, date_of, day_of
from cs_kpi.churn.closings import months_from
from cs_kpi.health.history import course, effect, shift
from cs_kpi.health.score import scores
from cs_kpi.health.sources import ONBOARDING_STATE
from tests.books import examples
from tests.churn.given import planted
from tests.churn.test_future import CLOSINGS, books, changed
from tests.health.given import LAST, configuration, small

EVERY = configuration(("use_level", 0, 10, 1), ("use_recency", 60, 0, 1), ("nps_last", 0, 10, 1), ("urgent", 2, 0, 1),
                      ("pulse", 1, 5, 1), (ONBOARDING_STATE, 0, 100, 1), ("unresolved", 3, 0, 1))


@given(st.data())
@examples(60)
def test_another_future_moves_no_past_score(data: st.DataObject) -> None:
    book = data.draw(books())
    closing = data.draw(st.sampled_from(CLOSINGS))
    other = data.draw(changed(book, closing))
    one, two = ({id: (score, band) for id, score, band in zip(
        whole.customer_ids[found.customer], found.micro.tolist(), found.band.tolist(), strict=True)}
        for whole in (book, other) for found in [scores(whole, EVERY, day_of(closing))])
    # Who is there by both; a renewal decides about some who end on that very day (handbook 2).
    both = one.keys() & two.keys()
    assert {id: one[id] for id in both} == {id: two[id] for id in both}


def test_the_risk_in_a_past_score_comes_from_labels_known_then() -> None:
    """After September 2024 everybody who uses much leaves: the score of September does not know."""
    found = planted(400, 24)
    book, day = found.book, int(found.closings[20])
    contracts = book.tables["subscriptions"].copy()
    ahead = pd.Timestamp(date_of(day)) + pd.Timedelta(days=20)
    is_open = contracts["end_date"].isna() | (contracts["end_date"] > ahead)
    contracts.loc[is_open, "end_date"] = ahead
    other = Book({**book.tables, "subscriptions": contracts}, book.settings, book.today)
    chosen = configuration(("churn_risk", 1, 0, 1))
    one, two = (scores(whole, chosen, day) for whole in (book, other))
    assert one.micro.tolist() == two.micro.tolist()
    assert one.coverage.mean() == 1.0  # there was a model to be believed
    assert np.allclose(one.score, 100 * (1 - one.values[:, 0]), atol=1e-6)


def test_without_a_model_to_be_believed_risk_is_missing_unless_insisted_on() -> None:
    book = planted(300, 24, strength=0.0, base=-3.6).book
    chosen = configuration(("churn_risk", 1, 0, 1), ("use_level", 0, 10, 1))
    day = day_of(book.as_of)
    assert np.isnan(scores(book, chosen, day).values[:, 0]).all()
    insisted = scores(book, chosen.model_copy(update={"insists_on_risk": True}), day)
    assert not np.isnan(insisted.values[:, 0]).any()


def test_what_carries_no_date_is_known_today_alone() -> None:
    tickets = pd.DataFrame({"customer_id": ["a"], "date": pd.to_datetime(["2024-01-05"]), "status": ["open"]})
    more = pd.DataFrame({"customer_id": ["b"], "date": pd.to_datetime(["2024-06-05"]), "status": ["open"]})
    book = small()
    book = Book({**book.tables, "interactions": pd.concat([tickets, more])}, book.settings, book.today)
    chosen = configuration(("unresolved", 2, 0, 1))
    assert scores(book, chosen, day_of(LAST)).score.tolist() == [100.0, 50.0, 100.0]
    assert np.isnan(scores(book, chosen, months_from(day_of(LAST), -1)).score).all()


def test_behaviour_and_formula_make_the_whole_change() -> None:
    """a: use of 0 in May, 20 in June. Old: 0..20 -> 0 and 100; new: 0..40 -> 0 and 50. Behaviour +100, formula -50."""
    old, new = configuration(("use_level", 0, 20, 1)), configuration(("use_level", 0, 40, 1))
    found = shift(small(), old, new, months_from(day_of(LAST), -1), day_of(LAST))
    assert [float(side[0]) for side in (found.before, found.after, found.behaviour, found.formula)] == [0, 50, 100, -50]
    assert float(found.formula_then[0]) == 0
    assert np.isnan(found.after[3])  # d has left


def test_an_edit_names_the_customers_it_moves() -> None:
    """a falls from 100 to 50, from green to yellow; b stays red with 25 and 12.5."""
    old, new = configuration(("use_level", 0, 20, 1)), configuration(("use_level", 0, 40, 1))
    found = effect(small(), old, new)
    assert small().customer_ids[found.before.customer[found.moved]].tolist() == ["a"]
    assert found.counts.tolist() == [[2, 0, 0], [0, 0, 0], [0, 1, 0]]
    assert effect(small(), old, old).moved.tolist() == []


def test_the_course_holds_every_closing_and_only_who_was_there() -> None:
    found = course(small(), configuration(("use_level", 0, 20, 1)))
    assert [str(date_of(day)) for day in found.days][-2:] == ["2024-05-31", "2024-06-30"]
    assert found.score[-1, :3].tolist() == [100.0, 25.0, 0.0]
    assert np.isnan(found.score[-1, 3])
