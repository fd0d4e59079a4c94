"""Every step of a waterfall carries its amount and its name, however narrow the slide; months all have theirs."""

import io
from itertools import pairwise
from typing import Any

import pytest
from pptx import Presentation

from cs_kpi.charts.figure import Figure, Role, Series
from cs_kpi.charts.scale import value_axis
from cs_kpi.charts.words import width_em
from cs_kpi.deck.making import Page
from cs_kpi.export.canvas import Native
from cs_kpi.export.company import CompanyStage
from cs_kpi.export.plot import PT
from cs_kpi.export.slides import deck, presentation
from cs_kpi.export.step_amounts import stepped
from cs_kpi.locale import LANGUAGES, Language, Message
from tests.charts.figures import figure
from tests.export.templates import standard

WIDTHS = {"16:9": 11_095_000, "4:3": 8_229_000}
VALUES = (12_345_678.0, 1_234_567.0, 345_000.0, -234_567.0, -1_023_456.0, 12_345.0)


def bridge(count: int) -> Figure:
    roles: list[Role] = ["total", *["expansion" if VALUES[k % 5 + 1] > 0 else "churn" for k in range(count - 1)]]
    values = (VALUES[0], *(VALUES[k % 5 + 1] for k in range(count - 1)))
    return Figure("w", "waterfall", Message("MRR"), tuple(f"Step {k}" for k in range(count)),
                  (Series("MRR", values, "total"),), "money", Message("note"), currency="JPY", roles=tuple(roles))


def placed(count: int, language: Language, shape: str) -> Native:
    one = bridge(count)
    return stepped(Native(one, language, "one", value_axis(one), (0, 0, WIDTHS[shape], 3_400_000)))


@pytest.mark.parametrize("shape", WIDTHS)
@pytest.mark.parametrize("count", [1, 6, 12, 24, 60])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_amount_has_its_place(language: Language, count: int, shape: str) -> None:
    native = placed(count, language, shape)
    slot = (native.plot.right - native.plot.left) * native.box[2] / PT / count
    assert native.steps is not None
    assert len(native.steps.texts) == count
    assert all((1.1 if native.steps.is_turned else width_em(text)) * native.steps.size_pt <= slot
               for text in native.steps.texts)
    assert native.plot.step == 1, "every step has its name"


def test_twelve_steps_at_4_to_3_are_in_ten_thousands_which_the_axis_says() -> None:
    page = Page("w", bridge(12), "", ())
    slides = Presentation(io.BytesIO(presentation([page], "ja", stage=CompanyStage("t.pptx", standard())))).slides
    chart: Any = next(shape.chart for slide in slides for shape in slide.shapes if shape.has_chart)
    said = [chart.plots[0].series[3].points[i].data_label.text_frame.text for i in range(6)]
    assert said == ["1,234.6", "+123.5", "+34.5", "-23.5", "-102.3", "+1.2"]
    assert chart.value_axis.axis_title.text_frame.text == "万円"


def test_what_fits_stays_as_on_the_page() -> None:
    native = placed(4, "ja", "16:9")
    assert native.steps is not None
    assert native.steps.texts[:2] == ("12,345,678円", "+1,234,567円")


def test_amounts_that_fit_in_no_way_stand_in_the_notes() -> None:
    slide = Presentation(io.BytesIO(deck([bridge(120)], "en"))).slides[0]
    assert "Step 119" in slide.notes_slide.notes_text_frame.text
    assert "12,345,678" in slide.notes_slide.notes_text_frame.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_twelve_months_are_all_named_at_4_to_3(language: Language) -> None:
    page = Page("f", figure("line", 12, language), "", ())
    slides = Presentation(io.BytesIO(presentation([page], language, stage=CompanyStage("t.pptx", standard())))).slides
    chart: Any = next(shape.chart for slide in slides for shape in slide.shapes if shape.has_chart)
    names = list(chart.plots[0].categories)
    assert names[0].split("\n")[0] == ("1月" if language == "ja" else "Jan")
    assert "20" in names[0].split("\n")[1]
    assert all(before.split("\n")[0] != after for before, after in pairwise(names))
    assert 'tickLblSkip val="1"' in chart._chartSpace.xml
