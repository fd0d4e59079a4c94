"""One KPI across segments: the order of the bars, the smaller ones together, and every way out of the app."""

from __future__ import annotations

import io

import pytest
from pptx import Presentation

from cs_kpi.book import Book
from cs_kpi.charts.drawing import chart
from cs_kpi.charts.segments import by_segment
from cs_kpi.charts.tables import table
from cs_kpi.export.images import png, svg
from cs_kpi.export.slides import deck
from cs_kpi.kpi.intervals import wilson
from cs_kpi.kpi.segment_table import segment_table
from cs_kpi.locale import LANGUAGES, Language
from cs_kpi.periods import SNAPSHOT
from tests.test_snapshot import listed


def sizes(*pairs: tuple[str, int, int]) -> Book:
    """A list with so many customers of each region, of whom so many left."""
    rows = [f"{region}{n},{region},10,{'解約済' if n < gone else '契約中'}" for region, count, gone in pairs
            for n in range(count)]
    return listed("顧客ID,地域,月額,契約状況\n" + "\n".join(rows) + "\n")


def test_the_highest_stands_first_with_its_interval() -> None:
    figure = by_segment(sizes(("東", 4, 1), ("西", 4, 3), ("南", 4, 2)), "customer_churn_rate", SNAPSHOT, "地域", "ja")
    [series] = figure.series
    assert figure.categories == ("西", "南", "東")
    assert series.values == (0.75, 0.5, 0.25)
    assert (series.low, series.high) == tuple(zip(*(wilson(part, 4) for part in (3, 2, 1)), strict=True))


def test_not_set_stands_last_and_bands_stand_in_their_order() -> None:
    book = listed("顧客ID,地域,利用月数,契約状況\nA,,2,解約済\nB,東,30,契約中\nC,東,5,解約済\nD,西,70,契約中\n")
    assert by_segment(book, "customer_churn_rate", SNAPSHOT, "地域", "en").categories == ("東", "西", "Not set")
    assert by_segment(book, "customer_churn_rate", SNAPSHOT, "tenure_band", "en").categories == (
        "up to 3 months", "4 to 6 months", "25 to 36 months", "more than 60 months")


def test_more_than_ten_are_the_largest_nine_and_the_others_together() -> None:
    book = sizes(*((f"地域{n:02}", 20 - n, 1) for n in range(12)))
    figure = by_segment(book, "customer_churn_rate", SNAPSHOT, "地域", "en")
    assert len(figure.categories) == 10
    assert figure.categories[-1] == "Others"
    # the three smallest have 11, 10 and 9 customers, of whom one each left
    assert figure.series[0].values[-1] == 3 / 30
    assert (figure.series[0].low or ())[-1] == wilson(3, 30)[0]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kpi", ["customer_churn_rate", "gross_revenue_churn_rate", "mrr"])
def test_it_is_drawn_and_goes_out_as_picture_slide_and_table(language: Language, kpi: str) -> None:
    figure = by_segment(sizes(("東", 4, 1), ("西", 4, 3)), kpi, SNAPSHOT, "地域", language)
    assert "地域" in str(chart(figure, language).to_dict()["title"]["text"])
    assert png(figure, language)[:4] == b"\x89PNG"
    assert "<svg" in svg(figure, language)[:200]
    [slide] = Presentation(io.BytesIO(deck([figure], language))).slides
    [drawn] = [shape.chart for shape in slide.shapes if shape.has_chart]
    assert tuple(drawn.plots[0].categories) == figure.categories
    assert tuple(drawn.plots[0].series[0].values) == figure.series[0].values
    assert table(figure, language).columns[0] == "地域"


def test_a_share_never_has_an_axis_beyond_the_whole() -> None:
    figure = by_segment(sizes(("東", 2, 2), ("西", 2, 2)), "customer_churn_rate", SNAPSHOT, "地域", "en")
    drawn = str(chart(figure, "en").to_dict())
    assert "100%" in drawn
    assert "120%" not in drawn


def test_the_table_beside_it_holds_every_segment_under_names_to_read() -> None:
    frame = segment_table(sizes(("東", 4, 1), ("西", 2, 1)), ["customer_churn_rate", "mrr"], SNAPSHOT, "地域", "ja")
    assert list(frame) == ["地域", "n（顧客数）", "カスタマーチャーンレート",
                           "95%区間の下限", "95%区間の上限", "MRR（月次経常収益）"]
    assert frame.iloc[:, 0].tolist() == ["東", "西"]
    assert frame.iloc[:, 2].tolist() == [0.25, 0.5]
    assert frame.iloc[:, 5].tolist() == [30, 10]


def test_amounts_in_the_table_follow_the_money_unit() -> None:
    frame = segment_table(sizes(("東", 4, 1)), ["mrr"], SNAPSHOT, "地域", "ja", "thousand")
    assert list(frame)[2] == "MRR（月次経常収益） (千)"
    assert frame.iloc[0, 2] == 0.03
