"""Tables on slides, written as XML at once: cell by cell through python-pptx a large one takes seconds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal
from xml.sax.saxutils import escape

from cs_kpi.charts.words import ILLEGAL
from cs_kpi.export.canvas import Box
from cs_kpi.export.chart_xml import EAST_ASIAN_FONT, LATIN_FONT

NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""PowerPoint's own table style without fills and lines."""
ALIGN = {"left": "l", "centre": "ctr", "right": "r"}
HAIRLINE = 6_350  # EMU, half a point


@dataclass(frozen=True, slots=True)
class Cell:
    """fill, rule : the colour behind it, and of the line under it; None: none"""

    text: str
    ink: str
    size: float
    align: Literal["left", "centre", "right"] = "left"
    fill: str | None = None
    rule: str | None = None
    bold: bool = False
    wraps: bool = False


def add_table(slide: Any, box: Box, widths: Sequence[int], heights: Sequence[int], rows: Sequence[Sequence[Cell]],
              margin: int, editing: str) -> Any:
    """A table's graphic frame. widths, heights, margin : in EMU; editing : the language of its words, as ja-JP"""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    frame = slide.shapes.add_table(1, 1, box[0], box[1], sum(widths), sum(heights))
    columns = "".join(f'<a:gridCol w="{width}"/>' for width in widths)
    lines = "".join(f'<a:tr h="{height}">' + "".join(_cell(cell, margin, editing) for cell in row) + "</a:tr>"
                    for height, row in zip(heights, rows, strict=True))
    table = parse_xml(f'<a:tbl {nsdecls("a")}><a:tblPr firstRow="1"><a:tableStyleId>{NO_STYLE}</a:tableStyleId>'
                      f'</a:tblPr><a:tblGrid>{columns}</a:tblGrid>{lines}</a:tbl>')
    old = frame._element.graphic.graphicData.tbl
    old.getparent().replace(old, table)
    return frame


def _cell(cell: Cell, margin: int, editing: str) -> str:
    look = (f'lang="{editing}" sz="{round(cell.size * 100)}" b="{int(cell.bold)}"><a:solidFill><a:srgbClr '
            f'val="{_hex(cell.ink)}"/></a:solidFill><a:latin typeface="{LATIN_FONT}"/><a:ea '
            f'typeface="{EAST_ASIAN_FONT}"/>')
    text = escape(ILLEGAL.sub("", cell.text))
    run = f"<a:r><a:rPr {look}</a:rPr><a:t>{text}</a:t></a:r>" if text else f"<a:endParaRPr {look}</a:endParaRPr>"
    rule = (f'<a:lnB w="{HAIRLINE}"><a:solidFill><a:srgbClr val="{_hex(cell.rule)}"/></a:solidFill></a:lnB>'
            if cell.rule else "")
    fill = f'<a:solidFill><a:srgbClr val="{_hex(cell.fill)}"/></a:solidFill>' if cell.fill else ""
    return (f'<a:tc><a:txBody><a:bodyPr wrap="{"square" if cell.wraps else "none"}"/><a:lstStyle/><a:p><a:pPr '
            f'algn="{ALIGN[cell.align]}"/>{run}</a:p></a:txBody><a:tcPr marL="{margin}" marR="{margin}" marT="0" '
            f'marB="0" anchor="ctr">{rule}{fill}</a:tcPr></a:tc>')


def _hex(colour: str) -> str:
    return colour.lstrip("#").upper()
