"""Everything that happened with one customer, in one list; and of no other customer."""

from __future__ import annotations

import datetime as dt

from hypothesis import given

from cs_kpi.actions.records import Action
from cs_kpi.customer.contracts import contract_table
from cs_kpi.customer.onboarding import onboarding_state, open_words, step_words
from cs_kpi.customer.records import Note
from cs_kpi.customer.timeline import timeline, timeline_table
from cs_kpi.customer.use import monthly_uses, use_table
from cs_kpi.settings import Settings
from tests import books
from tests.customer.given import LAST, book

NOON = dt.datetime(2024, 6, 20, 12, tzinfo=dt.UTC)
WHOLE = book(
    subscriptions=[("A", "2024-01-10", 100, "2024-05-31", "Pro", 5), ("B", "2024-01-01", 1, None, "Pro", 1)],
    milestones=[("A", "Kickoff", "2024-01-20"), ("B", "Kickoff", "2024-01-05"), ("B", "Setup", "2024-01-06")],
    usage=[("A", "2024-02-01", 3, "Report", "u1"), ("A", "2024-03-01", 2, "Report", "u1"),
           ("A", "2024-03-05", 1, "API", "u2"), ("B", "2024-06-01", 7, "API", "u1")],
    surveys=[("A", "2024-04-01", 3, "Too slow", "Ann")],
    interactions=[("A", "2024-04-10", "問い合わせ", "高", "open", "Broken", "Ben"), ("A", "2024-04-20", "Mail")],
    cancellations=[("A", "2024-05-20", "Price", "Too dear")],
    pulse=[("A", "2024-05-01", 2, "Sato", "Unhappy")])


def told(code: int) -> list[tuple[str, str, str]]:
    return [(str(one.day), one.kind, str(one.what)) for one in timeline(WHOLE, code)]


def test_every_table_is_in_it_the_latest_first() -> None:
    assert told(0) == [
        ("2024-05-31", "contract", "Left; paid $100.00 a month"),
        ("2024-05-20", "cancellation", "Reason for leaving: Price"),
        ("2024-05-01", "pulse", "Pulse 2 of 5"), ("2024-04-20", "contact", "Mail"),
        ("2024-04-10", "ticket", "Urgent: 問い合わせ, 高, open"), ("2024-04-01", "answer", "NPS: 3 of 10"),
        ("2024-03-05", "use", "First use of API"), ("2024-02-01", "use", "First use of Report"),
        ("2024-01-20", "onboarding", "Reached: Kickoff"),
        ("2024-01-10", "contract", "Became a customer with $100.00 a month")]


def test_what_was_said_and_where_it_stands_comes_along() -> None:
    answer = next(one for one in timeline(WHOLE, 0) if one.kind == "answer")
    assert (answer.text, answer.by, answer.file, answer.row) == ("Too slow", "Ann", "surveys.csv", 2)
    table = timeline_table([answer], "en")
    assert table.iloc[0].tolist() == [dt.date(2024, 4, 1), "Answer", "NPS: 3 of 10", "Too slow", "Ann",
                                      "surveys.csv, row 2"]


def test_notes_and_actions_of_the_team_stand_between_them() -> None:
    note = Note(customer_id="A", text="Called", by="Sato", at=NOON)
    action = Action(customer_id="A", title="Call", owner="Ito", due_on=dt.date(2024, 6, 25), made_on=LAST)
    first, second = timeline(WHOLE, 0, [note], [action])[:2]
    assert (first.kind, str(first.what), first.by) == ("action", "Call (to do)", "Ito")
    assert (second.kind, second.what, second.by) == ("note", "Called", "Sato")


@books.examples(40)
@given(books.sheets())
def test_any_book_gives_a_timeline_in_order(sheet) -> None:
    whole = books.book(sheet)
    for code in range(len(whole.customer_ids)):
        days = [one.day for one in timeline(whole, code) if one.day]
        assert days == sorted(days, reverse=True)


@books.examples(20)
@given(books.lists)
def test_a_list_without_dates_has_one_too(rows) -> None:
    whole = books.book_of_list(rows)
    assert all(timeline(whole, code) == [] for code in range(len(whole.customer_ids)))


def test_contract_rows_say_where_they_stand() -> None:
    table = contract_table(WHOLE, 0, "en")
    assert table.to_dict("records") == [{
        "Start date": dt.date(2024, 1, 10), "End date": dt.date(2024, 5, 31), "MRR": 100.0, "Plan": "Pro", "Seats": 5.0,
        "Source": "subscriptions.csv, row 2"}]


def test_uses_by_month_and_feature_add_up() -> None:
    found = monthly_uses(WHOLE, 0)
    assert found is not None
    assert found.names == ("Report", "API")
    assert [one.id for one in found.run] == ["2024-02", "2024-03", "2024-04", "2024-05", "2024-06"]
    assert found.counts.tolist() == [[3, 2, 0, 0, 0], [0, 1, 0, 0, 0]]


def test_use_by_user_has_its_last_use_and_hides_who_it_is_where_names_are_hidden() -> None:
    assert use_table(WHOLE, 0, "user", "en")[["User ID", "All uses", "Last use"]].values.tolist() == [
        ["u2", 1.0, dt.date(2024, 3, 5)], ["u1", 5.0, dt.date(2024, 3, 1)]]
    assert use_table(WHOLE, 0, "user", "en", hides_names=True)["User ID"].tolist() == ["2", "1"]


def test_use_lately_is_held_against_the_days_before() -> None:
    whole = book(usage=[("A", "2024-05-10", 4, "R"), ("A", "2024-06-10", 3, "R"), ("A", "2024-06-30", 3, "R")])
    row = use_table(whole, 0, "feature", "en").iloc[0]
    assert (row["Last 30 days"], row["30 days before"], row["Change"]) == (6, 4, 0.5)


def test_who_stopped_long_ago_is_shown_up_to_its_last_use() -> None:
    whole = book(usage=[("A", "2020-01-10", 4, "R"), ("B", "2024-06-10", 3, "R")])
    found = monthly_uses(whole, 0)
    assert found is not None
    assert [one.id for one in found.run] == ["2020-01"]


def test_no_use_is_no_chart() -> None:
    assert monthly_uses(book(usage=[("B", "2024-06-10", 3, "R")], subscriptions=[("A", "2024-01-01", 1)]), 0) is None
    assert use_table(book(subscriptions=[("A", "2024-01-01", 1)]), 0, "feature", "en").empty


def test_onboarding_steps_say_how_long_there_is() -> None:
    whole = book(subscriptions=[("A", "2024-06-20", 1), ("B", "2024-01-01", 1)],
                 milestones=[("A", "Kickoff", "2024-06-25"), ("B", "Setup", "2024-06-01"),
                             ("B", "Kickoff", "2024-01-03")]).under(Settings(as_of=LAST, onboarding_days=30))
    fresh, old = (onboarding_state(whole, code) for code in (0, 1))
    assert fresh is not None
    assert (fresh.state, fresh.open_days) == ("in_progress", 20)  # 20 June + 30 days is 20 July
    assert [str(step_words(one, LAST)) for one in fresh.steps] == [
        "Kickoff: reached on 2024-06-25", "Setup: not reached, 20 days left"]
    assert old is not None
    assert (old.state, old.open_days) == ("late", None)
    assert str(step_words(old.steps[1], LAST)) == "Setup: reached on 2024-06-01, after the limit"
    assert str(open_words(-3)) == "3 days over the limit"


def test_without_a_criterion_there_is_no_onboarding() -> None:
    assert onboarding_state(book(subscriptions=[("A", "2024-01-01", 1)]), 0) is None
