"""The list of actions as a file: out, edited, and back."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from cs_kpi.actions.records import Action, Run
from cs_kpi.errors import DataError
from cs_kpi.export.action_list import COLUMNS, ReadBack, action_table, read_back
from cs_kpi.export.calendar import ics_bytes
from cs_kpi.export.tables import csv_bytes, xlsx_bytes
from cs_kpi.locale import Language
from tests.actions.given import book

TODAY = dt.date(2024, 7, 1)
BOOK = book(subscriptions=[("C1", "2023-01-01", 10), ("C2", "2023-01-01", 10)],
            customers=[("C1", "Acme"), ("C2", "Best")])


def action(title: str = "Call", **more: object) -> Action:
    return Action.model_validate({"customer_id": "C1", "title": title, "owner": "Ann", "due_on": dt.date(2024, 7, 9),
                                  "made_on": TODAY} | more)


ACTIONS = {"k1": action(), "k2": action("Visit", customer_id="C2", status="done", done_on=TODAY, run="r1", step=0)}
RUNS = {"r1": Run(playbook="renewal", name="Renew", customer_id="C2", begun_on=TODAY)}


def edited(*changes: tuple[int, str, object], language: Language = "en", actions: dict[str, Action] | None = None,
           now: dict[str, Action] | None = None) -> ReadBack:
    """What an xlsx says in which cells were changed: row from 0, column, value."""
    given_ = ACTIONS if actions is None else actions
    table = action_table(BOOK, given_, RUNS, language)
    sheet = load_workbook(io.BytesIO(xlsx_bytes(table, "actions")))
    for row, column, value in changes:
        sheet.active.cell(row + 2, list(COLUMNS).index(column) + 1).value = value
    file = io.BytesIO()
    sheet.save(file)
    return read_back("actions.xlsx", file.getvalue(), given_ if now is None else now, BOOK, TODAY)


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_is_exported_reads_back_as_it_was(kind: str, language: Language) -> None:
    table = action_table(BOOK, ACTIONS, RUNS, language)
    data = csv_bytes(table) if kind == "csv" else xlsx_bytes(table, "actions")
    found = read_back(f"actions.{kind}", data, ACTIONS, BOOK, TODAY)
    assert (found.same, found.changed, found.conflicts, found.refused, found.new) == (2, {}, (), (), ())


texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=40).filter(str.strip)


@given(st.lists(st.tuples(texts, texts, texts), min_size=1, max_size=4))
def test_any_text_survives_the_way_out_and_back(rows: list[tuple[str, str, str]]) -> None:
    given_ = {f"k{place}": action(title.strip(), owner=owner.strip(), outcome=outcome.strip())
              for place, (title, owner, outcome) in enumerate(rows)}
    data = csv_bytes(action_table(BOOK, given_, {}, "en"))
    assert read_back("a.csv", data, given_, BOOK, TODAY).same == len(given_)


def test_changes_are_taken_by_id() -> None:
    found = edited((0, "status", "done"), (0, "due_on", dt.datetime(2024, 8, 1)), (0, "outcome", "They stay"))
    assert found.changed == {"k1": action(status="done", done_on=TODAY, due_on=dt.date(2024, 8, 1),
                                          outcome="They stay")}
    assert (found.same, found.refused, found.conflicts) == (1, (), ())


def test_the_file_may_be_read_in_the_other_language() -> None:
    assert edited((0, "status", "done"), language="ja").changed["k1"].status == "done"
    assert edited((0, "status", "対応不要")).changed["k1"].status == "dropped"


def test_what_changed_in_the_app_alone_stays() -> None:
    now = ACTIONS | {"k1": action("Call twice")}
    found = edited(now=now)
    assert (found.same, found.changed, found.conflicts) == (2, {}, ())


def test_what_changed_in_both_is_a_conflict_to_choose_in() -> None:
    now = ACTIONS | {"k1": action(owner="Ben")}
    found = edited((0, "owner", "Cleo"), now=now)
    [one] = found.conflicts
    assert (one.key, one.row, one.in_app.owner, one.in_file.owner) == ("k1", 2, "Ben", "Cleo")
    assert one.differs == [COLUMNS["owner"]]
    assert found.taken({}) == {}
    assert found.taken({"k1": "file"})["k1"].owner == "Cleo"


def test_the_same_change_in_both_is_none() -> None:
    now = ACTIONS | {"k1": action(owner="Cleo")}
    assert edited((0, "owner", "Cleo"), now=now).conflicts == ()


def test_a_row_without_an_id_is_a_new_action() -> None:
    row = {"customer_name": "Best", "title": "Thank", "due_on": "2024/7/20", "status": None}
    found = edited(*((2, column, value) for column, value in row.items()))
    assert found.new == (Action(customer_id="C2", title="Thank", due_on=dt.date(2024, 7, 20), made_on=TODAY),)
    assert found.same == 2


@pytest.mark.parametrize(("change", "said"), [
    ((0, "due_on", "soon"), "Row 2, column 'Due on': 'soon' is no date."),
    ((0, "due_on", None), "Row 2, column 'Due on': '' is blank; an action needs a day."),
    ((0, "status", "maybe"), "Row 2, column 'Status': 'maybe' is none of to do, done, not needed any more."),
    ((0, "title", None), "Row 2, column 'What to do': '' is blank; an action needs to say what to do."),
    ((0, "owner", "x" * 81), f"Row 2, column 'Who': '{'x' * 40}' is longer than 80 letters."),
    ((0, "key", "k9"), "Row 2, column 'Action ID': 'k9' is no action that is here. Clear the cell, so that the row "
                       "becomes a new one."),
    ((0, "key", "k2"), "Row 3, column 'Action ID': 'k2' stands in another row already. Leave one of them.")])
def test_a_bad_cell_is_told_and_the_other_rows_go_on(change: tuple[int, str, object], said: str) -> None:
    found = edited(change)
    assert [str(one) for one in found.refused] == [said]
    assert found.changed == {} or said.startswith("Row 3")


def test_a_customer_that_nobody_knows_is_told() -> None:
    found = edited((2, "customer_id", "C9"), (2, "title", "x"), (2, "due_on", "2024-07-20"))
    assert [str(one) for one in found.refused] == ["Row 4, column 'Customer ID': 'C9' is no customer of the loaded "
                                                   "files."]


def test_rows_that_are_gone_from_the_file_stay() -> None:
    table = action_table(BOOK, {"k1": ACTIONS["k1"]}, RUNS, "en")
    found = read_back("a.csv", csv_bytes(table), ACTIONS, BOOK, TODAY)
    assert (found.same, found.not_in_file) == (1, 1)


def test_a_file_of_something_else_is_told() -> None:
    with pytest.raises(DataError, match="holds no list of actions"):
        read_back("plan.csv", b"customer,mrr\nA,1\n", ACTIONS, BOOK, TODAY)


def test_a_formula_never_runs() -> None:
    risky = {"k1": action('=HYPERLINK("http://x")', owner="@me", outcome="+1")}
    table = action_table(BOOK, risky, {}, "en")
    assert "'=HYPERLINK" in csv_bytes(table).decode("utf-8-sig")
    cell = load_workbook(io.BytesIO(xlsx_bytes(table, "a"))).active["D2"]
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    assert read_back("a.csv", csv_bytes(table), risky, BOOK, TODAY).same == 1


def test_hidden_names_are_hidden_in_the_file() -> None:
    table = action_table(BOOK, ACTIONS, RUNS, "en", hides_names=True)
    assert "Customer ID" not in table
    assert table["Customer name"].tolist() == ["Customer 0001", "Customer 0002"]
    assert read_back("a.csv", csv_bytes(table), ACTIONS, BOOK, TODAY).same == 2


def test_the_calendar_holds_open_actions_on_their_day() -> None:
    from icalendar import Calendar

    made = dt.datetime(2024, 7, 1, 9, tzinfo=dt.UTC)
    data = ics_bytes(ACTIONS, {"C1": "Acme; Ltd"}, "en", made)
    [entry] = Calendar.from_ical(data).events
    assert (entry.start, entry.end) == (dt.date(2024, 7, 9), dt.date(2024, 7, 10))
    assert str(entry["SUMMARY"]) == "Call – Acme; Ltd"
    assert str(entry["UID"]) == "k1@cs-kpi.local"  # the same at every export, so that entries are replaced
    assert b"\r\n" in data
    assert ics_bytes(ACTIONS, {}, "en", made) == ics_bytes(ACTIONS, {}, "en", made)
