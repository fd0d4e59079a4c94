"""The HTML report: one file that asks nobody for anything, in both languages, in which nothing of the user runs."""

import io
import json
import os
import re
from html.parser import HTMLParser

import pandas as pd
import pytest

from cs_kpi.book import Book
from cs_kpi.cli import main
from cs_kpi.cli_output import save
from cs_kpi.export.images import pdf
from cs_kpi.export.report import Scope
from cs_kpi.export.report_html import report_html
from cs_kpi.export.tables import tab_separated, workbook_bytes
from cs_kpi.kpi.registry import KPIS
from cs_kpi.periods import parse
from tests.charts.figures import figure
from tests.tables import book

EVIL = "</script><img src=x onerror=alert(1)>"
ROWS = [("A", "2024-01-01", None, 100), ("B", "2024-01-01", None, 150), ("C", "2024-01-01", "2024-03-15", 200),
        ("D", "2024-03-10", None, 50)]
PEOPLE = [("A", None, None, EVIL), ("B", None, None, EVIL), ("C", None, None, "IT"), ("D", None, None, "IT")]


class Elements(HTMLParser):
    """Every element with its attributes, and the text of the tables."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.found and self.found[-1][0] not in ("script", "style"):
            self.texts.append(data)


def small() -> Book:
    return book(ROWS, customers=PEOPLE, as_of="2024-03-31")


def page() -> str:
    run = tuple(parse(f"2024-0{month}") for month in (1, 2, 3))
    return report_html(small(), Scope(run, tuple(KPIS), by="industry"), "ja").decode("utf-8")


def test_no_element_asks_for_anything() -> None:
    elements = Elements(page()).found
    assert [attributes for _tag, attributes in elements if {"src", "href", "action", "data"} & set(attributes)] == []
    assert {tag for tag, _attributes in elements} & {"link", "iframe", "img", "object", "embed", "base"} == set()
    [policy] = [one["content"] or "" for tag, one in elements if tag == "meta" and "content" in one
                and one.get("http-equiv") == "Content-Security-Policy"]
    assert {"default-src 'none'", "connect-src 'none'"} <= set(policy.split("; "))


def test_text_of_the_user_stays_text() -> None:
    written = page()
    assert EVIL not in written
    assert EVIL in "".join(Elements(written).texts)  # it is there, as text
    assert len(re.findall("</script>", written)) == 3


def test_both_languages_have_their_charts_and_the_readings() -> None:
    """Opening 450, of which 200 is lost: 44.4 %."""
    written = page()
    charts = json.loads(re.findall(r'id="charts">(.*?)</script>', written, re.S)[0])
    kept = {language: [key for key in charts if key.startswith(language)] for language in ("ja", "en")}
    assert len(kept["ja"]) == len(kept["en"]) > 5
    texts = Elements(written).texts
    assert "Gross revenue churn rate" in texts
    assert "グロスレベニューチャーンレート" in texts
    assert texts[texts.index("Gross revenue churn rate") + 1] == "44.4%"


def test_it_names_no_customer() -> None:
    named = book([(f"Firm {id}", *rest) for id, *rest in ROWS], as_of="2024-03-31")
    assert "Firm " not in report_html(named, Scope((parse("2024-03"),), tuple(KPIS)), "en").decode("utf-8")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_pdf_holds_its_fonts(language: str) -> None:
    drawn = pdf(figure("line", 12, language), language)  # type: ignore[arg-type]
    assert drawn.startswith(b"%PDF")
    assert b"/FontFile" in drawn


def test_a_copied_table_has_a_line_per_row() -> None:
    copied = tab_separated(pd.DataFrame({"name": ["=1+1", "a\tb\nc"], "mrr": [-5.0, float("nan")]}))
    assert [line.split("\t") for line in copied.split("\n")] == [["name", "mrr"], ["'=1+1", "-5"], ["a b c", ""]]


CONTRACTS = "Customer ID,Start date,End date,MRR,Plan\nA,2024-01-01,,100,Pro\nB,2024-01-01,2024-02-29,100,Pro\n"


@pytest.mark.parametrize(("ending", "begins"), [("html", b"<!doctype html>"), ("xlsx", b"PK")])
def test_the_command_writes_what_the_ending_says(tmp_path, capsys, ending: str, begins: bytes) -> None:
    (tmp_path / "c.csv").write_text(CONTRACTS, "utf-8")
    out = tmp_path / f"r.{ending}"
    assert main(["report", str(tmp_path / "c.csv"), "--as-of", "2024-03-31", "--out", str(out), "--by", "plan"]) == 0
    assert out.read_bytes().startswith(begins)
    assert str(out) in capsys.readouterr().out


@pytest.mark.parametrize(("options", "said"), [
    (["--out", "r.doc"], "does not say what kind of report"),
    (["--out", "r.html", "--segment", "Pro"], "--segment needs --by"),
    (["--out", "r.html", "--by", "plan", "--segment", "Gold"], "There is no segment 'Gold' in 'Plan'"),
    (["--out", "r.html", "--period", "2030-01"], "The data says nothing of 2030-01"),
    (["--out", "nowhere/r.html"], "cannot be written (there is no such file or folder)"),
    (["--out", "./c.xlsx"], "is one of the files that are read")])
def test_the_command_says_what_it_cannot_do(tmp_path, capsys, monkeypatch, options: list[str], said: str) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "c.xlsx").write_bytes(workbook_bytes({"contracts": pd.read_csv(io.StringIO(CONTRACTS))}))
    before = (tmp_path / "c.xlsx").read_bytes()
    assert main(["report", "c.xlsx", "--as-of", "2024-03-31", *options]) == 2
    assert said in capsys.readouterr().err
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"c.xlsx": before}


def test_others_may_read_what_a_job_has_written(tmp_path) -> None:
    before = os.umask(0o022)
    try:
        save(tmp_path / "r.html", b"new")
    finally:
        os.umask(before)
    assert (tmp_path / "r.html").stat().st_mode & 0o777 == 0o644
