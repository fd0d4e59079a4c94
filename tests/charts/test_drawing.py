"""Charts are valid, say what the figure says, and take names as names."""

import json
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_kpi.charts.axes import BLANK, label_sets
from cs_kpi.charts.description import alt_text
from cs_kpi.charts.drawing import chart, enlarged, specification
from cs_kpi.charts.figure import ChartKind, Figure, Series
from cs_kpi.charts.geometry import parts
from cs_kpi.charts.tables import table
from cs_kpi.charts.words import cut, outer_inner, plain, width_em, wrapped
from cs_kpi.locale import LANGUAGES, Language, Message, _
from tests.charts.figures import KINDS, figure, months

BITING = "<img src=x onerror=alert(1)>"
CODE = "'+datum.value+\"];//\\u2028"


def rows(spec: dict[str, Any], field: str) -> list[dict[str, Any]]:
    return [row for layer in spec["layer"] for row in layer.get("data", {}).get("values", []) if field in row]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("count", [1, 12, 60])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("gaps", [False, True])
def test_every_kind_and_length_is_a_valid_chart(kind: ChartKind, count: int, language: Language, gaps: bool) -> None:
    one = figure(kind, count, language, gaps=gaps)
    for for_export in (False, True):
        json.dumps(chart(one, language, for_export=for_export).to_dict(), allow_nan=False)


def blank(one: Figure, count: int) -> Figure:
    """The figure with so many categories and no value at all."""
    def cut_to(values: tuple[float | None, ...] | None) -> tuple[None, ...] | None:
        return values if values is None else (None,) * count
    series = tuple(replace(series, values=(None,) * count, low=cut_to(series.low), high=cut_to(series.high),
                           inner_low=cut_to(series.inner_low), inner_high=cut_to(series.inner_high))
                   for series in one.series)
    return replace(one, categories=one.categories[:count], series=series, incomplete=frozenset(),
                   roles=one.roles[:count], statuses=one.statuses[:count],
                   x=one.x and replace(one.x, values=one.x.values[:count]),
                   size=one.size and replace(one.size, values=one.size.values[:count]))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("count", [0, 1, 12])
@pytest.mark.parametrize("has_series", [True, False])
def test_a_figure_without_a_value_is_drawn_all_the_same(kind: ChartKind, count: int, has_series: bool) -> None:
    one = blank(figure(kind, 12), count)
    one = one if has_series else replace(one, series=())
    for for_export in (False, True):
        json.dumps(chart(one, "ja", for_export=for_export).to_dict(), allow_nan=False)
    assert len(table(one, "ja")) <= max(count, len(one.series))
    assert plain(one.title, "ja") in alt_text(one, "ja")


@pytest.mark.parametrize("kind", ["stacked_bars", "stacked_area", "waterfall"])
def test_what_is_drawn_is_the_figure(kind: ChartKind) -> None:
    one = figure(kind, gaps=True)
    drawn = {(row["i"], row.get("series"), row["value"]) for row in rows(chart(one, "en").to_dict(), "start")}
    names = [plain(series.name, "en") if kind != "waterfall" else None for series in one.series]
    assert drawn == {(part.category, names[part.series], part.value) for part in parts(one)}


def test_a_line_has_its_values_and_none_where_there_is_none() -> None:
    one = figure("line", gaps=True)
    found = {(row["i"], row["series"], row["value"]) for row in rows(chart(one, "en").to_dict(), "value")}
    expected = {(i, plain(series.name, "en"), value) for series in one.series
                for i, value in enumerate(series.values) if value is not None}
    assert found == expected


def test_incomplete_periods_are_dashed_and_named() -> None:
    spec = chart(figure("stacked_bars"), "en").to_dict()
    assert [layer["mark"]["strokeDash"] for layer in spec["layer"] if "strokeDash" in layer["mark"]] == [[4, 3]]
    assert "incomplete" in json.dumps(spec["layer"][0]["encoding"]["x"])


def test_up_to_three_series_are_named_where_they_end_and_more_have_a_legend() -> None:
    few, many = chart(figure("line"), "en").to_dict(), chart(figure("stacked_bars"), "en").to_dict()
    assert [row["text"].split("  ")[0] for row in rows(few, "at")] == ["MRR", "Plan"]
    assert few["layer"][1]["encoding"]["color"]["legend"] is None
    assert many["layer"][0]["encoding"]["color"]["legend"]


def test_tooltips_show_numbers_as_the_page_does() -> None:
    tips = rows(chart(figure("line", language="ja"), "ja", money_unit="ten_thousand").to_dict(), "s0")
    assert tips[0]["s0"] == "100.0万円 (90.0万円 – 110.0万円)"
    assert rows(chart(figure("line", gaps=True), "en").to_dict(), "s0")[2]["s0"] == "—"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", [BITING, CODE, "=1+1", "a\nb\x00", "datum.x", ""])
def test_names_are_data(kind: ChartKind, name: str) -> None:
    one = figure(kind)
    named = replace(one, title=Message("{t}", {"t": name}), categories=(name, *one.categories[1:]),
                    series=(replace(one.series[0], name=name), *one.series[1:]))
    text = json.dumps(chart(named, "en").to_dict())
    assert "\\u0000" not in text
    labels = label_sets(named, "en")
    assert all(len(labels_at) == len(named.categories) for _width, labels_at in labels)


def test_axis_labels_are_json_strings_inside_the_expression() -> None:
    one = replace(figure("waterfall"), categories=(CODE, *figure("waterfall").categories[1:]))
    expression = chart(one, "en").to_dict()["layer"][0]["encoding"]["x"]["axis"]["labelExpr"]
    sets, end = json.JSONDecoder().raw_decode(expression)
    assert len(sets[0]) == len(one.categories)
    assert expression[end:].replace(" ", "").endswith("][datum.value]")


def test_labels_never_need_more_room_than_there_is() -> None:
    one = figure("line", 60, "ja")
    for needed_em, labels in label_sets(one, "ja")[:-1]:
        slot = needed_em / len(labels)
        for level in range(max(map(len, labels))):
            shown = [(i, width_em(label[level])) for i, label in enumerate(labels)
                     if len(label) > level and label[level] != BLANK]
            assert all((j - i) * slot >= (left + right) / 2 for (i, left), (j, right) in pairwise(shown))


def test_the_word_of_incomplete_periods_costs_no_other_label_its_place() -> None:
    one = replace(figure("stacked_bars", 24, "ja"), incomplete=frozenset({21, 22, 23}))
    _needed, labels = label_sets(one, "ja")[0]
    assert [label[0] for label in labels] == [f"{k % 12 + 1}月" for k in range(24)]
    assert labels[23] == ["12月", BLANK, "集計途中"]
    assert all(set(label[1:]) <= {BLANK, "2020年", "2021年", "集計途中"} for label in labels)


def test_a_line_that_ends_early_is_named_where_it_ends() -> None:
    values = (1.0, 2.0, None, None)
    one = replace(figure("line", 4), series=(Series("A", values), Series("B", (3.0, 3.0, 3.0, 4.0))),
                  incomplete=frozenset())
    layers = [layer for layer in chart(one, "en").to_dict()["layer"] if layer["mark"]["type"] == "text"]
    places = {layer["data"]["values"][0]["text"].split()[0]: (layer["data"]["values"][0].get("i"),
                                                            layer["encoding"]["x"].get("value")) for layer in layers}
    assert places == {"A": (1.0, None), "B": (None, "width")}


def test_a_value_that_stands_alone_has_its_interval_too() -> None:
    one = replace(figure("line", 4), series=(Series("A", (1.0, None, 3.0, 4.0), low=(0.5, None, 2.0, 3.0),
                                                  high=(1.5, None, 4.0, 5.0)),), incomplete=frozenset())
    bands = {layer["mark"]["type"]: [row["i"] for row in layer["data"]["values"]]
             for layer in chart(one, "en").to_dict()["layer"] if "y2" in layer["encoding"]
             and "low" in layer["data"]["values"][0]}
    assert bands == {"area": [2, 3], "rule": [0]}


def test_the_axis_is_as_high_with_any_set_of_labels() -> None:
    one = figure("line", 36, "ja")
    assert len({max(map(len, labels)) for _needed, labels in label_sets(one, "ja")}) == 1


def test_years_stand_under_their_first_month() -> None:
    labels = label_sets(replace(figure("line", 24, "ja"), incomplete=frozenset()), "ja")[1][1]
    assert [labels[i] for i in (0, 1, 2, 12)] == [["1月", "2020年"], "", ["3月"], ["1月", "2021年"]]


@given(st.text(max_size=60), st.floats(2, 20))
def test_cut_text_fits(text: str, limit: float) -> None:
    assert width_em(cut(text, limit)) <= max(limit, 1)


@given(st.text(alphabet="株式会社サンプル、。 abc-", max_size=60), st.floats(3, 20))
def test_wrapping_loses_nothing(text: str, limit: float) -> None:
    assert "".join("".join(wrapped(text, limit)).split()) == "".join(text.split())


def test_fiscal_and_quarter_labels() -> None:
    assert outer_inner(["2024年第1四半期"]) == [("2024年", "第1四半期")]
    assert outer_inner(["2024年度上期"]) == [("2024年度", "上期")]
    assert outer_inner(["2024年度"]) is None
    assert outer_inner(["Q1 FY2024"]) == [("FY2024", "Q1")]


@pytest.mark.parametrize(("kind", "head"), [
    ("line", "Period"), ("stacked_bars", "Period"), ("stacked_area", "Period"), ("waterfall", "Item"),
    ("grouped_bars", "Period"), ("ranked_bars", "Reason"), ("survival", "Months since the start")])
def test_table_holds_the_raw_numbers(kind: ChartKind, head: str) -> None:
    one = figure(kind, gaps=True)
    found = table(one, "en")
    assert found.columns[0] == head
    for n, series in enumerate(one.series, 1):
        column = [None if value != value else value for value in found.iloc[:, n]]
        assert column == list(series.values)


def test_table_in_a_larger_unit_says_so() -> None:
    found = table(figure("line"), "ja", "million")
    assert found.columns[1].endswith("(百万円)")
    assert found.iloc[0, 1] == 1.0


def test_series_of_the_same_name_stay_two_columns() -> None:
    twice = Figure("f", "line", _("MRR"), months(2, "en"), (Series("A", (1.0, 2.0)), Series("A", (3.0, None))), "count",
                   _("MRR"))
    assert list(table(twice, "en").columns) == ["Period", "A", "A (2)"]


@pytest.mark.parametrize("kind", KINDS)
def test_alt_text_names_kind_title_and_values(kind: ChartKind) -> None:
    said = alt_text(figure(kind, title="Recurring revenue"), "en")
    assert "Recurring revenue" in said
    assert {"share": "%", "money": "¥", "score": "95"}[figure(kind).unit] in said


@pytest.mark.parametrize("kind", KINDS)
def test_what_pages_show_is_what_was_checked(kind: ChartKind) -> None:
    one = figure(kind)
    assert specification(one, "en") == chart(one, "en", titled=False).to_dict()


def test_a_chart_for_the_wall_has_larger_type_and_the_same_data() -> None:
    plainly = specification(figure("fan"), "en")
    large = enlarged(plainly, 2, 500)
    assert large["height"] == 500
    assert large["config"]["axis"]["labelFontSize"] == 2 * plainly["config"]["axis"]["labelFontSize"]
    assert [one.get("data") for one in large["layer"]] == [one.get("data") for one in plainly["layer"]]


def test_every_step_of_a_waterfall_is_named_on_a_small_screen() -> None:
    names = ("直近1か月の利用", "席の利用率", "最終利用からの日数", "オンボーディングの状態", "最後のNPS回答",
             "最後のCSAT回答", "3か月間の緊急の問合せ", "担当者の所感", "スコア")
    wide = figure("waterfall")
    one = replace(wide, categories=names, roles=(), incomplete=frozenset(), series=tuple(
        replace(each, values=(1.0,) * len(names)) for each in wide.series))
    small = 740 / 14  # em: the plot of a page 1280 px wide
    labels = next(labels for needed_em, labels in label_sets(one, "ja") if needed_em <= small)
    assert all(labels)
    assert labels[2] == ["最終利用", "からの日", "数"]
