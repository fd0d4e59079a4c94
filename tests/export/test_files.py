"""Pictures, csv and workbooks read back as what was put in."""

import io
import math
from dataclasses import replace

import openpyxl
import pandas as pd
import pytest

from cs_kpi.charts.figure import ChartKind
from cs_kpi.export.images import png, svg
from cs_kpi.export.tables import csv_bytes, matching, sheet_title, xlsx_bytes
from cs_kpi.locale import Message
from tests.charts.figures import KINDS, figure

MAGIC = b"\x89PNG\r\n\x1a\n"
RISKY = ["=1+1", "+1", "-1-1", "@SUM(A1)", "\tx", "\rx", "\n=x", "＝1+1", "＋1", "－x", "＠x", "-cmd", "-1,2,3x"]
PLAIN = ["-5", "-1,200", "-1,200.5", "△500", "－1,200", "-¥1,200", "-3.5%", "-1,200円"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("count", [1, 60])
def test_png_of_every_kind(kind: ChartKind, count: int) -> None:
    assert png(figure(kind, count, "ja"), "ja", scale=1).startswith(MAGIC)


def test_kanji_are_drawn_not_boxes() -> None:
    one = figure("line")
    first, second = (png(replace(one, title=Message(title)), "ja", scale=1) for title in ("収益", "解約"))
    assert first != second


def test_scale_and_dark_change_the_picture() -> None:
    one = figure("stacked_bars")
    sizes = [int.from_bytes(png(one, "en", scale=scale)[16:20]) for scale in (1, 2)]
    assert sizes[1] == 2 * sizes[0]
    assert png(one, "en", scale=1) != png(one, "en", scale=1, dark=True)


def test_svg_keeps_text_and_names_japanese_fonts() -> None:
    drawn = svg(figure("line", language="ja", title="売上<b>&"), "ja")
    assert "売上&lt;b&gt;&amp;" in drawn
    assert "Hiragino Sans" in drawn
    assert "<b>" not in drawn


def test_csv_has_a_bom_and_runs_nothing() -> None:
    mrr = [-5.0, math.nan, *range(len(RISKY) - 1)]
    data = csv_bytes(pd.DataFrame({"=name": [*RISKY, "ok"], "mrr": mrr}))
    assert data.startswith(b"\xef\xbb\xbf")
    back = pd.read_csv(io.BytesIO(data), encoding="utf-8-sig", keep_default_na=False, dtype=str)
    assert list(back.columns) == ["'=name", "mrr"]
    assert [cell[:1] for cell in back.iloc[:, 0]] == ["'"] * len(RISKY) + ["o"]
    assert list(back["mrr"])[:2] == ["-5.0", ""]


def test_negative_numbers_in_text_stay_as_they_are() -> None:
    back = pd.read_csv(io.BytesIO(csv_bytes(pd.DataFrame({"a": PLAIN}))), encoding="utf-8-sig", dtype=str)
    assert list(back["a"]) == PLAIN


def test_rows_that_hold_what_is_sought() -> None:
    frame = pd.DataFrame({"id": ["A.1", "B", "AX1"], "name": ["山田", None, "b (x)"], "mrr": [1, 2, 3]})
    assert [list(matching(frame, sought).index) for sought in ("a.1", " B ", "山", "(X", "3", "")] == [
        [0], [1, 2], [0], [2], [], [0, 1, 2]]
    assert list(matching(frame, "B").columns) == ["id", "name", "mrr"]
    assert matching(frame[["mrr"]], "1").empty


def test_workbook_reads_back_and_holds_no_formula() -> None:
    mrr = [-5.0, math.nan, *range(len(RISKY) - 1)]
    frame = pd.DataFrame({"顧客": [*RISKY, "株式会社\x00A"], "mrr": mrr})
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(frame, "MRR: 2024/12"))).active
    assert sheet is not None
    assert sheet.title == "MRR_ 2024_12"
    assert {cell.data_type for cell in sheet["A"]} == {"s"}
    assert [cell.value for cell in sheet["A"]][1:4] == RISKY[:3]
    assert sheet["A"][-1].value == "株式会社A"
    assert [cell.value for cell in sheet["B"]] == ["mrr", -5, None, *mrr[2:]]
    assert sheet["A1"].font.bold


def test_columns_of_the_same_name_are_both_written() -> None:
    frame = pd.DataFrame([[1, 2]], columns=["a", "a"])
    assert csv_bytes(frame).decode("utf-8-sig") == "a,a\r\n1,2\r\n"
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(frame, "s"))).active
    assert sheet is not None
    assert [cell.value for cell in sheet[2]] == [1, 2]


def test_sheet_titles_are_what_excel_takes() -> None:
    assert sheet_title("a" * 40) == "a" * 31
    assert sheet_title("'x'") == "x"
