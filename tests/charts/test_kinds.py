"""What each kind draws is what its figure says, cell by cell, bar by bar, step by step."""

import re
from dataclasses import replace
from typing import Any

import pytest

from cs_kpi.charts.drawing import chart
from cs_kpi.charts.figure import ChartKind, Figure, Marker, Series
from cs_kpi.charts.heat import heat, text_on
from cs_kpi.charts.largest import KEPT, MOST, largest
from cs_kpi.charts.layout import plot_height
from cs_kpi.charts.scale import value_axis, x_axis
from cs_kpi.charts.tables import column_units, table
from cs_kpi.charts.theme import DARK, LIGHT, Theme, contrast, on_ramp
from cs_kpi.charts.words import plain
from cs_kpi.locale import Message, _
from tests.charts.figures import figure


def rows(spec: dict[str, Any], *fields: str) -> list[dict[str, Any]]:
    return [row for layer in spec["layer"] for row in layer.get("data", {}).get("values", [])
            if all(field in row for field in fields)]


def ranking_of(count: int, unit: Any = "money") -> Figure:
    """Values 1, 2, ... count; the largest last."""
    return Figure("r", "ranked_bars", _("MRR"), tuple(f"reason {k}" for k in range(count)),
                  (Series("a", tuple(float(k + 1) for k in range(count))),), unit, _("MRR"))


def test_grouped_bars_stand_side_by_side_on_zero() -> None:
    one = figure("grouped_bars", gaps=True)
    drawn = {(row["i"], row["series"], row["start"], row["end"]) for row in rows(chart(one, "en").to_dict(), "end")}
    assert drawn == {(i, plain(series.name, "en"), 0.0, value) for series in one.series
                     for i, value in enumerate(series.values) if value is not None}
    assert {row["k"] for row in rows(chart(one, "en").to_dict(), "end")} == {-0.5, 0.5}


def test_whiskers_run_from_the_lower_to_the_upper_limit() -> None:
    one = figure("grouped_bars", gaps=True)
    series = one.series[0]
    drawn = {(row["i"], row["low"], row["high"]) for row in rows(chart(one, "en").to_dict(), "low", "high")}
    assert drawn == {(i, low, high) for i, (low, high) in
                     enumerate(zip(series.low or (), series.high or (), strict=True)) if low is not None}


def test_plain_columns_carry_their_amounts() -> None:
    one = Figure("f", "grouped_bars", _("MRR"), ("0–7", "8–14"), (Series("n", (3.0, 12.0)),), "count", _("MRR"))
    assert [row["text"] for row in rows(chart(one, "en").to_dict(), "text")] == ["3", "12"]


def test_ranked_bars_carry_the_sum_of_their_row() -> None:
    one = Figure("f", "ranked_bars", _("MRR"), ("a", "b", "c"),
                 (Series("x", (5.0, -2.0, None)), Series("y", (3.0, -1.0, None))), "count", _("MRR"))
    found = rows(chart(one, "en").to_dict(), "text", "is_right")
    assert [(row["i"], row["at"], row["text"]) for row in found] == [(0, 8.0, "8"), (1, -3.0, "-3")]


def test_thirty_names_are_shown_and_more_become_nine_and_the_others() -> None:
    assert largest(ranking_of(MOST), "en") == ranking_of(MOST)
    many = largest(ranking_of(40), "ja")
    assert many.categories == (*(f"reason {k}" for k in range(31, 40)), "その他（31件）")
    assert many.series[0].values == (*(float(k) for k in range(32, 41)), sum(range(1, 32)))  # 1 + ... + 31 = 496
    assert len(many.categories) == KEPT + 1


def test_others_of_shares_are_counted_and_not_added_up() -> None:
    many = largest(ranking_of(40, "share"), "en")
    assert many.categories[-1] == "11 more, not shown"
    assert many.series[0].values[-1] is None


def test_the_table_keeps_all_that_is_too_much_to_draw() -> None:
    assert len(table(ranking_of(40), "en")) == 40
    assert len({row["i"] for row in rows(chart(ranking_of(40), "en").to_dict(), "end")}) == KEPT + 1


def test_a_cell_for_every_value_and_none_where_there_is_none() -> None:
    one = figure("heatmap", 12, gaps=True)
    drawn = {(row["row"], row["i"], row["value"]) for row in rows(chart(one, "en").to_dict(), "value", "row")}
    assert drawn == {(n, i, value) for n, series in enumerate(one.series) for i, value in enumerate(series.values)
                     if value is not None}


def test_a_heatmap_of_seventy_two_has_no_numbers_and_one_of_five_years_has() -> None:
    def marks(count: int) -> list[str]:
        return [layer["mark"]["type"] for layer in chart(figure("heatmap", count), "en").to_dict()["layer"]]
    assert (marks(72), marks(60), marks(1)) == (["rect"], ["rect", "text"], ["rect", "text"])
    assert plot_height(figure("heatmap", 72), "en") == 72 * 14
    assert plot_height(figure("heatmap", 60), "en") == 60 * 20


def test_numbers_in_cells_are_as_short_as_their_width_asks_for() -> None:
    """With decimals, without, without the sign that the legend carries as well, small, and not at all."""
    [text] = [layer for layer in chart(figure("heatmap", 36), "en").to_dict()["layer"]
              if layer["mark"]["type"] == "text"]
    cell = text["data"]["values"][0]
    assert (cell["text"], cell["whole"], cell["bare"]) == ("100.0%", "100%", "100")
    widths = [int(px) for part in ("text", "fontSize", "opacity")
              for px in re.findall(r">= (\d+)", text["mark"][part]["expr"])]
    assert widths == sorted(widths, reverse=True)


def test_the_rows_of_a_heatmap_say_how_many_stand_behind_them() -> None:
    one = figure("heatmap", 3)
    spec = str(chart(one, "en").to_dict())
    assert "Jan 2020  (n=1,200)" in spec
    found = table(one, "en")
    assert list(found.columns) == ["Start", "n", "0", "1", "2"]
    assert found.iloc[1, :3].tolist() == ["Feb 2020", 1190, 1.0]
    assert column_units(one, "en") == {"n": "count", "0": "share", "1": "share", "2": "share"}


def test_colours_diverge_around_the_centre() -> None:
    one = replace(figure("heatmap", 2), series=(Series("a", (-0.04, 0.08)),), centre=0.0)
    scale = heat(one, LIGHT)
    assert (scale.axis.low, scale.axis.high) == (-0.1, 0.1)
    assert scale.colour(0.0).lower() == LIGHT.diverging[2].lower()
    assert scale.colour(0.1).lower() == LIGHT.diverging[4].lower()


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
def test_numbers_are_readable_on_every_colour_of_the_ramps(look: Theme) -> None:
    for ramp in (look.heat, look.diverging):
        colours = [on_ramp(ramp, k, 101) for k in range(101)]
        assert min(contrast(text_on(colour), colour) for colour in colours) >= 4.5


@pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
def test_the_ends_of_the_ramps_are_told_apart_and_from_an_empty_cell(look: Theme) -> None:
    assert contrast(look.heat[0], look.heat[-1]) >= 7
    assert contrast(look.heat[0], look.paper) > 1.1
    for end in (look.diverging[0], look.diverging[-1]):
        assert contrast(end, look.diverging[2]) >= 3


def test_survival_holds_a_value_until_the_next_month() -> None:
    one = figure("survival", 6, gaps=True)
    spec = chart(one, "en").to_dict()
    assert {layer["mark"]["interpolate"] for layer in spec["layer"] if "interpolate" in layer["mark"]} == {"step-after"}
    drawn = {(row["x"], row["series"], row["value"]) for row in rows(spec, "x", "value")}
    assert drawn == {(float(k), plain(series.name, "en"), value) for series in one.series
                     for k, value in enumerate(series.values) if value is not None}


def test_survival_is_shown_from_nothing_to_everybody_over_whole_months() -> None:
    assert (value_axis(figure("survival", 3)).low, value_axis(figure("survival", 3)).high) == (0, 1)
    assert x_axis(figure("survival", 61)).ticks == [0, 6, 12, 18, 24, 30, 36, 42, 48, 54, 60]
    assert x_axis(figure("survival", 1)).ticks == [0, 1]


@pytest.mark.parametrize("kind", ["line", "stacked_bars", "grouped_bars", "waterfall", "heatmap", "survival"])
def test_a_marker_stands_at_its_place_with_its_words(kind: ChartKind) -> None:
    name = "'+alert(1)+'"
    one = replace(figure(kind), markers=(Marker(3, Message("{name}", {"name": name})), Marker(999, "outside")))
    lines = [layer for layer in chart(one, "en").to_dict()["layer"] if layer["mark"].get("strokeDash") == [2, 2]]
    assert len(lines) == 1
    assert [row.get("i", row.get("x")) for row in lines[0]["data"]["values"]] == ([3, 999] if kind == "survival"
                                                                                   else [3])
    words = [layer["mark"]["text"] for layer in chart(one, "en").to_dict()["layer"]
             if isinstance(layer["mark"].get("text"), str)]
    assert name in words


def test_words_of_neighbouring_markers_stand_under_one_another() -> None:
    one = replace(figure("line"), markers=(Marker(2, "Definition changed"), Marker(3, "Score v2")))
    at = [layer["encoding"]["y"]["value"] for layer in chart(one, "en").to_dict()["layer"]
          if isinstance(layer["mark"].get("text"), str)]
    assert sorted(set(at)) == [10, 30]


def test_references_are_on_the_axis() -> None:
    one = replace(figure("grouped_bars"), references=(Marker(900_000.0, "Budget"),))
    assert value_axis(one).high >= 900_000


def test_words_of_references_stand_beside_the_plot_where_no_names_do() -> None:
    """Inside, columns would hide them; at the right edge of lines the names of the lines stand."""
    def place(kind: ChartKind) -> Any:
        one = replace(figure(kind), references=(Marker(0.5, "half"),), markers=())
        return [layer["encoding"]["x"]["value"] for layer in chart(one, "en").to_dict()["layer"]
                if layer["mark"].get("text") == "half"]
    assert (place("grouped_bars"), place("survival")) == (["width", "width"], [0, 0])


def test_heads_of_columns_stand_on_the_table_with_the_word_over_them() -> None:
    expression = chart(replace(figure("heatmap", 3), incomplete=frozenset({2})), "en").to_dict()["layer"][0][
        "encoding"]["x"]["axis"]["labelExpr"]
    assert expression.startswith('[[["\\u200b", "0"], ["\\u200b", "1"], ["incomplete", "2"]]')
