"""The command `plan`: scenario, fan and goal for people and as JSON; and its page of the guide."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from cs_kpi.cli import parser
from cs_kpi.targets.entries import number as read
from tests.targets.given import four_months, lively

DOCS = Path(__file__).parents[1] / "docs"
GUIDES = [DOCS / "plan.md", DOCS / "plan.ja.md"]
HEADERS = {"subscriptions": {"customer_id": "Customer ID", "plan": "Plan", "start_date": "Start date",
                             "end_date": "End date", "mrr": "MRR"},
           "customers": {"customer_id": "Customer ID", "onboarding_completed_on": "Onboarding completed on"}}


def files(folder: Path, book) -> list[str]:
    for name, columns in HEADERS.items():
        if name in book.tables:
            kept = {old: new for old, new in columns.items() if old in book.tables[name]}
            book.tables[name][list(kept)].rename(columns=kept).to_csv(folder / f"{name}.csv", index=False)
    return [str(folder / f"{name}.csv") for name in HEADERS if name in book.tables]


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return files(tmp_path_factory.mktemp("lively"), lively())


def test_json_says_what_the_rates_say_to_the_cent(run, tmp_path: Path) -> None:
    code, out, _err = run("plan", *files(tmp_path, four_months()), "--as-of", "2024-04-30", "--format", "json")
    found = json.loads(out)
    first = found["movements"][0]
    assert code == 0
    assert (found["months_pooled"], first["month"]) == (4, "2024-05")
    # 600 x (1 - 60 / 2,240) + 15; tests/targets/given.py
    assert round(found["kpis"]["mrr"][0]["expected"], 2) == round(first["closing_mrr"], 2) == 598.93
    assert round(first["churn"], 2) == 26.79


def test_a_goal_is_answered_and_its_answer_hits_it(run, exported: list[str]) -> None:
    now = json.loads(run("plan", *exported, "--format", "json")[1])
    month = now["kpis"]["arr"][-1]["month"]
    goal = round(now["kpis"]["arr"][-1]["expected"] * 1.1)
    asked = f"arr={goal}@{month}"
    found = json.loads(run("plan", *exported, "--format", "json", "--goal", asked)[1])["goal"]
    [churn] = [one for one in found["singles"] if one["driver"] == "churn"]
    back = json.loads(run("plan", *exported, "--format", "json", "--goal", asked, "--set",
                          f"churn={churn['needed']}")[1])
    assert (found["is_reached"], found["is_possible"]) == (False, True)
    assert back["kpis"]["arr"][-1]["expected"] == pytest.approx(goal, rel=1e-3)
    assert back["goal"]["chance"] > found["chance"]
    mixed = [word for one in found["mix"] for word in ("--set", f"{one['driver']}={one['value']}")]
    back = json.loads(run("plan", *exported, "--format", "json", *mixed)[1])
    assert back["kpis"]["arr"][-1]["expected"] == pytest.approx(goal, rel=1e-3)


def test_a_segment_finds_its_field_and_says_so(run, exported: list[str]) -> None:
    _code, out, err = run("plan", *exported, "--format", "json", "--set", "churn.Basic=*0.5")
    found = json.loads(out)
    [basic] = [one for one in found["drivers"] if (one["driver"], one["segment"]) == ("churn", "Basic")]
    assert found["scenario"]["field"] == "plan"
    assert basic["scenario"] == pytest.approx(basic["now"] / 2)
    assert basic["low"] <= basic["high"]
    assert "values of 'Plan'; --by decides otherwise" in err


def test_churn_of_those_who_never_finished_can_be_halved(run, exported: list[str], tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"onboarding_days": 45}')
    _code, out, _err = run("plan", *exported, "--settings", tmp_path / "settings.json", "--format", "json", "--set",
                           "churn.not_completed=*0.5")
    found = json.loads(out)
    plain = json.loads(run("plan", *exported, "--settings", tmp_path / "settings.json", "--by", "onboarding",
                           "--format", "json")[1])
    assert found["scenario"]["field"] == "onboarding"
    assert found["kpis"]["mrr"][-1]["expected"] > plain["kpis"]["mrr"][-1]["expected"]


def test_text_speaks_japanese_with_the_goal_and_what_it_rests_on(run, exported: list[str]) -> None:
    _code, out, _err = run("plan", *exported, "--language", "ja", "--months", "3", "--goal", "arr=9億@2025-01")
    assert "この目標は、これまでの実績からは達成できません" in out
    assert "直近の完了した12か月" in out
    assert "P10〜P90の幅は月ごとのものです" in out
    assert not re.search(r"[A-Za-z]{4,}", out)


@pytest.mark.parametrize(("arguments", "words"), [
    (("--set", "chrun=1%"), "'chrun=1%' sets no driver"), (("--set", "churn=little"), "'little' is not a number"),
    (("--goal", "arr=12@soon"), "is not a goal"), (("--goal", "mood=12@2025-01"), "is not a goal"),
    (("--set", "churn.Gold=1%"), "No field has the segments Gold. There are for instance: completed"),
    (("--growth", "9"), "'--growth=9' is too much: 50%"), (("--strength", "2"), "'--strength=2' is too much: 100%"),
    (("--set", "churn=-1%"), "'-1%' is below zero"), (("--set", "churn=150%"), "'Churn a month' cannot be 150%"),
    (("--set", "onboarding=120%"), "cannot be 120%"), (("--set", "onboarding.completed=90%"), "has no segments"),
    (("--set", "new=" + "9" * 400), "is not a number"), (("--goal", "arr=12@2020-01"), "2020-01 cannot be projected"),
    (("--goal", "arr=-12@2025-01"), "'-12' is below zero")])
def test_what_cannot_be_read_is_said_with_an_example(run, exported: list[str], arguments: tuple[str, ...], words: str
                                                     ) -> None:
    code, _out, err = run("plan", *exported, *arguments)
    assert (code, words in err) == (2, True), err


def test_a_list_without_dates_says_why_not(run, tmp_path: Path) -> None:
    rows = "".join(f"C{n},{1000 + n},{'Yes' if n % 4 == 0 else 'No'},{n + 1}\n" for n in range(40))
    (tmp_path / "telco.csv").write_text("customerID,MonthlyCharges,Churn,tenure\n" + rows)
    code, _out, err = run("plan", tmp_path / "telco.csv")
    assert (code, "this list has no dates" in err) == (2, True), err


@pytest.mark.parametrize(("text", "number"), [
    ("0.8%", 0.008), ("1,200,000", 1.2e6), ("1.2m", 1.2e6), ("120万", 1.2e6), ("1億2000万", 1.2e8), ("3k", 3e3)])
def test_numbers_are_read_as_people_write_them(text: str, number: float) -> None:
    assert read(text) == (False, pytest.approx(number))


def test_new_mrr_may_shrink_from_month_to_month(run, exported: list[str]) -> None:
    def new(*more: str) -> list[float]:
        return [one["new"] for one in json.loads(run("plan", *exported, "--format", "json", *more)[1])["movements"]]
    assert new("--growth=-2%")[3] / new()[3] == pytest.approx(0.98 ** 4)  # the book has seasons


def test_bad_options_are_told_in_japanese(run, exported: list[str]) -> None:
    for arguments in (("--set", "churn=150%"), ("--growth", "80%"), ("--set", "churn=-1%"), ("--set", "churn.金=1%")):
        code, _out, err = run("plan", *exported, *arguments, "--language", "ja")
        prose = re.sub(r"--\w+|completed|not_completed|undecided|compute|Basic", "", err)
        assert (code, re.search(r"[A-Za-z]{4,}", prose)) == (2, None), err


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_the_guides_commands_are_understood(guide: Path) -> None:
    commands = re.findall(r"^python -m cs_kpi (plan .*)$", guide.read_text("utf-8"), re.MULTILINE)
    assert len(commands) >= 3
    for command in commands:
        parser().parse_args(shlex.split(command))
