"""What other pages add to workbook and report: voice, health, targets, actions, risk; only what is saved, never trained
or guessed."""

import dataclasses
import datetime as dt
import io
import json
import re
from functools import cache
from typing import Any

import openpyxl
import pytest

from cs_kpi.actions.records import Action
from cs_kpi.book import Book
from cs_kpi.charts.actions import by_owner
from cs_kpi.churn.risk import outlook
from cs_kpi.deck.scene import Kept
from cs_kpi.export.report import Scope
from cs_kpi.export.report_further import further_figures
from cs_kpi.export.report_html import report_html
from cs_kpi.export.report_lists import lists
from cs_kpi.export.workbook import report_workbook
from cs_kpi.export.workbook_lists import even_limit
from cs_kpi.health.history import last_day
from cs_kpi.health.score import scores
from cs_kpi.kpi.readings import Segment
from cs_kpi.periods import parse
from cs_kpi.targets.goals import Wanted
from tests.churn.given import planted
from tests.growth.given import bought
from tests.health.given import configuration
from tests.health.given import small as unnamed

RUN = tuple(parse(f"2024-0{month}") for month in range(1, 7))
DAY = dt.date(2024, 7, 1)
RUNS = "=cmd|' /C calc'!A0"


def small(is_scored: bool = True) -> Book:
    """a, b, c pay 100, 50 and 30 in June; d left. The score is uses of a month, 0 to 20."""
    of = unnamed()
    people = of.tables["subscriptions"][["customer_id"]].assign(
        customer_name=[f"Firm {id}" for id in "abcd"], owner=["Sato", "Sato", RUNS, "Abe"])
    surveys = of.tables["surveys"].assign(respondent=["x@firm-a.jp", "y@firm-b.jp"])
    score = configuration(("use_level", 0, 20, 1)) if is_scored else None
    return dataclasses.replace(of, tables={**of.tables, "customers": people, "surveys": surveys},
                               settings=of.settings.model_copy(update={"health": score}))


def kept(**more: Any) -> Kept:
    """Two actions, of which one is overdue, and a target for NRR: 90 % in May and June."""
    actions = {"1": Action(customer_id="a", title=RUNS, owner="Sato", due_on=dt.date(2020, 1, 1), made_on=DAY),
               "2": Action(customer_id="c", title="Call", due_on=DAY, made_on=DAY, status="done")}
    return Kept(actions=actions, targets=[Wanted(kpi="nrr", first=dt.date(2024, 5, 1), values=(0.9, 0.9))], **more)


def scope(**more: Any) -> Scope:
    return Scope(RUN, ("mrr", "nrr"), **more)


def workbook(of: Book, wanted: Scope, data_only: bool = True) -> Any:
    return openpyxl.load_workbook(io.BytesIO(report_workbook(of, wanted, "en")), data_only=data_only)


def table(sheet: Any) -> list[dict[str, Any]]:
    """The rows under the heads, which come after the first empty row."""
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(place for place, row in enumerate(rows) if row[0] is None) + 1
    return [dict(zip(rows[head], row, strict=True)) for row in rows[head + 1:] if row[0] is not None]


def test_scores_stand_with_their_customers_as_numbers() -> None:
    """Of 20 uses that are good, a has 20, b 5 and c none."""
    rows = table(workbook(small(), scope())["Health by customer"])
    assert [(row["Customer name"], row["Score"], row["MRR"]) for row in rows] == [
        ("Firm c", 0, 30), ("Firm b", 25, 50), ("Firm a", 100, 100)]


def test_answers_and_who_gave_none_stand_by_name() -> None:
    whole = workbook(small(), scope())
    assert [(row["Customer name"], row["Score"], row["Answered on"], row["Respondent"])
            for row in table(whole["NPS answers"])] == [
        ("Firm a", 6, dt.datetime(2024, 6, 1), "x@firm-a.jp"), ("Firm b", 9, dt.datetime(2024, 6, 2), "y@firm-b.jp")]
    assert [row["Customer name"] for row in table(whole["NPS, no answer"])] == ["Firm c"]


def test_a_review_says_by_how_much_as_a_formula() -> None:
    """Nobody moved in May: 100 %, which is 10 points better than 90 %."""
    written, shown = (table(workbook(small(), scope(kept=kept()), only)["Review of targets"])[0]
                      for only in (False, True))
    assert (shown["Period"], shown["Actual"], shown["Target value"], shown["n"]) == ("May 2024", 1, 0.9, 3)
    assert shown["Better by"] == pytest.approx(0.1)
    assert written["Better by"] == "=E6-F6"


def test_actions_stand_in_the_list_and_by_who_does_them() -> None:
    whole = workbook(small(), scope(kept=kept()))
    rows = table(whole["List of actions"])
    assert [(row["Customer name"], row["What to do"], row["Status"]) for row in rows] == [
        ("Firm a", RUNS, "to do"), ("Firm c", "Call", "done")]
    assert [list(row.values())[:3] for row in table(whole["Actions"])] == [["Sato", 1, 0], ["Nobody", 0, 1]]
    narrowed = workbook(small(), scope(kept=kept(), segment=Segment("plan", "Pro")))
    assert [row["Customer name"] for row in table(narrowed["List of actions"])] == ["Firm c"]


def test_who_has_most_to_do_comes_first() -> None:
    def one(owner: str, due: str, status: str = "open") -> Action:
        return Action(customer_id="a", title="t", owner=owner, due_on=dt.date.fromisoformat(due), made_on=DAY,
                      status=status)  # type: ignore[arg-type]
    drawn = by_owner([one("A", "2024-07-01"), one("B", "2024-06-30"), one("B", "2024-07-02"), one("A", "2024-01-01",
                      "done")], DAY, "en")
    assert drawn.categories == ("B", "A")
    assert {str(series.name): series.values for series in drawn.series} == {
        "overdue": (1, 0), "to do": (1, 1), "done": (0, 1)}


def test_what_nobody_set_up_is_named_and_not_guessed() -> None:
    of = small(is_scored=False)
    drawn, missed = further_figures(scope().scene(of, "en"))
    names = {str(one.name): str(one.reason) for one in missed}
    assert "No health score is set up yet" in names["Scores by band"]
    assert "There is no churn model yet" in names["How much better than chance (lift)"]
    assert "There is no target yet" in names["Targets and actuals"]
    assert "There is no action yet" in names["Actions"]
    assert "There is no plan yet" in names["MRR ahead, with its range"]
    assert {"health-scores", "risk-lift", "targets", "actions"} & {one.figure.id for one in drawn} == set()
    said = [cell.value for row in workbook(of, scope())["Definitions"].iter_rows(max_col=1) for cell in row]
    assert {"Health by customer", "Churn risk by customer", "List of actions"} <= set(said)


def test_no_model_is_trained_for_a_score_that_looks_at_churn_risk() -> None:
    of = small()
    of = of.under(of.settings.model_copy(update={"health": configuration(("churn_risk", 1, 0, 1),
                                                                         ("use_level", 0, 20, 1))}))
    here = scope().scene(of, "en")
    said = {str(one.name): str(one.reason) for one in (*further_figures(here)[1], *lists(here)[1])}
    for name in ("Scores by band", "Customers by band over time", "Health by customer",
                 "Growth candidates who bought (test on the past)"):
        assert "for which a model would have to be trained first" in said[name]
    scores(of, of.settings.health, last_day(of))  # type: ignore[arg-type]  # the health page has asked meanwhile
    assert "Health by customer" in {str(one.name) for one in lists(here)[0]}


@cache
def of_risk() -> tuple[Book, Kept]:
    found = planted(seed=0).book
    told = outlook(found)
    return found, Kept(outlook=lambda: told)


def test_risks_stand_with_their_customers_as_shares() -> None:
    of, with_risk = of_risk()
    told = with_risk.outlook()
    assert told is not None
    assert told.risks is not None
    run = tuple(parse(f"2023-{month:02d}") for month in (1, 2))
    here = Scope(run, ("mrr",), kept=with_risk).scene(of, "en")
    [one] = [each for each in lists(here)[0] if str(each.name) == "Churn risk by customer"]
    by_id = dict(zip(one.frame["Customer ID"], one.frame["Risk"], strict=True))
    assert by_id == {str(of.customer_ids[code]): pytest.approx(risk, abs=0.0005)
                     for code, risk in zip(told.risks.customer, told.risks.risk, strict=True)}
    assert one.units["Risk"] == "share"
    assert {"risk-lift", "risk-calibration"} <= {each.figure.id for each in further_figures(here)[0]}


def test_how_past_growth_candidates_fared_stands_beside_the_base_rate() -> None:
    drawn, _missed = further_figures(scope().scene(bought(seed=1, follows=6), "en"))
    [found] = [one for one in drawn if one.figure.id == "growth-test-cross_sell"]
    assert str(found.figure.subtitle).endswith("better than chance")
    assert [str(series.name) for series in found.figure.series] == ["Candidates", "Base rate"]


def test_nothing_of_the_user_runs_in_the_lists() -> None:
    whole = workbook(small(), scope(kept=kept()), data_only=False)
    cells = [cell for name in ("List of actions", "Health by customer", "Actions") for row in whole[name].iter_rows()
             for cell in row if cell.value == RUNS]
    assert len(cells) >= 2
    assert {(cell.data_type, cell.quotePrefix) for cell in cells} == {("s", True)}


def test_hidden_names_are_in_no_list() -> None:
    whole = workbook(small(), scope(kept=kept(), hides_names=True))
    texts = [cell.value for sheet in whole for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert [text for text in texts if "Firm" in text or "firm-" in text] == []
    assert {"Customer 0001", "Customer 0003"} <= set(texts)


def test_the_page_has_the_figures_and_names_nobody() -> None:
    written = report_html(small(), scope(kept=kept()), "ja").decode("utf-8")
    assert [name for name in ("Firm", "firm-") if name in written] == []
    names = re.findall(r'data-name="([^"]+)"', written)
    assert {"nps-shares", "nps-distribution", "health-scores", "targets", "actions"} <= set(names)
    assert names == names[:len(names) // 2] * 2  # both languages
    charts = json.loads(re.findall(r'id="charts">(.*?)</script>', written, re.S)[0])
    assert len(charts) == len(names)
    heads = re.findall("<h2>(.*?)</h2>", written.split('data-lang="en"')[1])
    assert heads[:5] == ["KPIs, Jun 2024", "Revenue", "Retention", "Voice of the customer", "Health score"]
    assert len(heads) == len(set(heads))


def test_the_contents_lead_to_every_sheet() -> None:
    whole = workbook(small(), scope(kept=kept()))
    sheet = whole.worksheets[0]
    lines = [(row[0].value, row[0].hyperlink.location) for row in sheet.iter_rows(min_row=4) if row[0].value]
    assert [name for name, _place in lines] == whole.sheetnames[1:]
    assert [place.rsplit("!", 1)[0].strip("'") for _name, place in lines] == whole.sheetnames[1:]


@pytest.mark.parametrize(("lengths", "most", "limit"), [
    ([3, 1], 1, 1), ([5, 5], 6, 3), ([1, 100], 11, 10), ([], 5, 1), ([4, 4], 8, 4)])
def test_short_lists_leave_their_lines_to_long_ones(lengths: list[int], most: int, limit: int) -> None:
    assert even_limit(lengths, most) == limit
    assert sum(min(length, limit) for length in lengths) <= max(most, len(lengths))
