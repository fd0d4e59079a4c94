"""The command `risk`: judgement first, then the test, then the customers; and its page of the guide."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from cs_kpi.cli import parser
from tests.churn.given import planted, silent

DOCS = Path(__file__).parents[1] / "docs"
GUIDES = {"en": DOCS / "churn-risk.md", "ja": DOCS / "churn-risk.ja.md"}


def files(folder: Path, book) -> list[str]:
    """The book's tables as a team would export them."""
    headers = {"subscriptions": {"customer_id": "Customer ID", "start_date": "Start date", "end_date": "End date",
                                 "mrr": "MRR", "plan": "Plan"},
               "usage": {"customer_id": "Customer ID", "date": "Usage date", "count": "Usage count"},
               "interactions": {"customer_id": "Customer ID", "date": "Ticket date", "priority": "Priority"}}
    for name, columns in headers.items():
        book.tables[name][list(columns)].rename(columns=columns).to_csv(folder / f"{name}.csv", index=False)
    return [str(folder / f"{name}.csv") for name in headers]


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return files(tmp_path_factory.mktemp("planted"), planted(300, 24).book)


@pytest.fixture(scope="module")
def idle(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    return files(tmp_path_factory.mktemp("silent"), silent(0, customers=200, months=18))


def test_json_holds_the_test_the_judgement_and_every_customer(run, exported: list[str]) -> None:
    code, out, _err = run("risk", *exported, "--format", "json")
    found = json.loads(out)
    assert code == 0
    assert (found["is_good"], found["is_fed"], found["against"]) == (True, True, [])
    assert [one["name"] for one in found["evaluation"]["scores"]] == ["model", "base_rate", "tenure"]
    assert set(found["evaluation"]["scores"][0]) == {"name", "label", "roc_auc", "pr_auc", "brier", "skill", "lift"}
    first = found["risk"][0]
    assert [one["risk"] for one in found["risk"]] == sorted((one["risk"] for one in found["risk"]), reverse=True)
    assert sum(one["points"] for one in first["reasons"]) + found["base_log_odds"] == pytest.approx(first["log_odds"])
    assert first["is_high"] is True
    assert first["changes"][0]["risk"] < first["risk"]


def test_people_read_the_headline_first(run, exported: list[str]) -> None:
    _code, out, _err = run("risk", *exported, "--top", "3", "--as-of", "2024-12-31")
    assert out.startswith("Of the 20 customers it called riskiest at the end of Sep 2024, ")
    assert "by chance" in out.splitlines()[0]
    listed = out[out.index("Risk of today's customers"):].splitlines()
    assert len(listed) == 1 + 2 + 3


def test_without_signal_no_customer_is_called_risky(run, idle: list[str]) -> None:
    _code, out, _err = run("risk", *idle, "--language", "ja")
    assert out.startswith("予測の手がかりが見つかりません。")
    assert "現在の顧客の解約リスク" not in out
    found = json.loads(run("risk", *idle, "--format", "json")[1])
    assert (found["is_fed"], found["risk"]) == (False, [])
    insisted = json.loads(run("risk", *idle, "--format", "json", "--insist")[1])
    assert insisted["is_fed"] is False
    assert len(insisted["risk"]) > 20


def test_the_horizon_and_the_features_are_options(run, exported: list[str]) -> None:
    _code, out, _err = run("risk", *exported, "--format", "json", "--horizon", "1", "--without", "use_level")
    found = json.loads(out)
    assert found["horizon_months"] == 1
    assert "use_level" not in found["features"]
    assert "mrr" in found["features"]


@pytest.mark.parametrize(("arguments", "says"), [
    (["--label", "cancelled"], "needs a table of cancellations"), (["--with", "mood"], "There is no feature 'mood'")])
def test_what_cannot_be_done_ends_with_2(run, exported: list[str], arguments: list[str], says: str) -> None:
    code, out, err = run("risk", *exported, *arguments)
    assert (code, out) == (2, "")
    assert says in err


@pytest.mark.parametrize(("option", "value"), [("--horizon", "0"), ("--horizon", "x"), ("--limit", "1.5"),
                                               ("--limit", "high")])
def test_options_out_of_bounds_are_refused(option: str, value: str) -> None:
    with pytest.raises(SystemExit):
        parser().parse_args(["risk", "a.csv", option, value])


@pytest.mark.parametrize("language", GUIDES)
def test_the_guide_shows_commands_that_there_are(language: str) -> None:
    text = GUIDES[language].read_text("utf-8")
    commands = re.findall(r"python -m cs_kpi (.*)", text)
    options = re.findall(r"^\| (`--.*?) \|", text, re.MULTILINE)
    assert commands
    assert len(options) == 7
    for command in commands:
        parser().parse_args(shlex.split(command))
    for one in re.findall(r"`(--.*?)`", " ".join(options)):
        parser().parse_args(["risk", "a.csv", *shlex.split(one)])
