"""A KPI is one declaration: everything that shows it follows from that."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pptx import Presentation

from cs_kpi.charts.revenue import trend
from cs_kpi.cli import main
from cs_kpi.export.slides import deck
from cs_kpi.kpi.behind import behind
from cs_kpi.kpi.cards import cards
from cs_kpi.kpi.docs import reference
from cs_kpi.kpi.passport import passport
from cs_kpi.kpi.registry import KPIS, kpi
from cs_kpi.locale import Message
from cs_kpi.periods import parse
from tests.tables import book

ROWS = [("a", "2024-01-01", None, 100), ("b", "2024-01-01", "2024-06-10", 60)]


@pytest.fixture(autouse=True)
def declared() -> Iterator[None]:
    kpi("kept_share", "retention", label=Message("Kept share"), definition=Message("Who stayed, by who was there."),
        unit="share", better="up", bounds=(0, 1), numerator="stayed", denominator="was_customer")
    yield
    del KPIS["kept_share"]


def test_its_card_passport_and_customers_are_there() -> None:
    whole, june = book(ROWS), parse("2024-06")
    [card] = [one for one in cards(whole, june) if one.kpi.id == "kept_share"]
    assert (card.reading.value, card.reading.n, card.reading.status) == (1 / 2, 2, "small_sample")
    assert card.reading.low < 1 / 2 < card.reading.high
    assert passport(whole, "kept_share", june).totals == {"stayed": 1, "was_customer": 2}
    assert behind(whole, "kept_share", june)["customer_id"].tolist() == ["a", "b"]


@pytest.mark.parametrize("language", ["en", "ja"])
def test_its_row_in_the_reference_is_there(language: str) -> None:
    lines = reference(language).splitlines()  # type: ignore[arg-type]
    assert "### Kept share" in lines
    assert any(line.startswith("`kept_share`") for line in lines)


def test_the_command_line_computes_it(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    path = tmp_path / "contracts.csv"
    path.write_text("Customer ID,Start date,End date,MRR\na,2024-01-01,,100\nb,2024-01-01,2024-06-10,60\n", "utf-8")
    assert main(["compute", str(path), "--as-of", "2024-06-30", "--from", "2024-06", "--format", "json"]) == 0
    found = {row["kpi"]: row["value"] for row in json.loads(capsys.readouterr().out)}
    assert found["kept_share"] == 1 / 2


def test_its_slide_holds_its_values_and_its_definition() -> None:
    figure = trend(book(ROWS), ["kept_share"], [parse("2024-05"), parse("2024-06")], "en")
    [slide] = Presentation(io.BytesIO(deck([figure], "en"))).slides
    chart = next(shape.chart for shape in slide.shapes if shape.has_chart)
    assert list(chart.plots[0].series[0].values) == [1.0, 0.5]
    assert "Who stayed, by who was there." in "\n".join(s.text_frame.text for s in slide.shapes if s.has_text_frame)
