"""The command `health`: points that sum, the backtest, and sentences where something has to be changed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from cs_kpi.cli import main
from cs_kpi.health_rules import HealthConfiguration

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "sample_data" / "en" / "tidy_en.xlsx"


def test_json_holds_a_configuration_that_can_be_given_back(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    assert main(["health", str(SAMPLE), "--format", "json"]) == 0
    first = json.loads(capsys.readouterr().out)
    path = tmp_path / "c.json"
    path.write_text(json.dumps(first["configuration"]), "utf-8")
    assert main(["health", str(SAMPLE), "--format", "json", "--config", str(path)]) == 0
    again = json.loads(capsys.readouterr().out)
    assert again == first
    assert sum(first["bands"].values()) + first["without_score"] == len(first["customers"])
    for one in first["customers"]:
        assert sum(one["points"].values()) == pytest.approx(one["score"] or 0, abs=1e-9)
    said = {why for one in first["customers"] for why in one["why"] if "onboarding" in why.casefold()}
    assert "onboarding is not finished, and its limit has passed" in said
    assert not [why for why in said if any(letter.isdigit() for letter in why)]  # a state is said by its name
    scores = [one["score"] for one in first["customers"] if one["score"] is not None]
    assert scores == sorted(scores)


@pytest.mark.parametrize(("language", "word"), [("en", "Green three months before"), ("ja", "解約の3か月前に緑")])
def test_the_backtest_is_told_to_people_in_their_language(language: str, word: str,
                                                          capsys: pytest.CaptureFixture) -> None:
    assert main(["health", str(SAMPLE), "--backtest", "--top", "3", "--language", language]) == 0
    assert word in capsys.readouterr().out


def test_the_backtest_in_json_names_its_parts(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    [written] = re.findall(r"```json\n(.*?)```", (ROOT / "docs" / "health-score.md").read_text("utf-8"), re.DOTALL)
    path = tmp_path / "documented.json"
    path.write_text(written, "utf-8")
    assert main(["health", str(SAMPLE), "--backtest", "--against", str(path), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)["backtest"]
    assert [one["name"] for one in found["comparison"]["trials"]][:2] == ["First health score", "Spring 2025"]
    HealthConfiguration.model_validate(found["comparison"]["fitted"])
    assert {"is_proven", "against", "findings", "bands", "roc_auc", "lift", "warnings", "greens_left",
            "reds_stayed"} <= found.keys()
    assert {band["band"] for band in found["bands"]} == {"red", "yellow", "green"}


def test_a_list_without_dates_is_not_told_in_months_and_lists_are_cut_at_top(tmp_path: Path,
                                                                            capsys: pytest.CaptureFixture) -> None:
    """Of firm n the tenure is n months; the lower half left, and besides the 30 oldest with 1 to 30 a month."""
    rows = [f"C{n},{n},{n - 70 if n > 70 else 5},{'Yes' if n <= 50 or n > 70 else 'No'}" for n in range(1, 101)]
    path = tmp_path / "list.csv"
    path.write_text("customerID,tenure,MonthlyCharges,Churn\n" + "\n".join(rows) + "\n", "utf-8")
    config = tmp_path / "c.json"
    config.write_text(json.dumps({"name": "Tenure", "made_on": "2024-01-01", "rules": {
        "components": [{"feature": "tenure_months", "bad": 0, "good": 101, "weight": 1}]}}), "utf-8")
    assert main(["health", str(path), "--config", str(config), "--backtest", "--top", "2"]) == 0
    said = capsys.readouterr().out
    assert "Green three months before" not in said
    listed = said.split("Green, and left: 30\n")[1].splitlines()
    assert [line.split()[0] for line in listed[2:4]] == ["C100", "C99"]
    assert listed[4] == "and 28 more"
    assert "99.0" in listed[2]  # 100 of 101 months


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_documented_configuration_can_be_read(language: str) -> None:
    name = "health-score.md" if language == "en" else "health-score.ja.md"
    [written] = re.findall(r"```json\n(.*?)```", (ROOT / "docs" / name).read_text("utf-8"), re.DOTALL)
    assert len(HealthConfiguration.model_validate_json(written).rules.components) == 4


def test_a_configuration_that_cannot_be_used_is_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    path = tmp_path / "wrong.json"
    path.write_text('{"name": "x", "made_on": "2024-01-01", "rules": {"components": []}}', "utf-8")
    assert main(["health", str(SAMPLE), "--config", str(path)]) == 2
    assert "wrong.json" in capsys.readouterr().err
