"""Aligned tables for a terminal, in which a full-width character is as wide as two others."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Sequence

GAP = "  "
CONTROL = dict.fromkeys((*range(32), 127, *range(128, 160)), "·")
"""A cell of a spreadsheet may hold line ends and worse; a terminal gets one line and no commands."""


def width(text: str) -> int:
    """How many columns of a terminal `text` takes.

    >>> width("MRR"), width("月額"), width("ｶﾅ")
    (3, 4, 2)
    """
    return sum(0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
               for letter in text)


def table(header: Sequence[str], rows: Iterable[Sequence[str]], right: Collection[int] = ()) -> str:
    """Rows under a header, columns aligned; `right` lists the columns of numbers.

    >>> print(table(["顧客", "MRR"], [["あい商事", "1,200"], ["B", "90"]], right=[1]))
    顧客        MRR
    --------  -----
    あい商事  1,200
    B            90
    """
    cells = [[one_line(cell) for cell in row] for row in (header, *rows)]
    widths = [max(width(row[place]) for row in cells) for place in range(len(header))]
    lines = [GAP.join(_padded(cell, size, place in right)
                      for place, (cell, size) in enumerate(zip(row, widths, strict=True))).rstrip() for row in cells]
    return "\n".join([lines[0], GAP.join("-" * size for size in widths), *lines[1:]])


def one_line(text: str) -> str:
    return text.translate(CONTROL)


def clipped(text: str, most: int) -> str:
    """`text` in at most `most` columns.

    >>> clipped("株式会社", 8), clipped("株式会社", 7)
    ('株式会社', '株式会…')
    """
    if width(text) <= most:
        return text
    while width(text) >= most:
        text = text[:-1]
    return text + "…"


def _padded(text: str, size: int, is_right: bool) -> str:
    blank = " " * (size - width(text))
    return blank + text if is_right else text + blank
