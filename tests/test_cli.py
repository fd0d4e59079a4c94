"""The command line: what it prints, where it prints it, and how it ends."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from cs_kpi.console import width
from cs_kpi.kpi.registry import KPIS

ROOT = Path(__file__).parents[1]
RAVENSTACK = ROOT.parent / "shared" / "data" / "ravenstack"
# March 2024: A stays at 100; B renews from 100 to 150; C leaves with 200; D comes with 50.
# Opening 400, closing 300, expansion 50, churn 200, new 50.
CONTRACTS = """\
Customer ID,Company,Plan,Start date,End date,MRR
A,Alpha,Pro,2024-01-01,,100
B,Beta,Pro,2024-01-01,2024-02-29,100
B,Beta,Pro,2024-03-01,,150
C,Gamma,Basic,2024-01-01,2024-03-15,200
D,Delta,Basic,2024-03-10,,50
"""


@pytest.fixture
def contracts(tmp_path: Path) -> str:
    path = tmp_path / "contracts.csv"
    path.write_text(CONTRACTS, "utf-8")
    return str(path)


@pytest.fixture
def read(run):
    """The JSON that a command prints."""

    def read(*arguments: object):
        code, out, err = run(*arguments, "--format", "json")
        assert code == 0, err
        return json.loads(out)

    return read


def march(contracts: str) -> list[str]:
    return ["compute", contracts, "--as-of", "2024-03-31", "--from", "2024-03", "--to", "2024-03"]


def test_a_reading_has_the_fields_of_the_design(read, contracts: str) -> None:
    assert read(*march(contracts), "--kpi", "churn_mrr") == [
        {"kpi": "churn_mrr", "period": "2024-03", "segment": None, "value": 200, "numerator": 200, "denominator": None,
         "n": 1, "low": None, "high": None, "status": "ok", "reason": None, "convention": "default"}]


def test_rates_carry_numerator_denominator_and_interval(read, contracts: str) -> None:
    [nrr] = read(*march(contracts), "--kpi", "nrr")
    assert (nrr["value"], nrr["numerator"], nrr["denominator"], nrr["n"]) == (250 / 400, 250, 400, 3)
    assert nrr["low"] < 250 / 400 < nrr["high"]
    assert (nrr["status"], nrr["reason"]) == ("small_sample", "Customers in the denominator: only 3.")


def test_every_kpi_is_computed_unless_some_are_chosen(read, contracts: str) -> None:
    assert [row["kpi"] for row in read(*march(contracts))] == list(KPIS)
    chosen = read(*march(contracts), "--kpi", "mrr", "--kpi", "customers")
    assert [(row["kpi"], row["value"]) for row in chosen] == [("mrr", 300), ("customers", 3)]


def test_what_cannot_be_computed_is_null_with_its_reason(read, contracts: str) -> None:
    found = read("compute", contracts, "--as-of", "2024-03-31", "--from", "2024-01", "--to", "2024-01")
    rows = {row["kpi"]: row for row in found}
    assert (rows["nrr"]["value"], rows["nrr"]["status"]) == (None, "undefined")
    assert (rows["cross_sell_mrr"]["value"], rows["cross_sell_mrr"]["status"]) == (None, "not_available")
    assert "Product" in rows["cross_sell_mrr"]["reason"]


@pytest.mark.parametrize(("arguments", "periods"), [
    ([], ["2024-01", "2024-02", "2024-03"]),
    (["--period", "quarter"], ["2024-Q1"]),
    (["--period", "ttm"], ["TTM-2024-01", "TTM-2024-02", "TTM-2024-03"]),
    (["--period", "ttm", "--from", "TTM-2024-03"], ["TTM-2024-03"]),
    (["--from", "2024-02"], ["2024-02", "2024-03"]),
    (["--from", "2024-02-15", "--to", "2024-02-15"], ["2024-02"]),
    (["--from", "2023-Q4", "--to", "2024-01"], ["2023-10", "2023-11", "2023-12", "2024-01"]),
    (["--period", "half", "--from", "2023"], ["2023-H1", "2023-H2", "2024-H1"]),
])
def test_periods_run_from_the_first_customer_to_the_data_date(read, contracts: str, arguments, periods) -> None:
    found = read("compute", contracts, "--as-of", "2024-03-31", "--kpi", "mrr", *arguments)
    assert [row["period"] for row in found] == periods


def test_the_settings_file_says_when_the_fiscal_year_starts(read, contracts: str, tmp_path: Path) -> None:
    settings = tmp_path / "settings.json"
    settings.write_text('{"fiscal_year_start": 4}')
    found = read(*march(contracts), "--kpi", "mrr", "--period", "quarter", "--settings", settings)
    assert [row["period"] for row in found] == ["FY2023-Q4"]


def test_segments_add_up(read, contracts: str) -> None:
    rows = read(*march(contracts), "--kpi", "mrr", "--by", "plan")
    assert {row["segment"]["field"] for row in rows} == {"plan"}
    assert {row["segment"]["value"]: row["value"] for row in rows if row["value"]} == {"Basic": 50, "Pro": 250}


@pytest.mark.parametrize(("language", "heading", "whole"), [("en", "Mar 2024", "MRR"), ("ja", "2024年3月", "MRR（")])
def test_prints_a_table_for_people(run, contracts: str, language: str, heading: str, whole: str) -> None:
    _code, out, _err = run(*march(contracts), "--kpi", "mrr", "--kpi", "grr", "--language", language)
    title, _header, rule, mrr, grr = out.splitlines()
    assert title == heading
    assert mrr.startswith(whole)
    assert mrr.split()[-2:] == ["300", "3"]
    assert "50.0%" in grr
    first, second = rule.split("  ")[:2]
    ends = len(first) + 2 + len(second)  # the numbers end in one column, full-width letters before them or not
    assert [width(line[:line.index(number) + len(number)]) for line, number in ((mrr, "300"), (grr, "50.0%"))] == [
        ends, ends]


def test_open_questions_are_named_with_the_answer_that_was_taken(run, tmp_path: Path) -> None:
    path = tmp_path / "contracts.csv"
    path.write_text("Customer ID,Start date,MRR\nA,01/02/2024,100\nB,03/04/2024,200\n")
    code, out, err = run("compute", path, "--kpi", "mrr", "--format", "json")
    assert code == 0
    assert json.loads(out)
    assert "contracts.csv / contracts: " in err
    assert "Taken: " in err
    assert "Until which day does the data speak?" in err


def test_an_answered_question_is_not_asked_again(run, tmp_path: Path) -> None:
    path, mapping = tmp_path / "contracts.csv", tmp_path / "mapping.json"
    path.write_text("Customer ID,Start date,MRR\nA,01/02/2024,100\nB,03/04/2024,200\n")
    understood = json.loads(run("map", path, "--format", "json")[1])
    question = understood["questions"][0]
    other = next(option for option in question["options"] if option != question["assumed"])
    understood["sheets"][0]["answers"] = {question["id"]: other}
    mapping.write_text(json.dumps(understood))
    before = json.loads(run("compute", path, "--kpi", "mrr", "--format", "json")[1])
    _code, out, err = run("compute", path, "--kpi", "mrr", "--mapping", mapping, "--format", "json")
    assert "contracts.csv / contracts" not in err
    assert json.loads(out)[0]["period"] != before[0]["period"]


def test_a_file_that_cannot_be_read_is_named_and_the_others_go_on(run, contracts: str, tmp_path: Path) -> None:
    photo = tmp_path / "photo.xlsx"
    photo.write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"\x00" * 200)
    code, out, err = run("compute", photo, tmp_path / "nowhere.csv", *march(contracts)[1:], "--format", "json")
    assert code == 0
    assert len(json.loads(out)) == len(KPIS)
    assert "'photo.xlsx' is a picture" in err
    assert "nowhere.csv' cannot be opened" in err


def test_a_file_given_twice_counts_once(run, contracts: str) -> None:
    code, out, err = run("compute", contracts, *march(contracts)[1:], "--kpi", "mrr", "--format", "json")
    assert (code, json.loads(out)[0]["value"]) == (0, 300)
    assert "is read once" in err


@pytest.mark.parametrize(("arguments", "says"), [
    (["compute", "nowhere.csv"], "None of the files could be read"),
    (["compute", "CONTRACTS", "--kpi", "happiness"], "There is no KPI 'happiness'"),
    (["compute", "CONTRACTS", "--by", "mood"], "There is no field 'mood'"),
    (["compute", "CONTRACTS", "--convention", "mine"], "There is no convention 'mine'. There are: baremetrics,"),
    (["compute", "CONTRACTS", "--from", "May"], "'May' is not a period"),
    (["compute", "CONTRACTS", "--from", "2024-03", "--to", "2024-01"], "after the last one ends"),
    (["compute", "CONTRACTS", "--settings", "nowhere.json"], "'nowhere.json' cannot be opened"),
    (["compute", "CONTRACTS", "--settings", "CONTRACTS"], "The settings in"),
    (["compute", "CONTRACTS", "--mapping", "CONTRACTS"], "The mapping cannot be used"),
    (["customers", "CONTRACTS", "--kpi", "happiness", "--period", "2024-03"], "There is no KPI 'happiness'"),
    (["customers", "CONTRACTS", "--kpi", "cross_sell_mrr", "--period", "2024-03"], "Product"),
    (["customers", "CONTRACTS", "--kpi", "mrr", "--period", "Q1"], "'Q1' is not a period"),
])
def test_ends_with_2_and_a_sentence_where_nothing_can_be_done(run, contracts: str, arguments, says: str) -> None:
    code, out, err = run(*[contracts if argument == "CONTRACTS" else argument for argument in arguments])
    assert (code, out) == (2, "")
    assert says in err


def test_a_file_without_a_table_of_ours_ends_with_2(run, tmp_path: Path) -> None:
    path = tmp_path / "holidays.csv"
    path.write_text("day,holiday\n2024-01-01,New Year\n")
    code, _out, err = run("compute", path)
    assert code == 2
    assert "No table was recognised" in err


def test_only_future_dates_leave_nothing_to_compute(run, tmp_path: Path) -> None:
    path = tmp_path / "contracts.csv"
    path.write_text("Customer ID,Start date,MRR\nA,2999-01-01,100\n")
    code, _out, err = run("compute", path)
    assert code == 2
    assert "no date that lies in the past" in err


def test_sentences_are_in_the_chosen_language(run, contracts: str) -> None:
    _code, _out, err = run("compute", contracts, "--from", "May", "--language", "ja")
    assert "「May」" in err


def test_map_has_the_fields_of_the_design(read, contracts: str) -> None:
    understood = read("map", contracts)
    [sheet] = understood["sheets"]
    assert set(understood) == {"sheets", "questions"}
    assert {"file", "sheet", "tables", "shape", "header_row", "columns", "attributes", "confidence", "rows_read",
            "rows_refused", "refused"} <= set(sheet)
    assert (sheet["file"], sheet["header_row"], sheet["rows_read"]) == ("contracts.csv", 1, 5)
    assert sheet["columns"]["subscriptions.mrr"] == "MRR"


def test_a_corrected_mapping_is_used_again(read, tmp_path: Path) -> None:
    path, mapping = tmp_path / "contracts.csv", tmp_path / "mapping.json"
    path.write_text("Customer ID,Start date,MRR,List price\nA,2024-01-01,100,130\nB,2024-01-01,200,260\n")
    understood = read("map", path)
    understood["sheets"][0]["columns"]["subscriptions.mrr"] = "List price"
    mapping.write_text(json.dumps(understood))
    found = read("compute", path, "--kpi", "mrr", "--as-of", "2024-01-31", "--mapping", mapping)
    assert [row["value"] for row in found] == [390]


def test_map_shows_people_what_was_understood_and_refused(run, tmp_path: Path) -> None:
    path = tmp_path / "契約.csv"
    path.write_text("顧客ID,契約開始日,月額\nA,2024/01/01,100\nB,2024/02/01,未定\n", "utf-8")
    code, out, _err = run("map", path, "--language", "ja")
    assert code == 0
    assert "契約.csv / 契約" in out
    assert any(line.startswith("月額") and "MRR" in line for line in out.splitlines())
    assert any(line.split()[:1] == ["3"] and "未定" in line for line in out.splitlines())


def test_a_switched_off_sheet_is_not_computed(read, run, contracts: str, tmp_path: Path) -> None:
    mapping = tmp_path / "mapping.json"
    understood = read("map", contracts)
    understood["sheets"][0]["is_used"] = False
    mapping.write_text(json.dumps(understood))
    assert run("compute", contracts, "--mapping", mapping)[0] == 2


def test_customers_are_listed_by_name(read, run, contracts: str) -> None:
    arguments = ["customers", contracts, "--kpi", "churn_mrr", "--period", "2024-03", "--as-of", "2024-03-31"]
    [gone] = read(*arguments)
    assert (gone["customer_id"], gone["customer_name"], gone["numerator"], gone["denominator"]) == (
        "C", "Gamma", 200, None)
    _code, out, _err = run(*arguments)
    assert out.splitlines()[2].split() == ["C", "Gamma", "200"]


def test_customers_of_a_rate_have_both_parts(read, contracts: str) -> None:
    found = read("customers", contracts, "--kpi", "nrr", "--period", "2024-03", "--as-of", "2024-03-31")
    assert {row["customer_id"]: (row["numerator"], row["denominator"]) for row in found} == {
        "A": (100, 100), "B": (150, 100), "C": (0, 200)}


def test_runs_as_a_module_and_bears_a_reader_that_leaves_early(contracts: str) -> None:
    command = [sys.executable, "-m", "cs_kpi", *march(contracts), "--format", "json"]
    whole = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    assert len(json.loads(whole.stdout)) == len(KPIS)
    left = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert left.stdout is not None
    left.stdout.close()
    assert (left.wait(60), left.stderr.read()) == (0, b"")


@pytest.mark.skipif(not RAVENSTACK.is_dir(), reason="the RavenStack files are not beside this repository")
def test_ravenstack_as_published() -> None:
    """Five files together, no mapping touched (issue 2)."""
    files = [str(file) for file in sorted(RAVENSTACK.glob("*.csv"))]

    def values(*arguments: str) -> dict[str, float]:
        command = [sys.executable, "-m", "cs_kpi", "compute", *files, "--format", "json", *arguments]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
        return {row["kpi"]: row["value"] for row in json.loads(done.stdout)}

    december = values("--from", "2024-12", "--to", "2024-12")
    expected = {"mrr": 10_159_608, "customers": 500, "expansion_mrr": 1_365_101, "contraction_mrr": 162_984,
                "new_mrr": 496_667, "churn_mrr": 0}
    assert len(files) == 5
    assert {kpi: december[kpi] for kpi in expected} == expected
    assert december["nrr"] == pytest.approx(1.14208, abs=5e-6)
    trailing = values("--period", "ttm", "--from", "TTM-2024-12", "--to", "TTM-2024-12", "--kpi", "nrr")
    assert trailing["nrr"] == pytest.approx(2.9227, abs=5e-5)
    october = values("--from", "2024-10", "--to", "2024-10")
    assert (october["reactivation_mrr"], october["reactivated_customers"]) == (6_796, 1)


def test_a_newer_export_is_taken_as_such_and_named(run, tmp_path: Path) -> None:
    """The next month's ledger in a folder of its own, under the same name, holds all rows of March and one more."""
    folders = [tmp_path / name for name in ("march", "april")]
    for folder, text in zip(folders, (CONTRACTS, CONTRACTS + "F,Phi,Pro,2024-04-01,,20\n"), strict=True):
        folder.mkdir()
        (folder / "contracts.csv").write_text(text, "utf-8")
    files = [folder / "contracts.csv" for folder in folders]
    asked = ["--as-of", "2024-04-30", "--from", "2024-04", "--kpi", "mrr", "--format", "json"]
    code, out, err = run("compute", *files, *asked)
    assert (code, json.loads(out)[0]["value"]) == (0, 320)
    assert "5 of its 5 rows stand in both. Taken: Replace" in err
    code, out, err = run("compute", *reversed(files), *asked)
    assert json.loads(out)[0]["value"] == 320
    code, out, err = run("compute", *files, *asked, "--newer", "append")
    assert json.loads(out)[0]["value"] == 620
    assert "Taken: Append" in err


# 山田 in two spellings: 100 until March, then 150; the answer is by name, as nobody spells it in the contracts.
SPELLED = """\
会社名,契約開始日,解約日,月額
(株)山田,2024-01-01,2024-03-31,100
株式会社山田,2024-04-01,,150
"""


def test_who_is_who_is_named_and_applied_from_the_file_of_the_page(run, read, tmp_path: Path) -> None:
    ledger, known = tmp_path / "c.csv", tmp_path / "identities.json"
    ledger.write_text(SPELLED, "utf-8")
    known.write_text('{"merges": {"株式会社山田": "(株)山田"}}', "utf-8")
    asked = ["compute", ledger, "--as-of", "2024-06-30", "--from", "2024-03", "--to", "2024-03", "--kpi", "churn_mrr"]
    code, _out, err = run(*asked)
    assert (code, "1 pairs (such as (株)山田 and 株式会社山田)" in err) == (0, True)
    assert [row["value"] for row in read(*asked)] == [100]
    assert [row["value"] for row in read(*asked, "--identities", known)] == [0]
    assert "may be one" not in run(*asked, "--identities", known)[2]


def test_a_file_on_who_is_who_that_is_none_is_an_error(run, contracts: str, tmp_path: Path) -> None:
    known = tmp_path / "identities.json"
    known.write_text("[1]", "utf-8")
    code, _out, err = run(*march(contracts), "--identities", known)
    assert (code, "Download it again from the data page" in err) == (2, True)


FLAGGED = """\
Customer ID,Plan,Tenure (months),MRR,Churn
A,Pro,24,100,No
B,Pro,3,100,Yes
C,Basic,12,50,No
D,Basic,1,,Yes
"""


@pytest.fixture
def flagged(tmp_path: Path) -> str:
    file = tmp_path / "list.csv"
    file.write_text(FLAGGED, "utf-8")
    return str(file)


@pytest.mark.parametrize("kind", ["month", "ttm", "snapshot"])
def test_a_list_without_dates_has_the_period_snapshot_whatever_is_asked_for(run, flagged: str, kind: str) -> None:
    code, printed, said = run("compute", flagged, "--period", kind, "--kpi", "customer_churn_rate", "--format", "json")
    [reading] = json.loads(printed)
    assert (code, reading["period"], reading["value"], reading["n"]) == (0, "snapshot", 0.5, 4)
    assert ("'snapshot', not of" in said) == (kind != "snapshot")


def test_a_list_without_dates_is_cut_by_any_of_its_columns(read, flagged: str) -> None:
    found = read("compute", flagged, "--period", "snapshot", "--by", "Plan", "--kpi", "gross_revenue_churn_rate")
    assert {one["segment"]["value"]: (one["numerator"], one["denominator"]) for one in found} == {
        "Basic": (0, 50), "Pro": (100, 200)}


def test_what_takes_dates_is_null_and_says_which(read, flagged: str) -> None:
    [reading] = read("compute", flagged, "--period", "snapshot", "--kpi", "new_mrr")
    assert (reading["value"], reading["status"]) == (None, "not_available")
    assert "'Start date' and 'End date'" in reading["reason"]


def test_the_customers_behind_a_snapshot_are_listed(read, run, flagged: str) -> None:
    found = read("customers", flagged, "--kpi", "customer_churn_rate", "--period", "snapshot")
    assert {one["customer_id"]: one["numerator"] for one in found} == {"A": 0, "B": 1, "C": 0, "D": 1}
    code, _printed, said = run("customers", flagged, "--kpi", "churn_mrr", "--period", "2024-03")
    assert code == 0
    assert "not of '2024-03'" in said


def test_map_names_the_shape_of_a_list_without_dates(read, flagged: str) -> None:
    [sheet] = read("map", flagged)["sheets"]
    assert (sheet["shape"], sheet["tables"]) == ("snapshot", ["customers", "subscriptions"])
    assert sheet["columns"]["customers.has_left"] == "Churn"


def test_contracts_with_dates_have_no_snapshot(run, contracts: str) -> None:
    code, _printed, said = run("compute", contracts, "--period", "snapshot")
    assert code == 2
    assert "has no period 'snapshot'" in said


@pytest.mark.parametrize("field", ["plan", "Plan", "プラン"])
def test_a_field_is_known_by_its_name_in_either_language(read, contracts: str, field: str) -> None:
    found = read(*march(contracts), "--kpi", "mrr", "--by", field)
    assert [(one["segment"], one["value"]) for one in found] == [
        ({"field": "plan", "value": "Basic"}, 50), ({"field": "plan", "value": "Pro"}, 250)]


def test_a_sentence_that_names_a_page_says_where_that_is_on_the_command_line(run, contracts: str) -> None:
    code, out, err = run(*march(contracts), "--kpi", "nps")
    assert (code, "on the data page" in out) == (0, True)
    assert "--mapping" in err
    assert "--mapping" not in run(*march(contracts), "--kpi", "mrr")[2]
