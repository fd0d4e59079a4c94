"""How many rows a legend takes above a chart, and how long its names may be so that it takes no more than a few."""

from __future__ import annotations

from collections.abc import Sequence

from cs_kpi.charts.words import width_em
from cs_kpi.export.plot import CHAR_ROOM, PT

KEY_PT = 12
MOST_ROWS = 3
ENTRY_EM = 3.0
"""Of the mark before a name and the gap behind it."""
UNIT_EM = 4.0
"""Left free at both ends, for the unit above the axis."""


def name_room(names: Sequence[str], width: int, pt: int) -> float:
    """How wide a name may be, in font sizes. PowerPoint and LibreOffice give every entry the room of the widest."""
    per_row = -(-len(names) // MOST_ROWS)
    return max(_room(width, pt) / per_row - ENTRY_EM, 3.0)


def legend_rows(names: Sequence[str], width: int, pt: int) -> int:
    return -(-len(names) // per_row(names, width, pt))


def per_row(names: Sequence[str], width: int, pt: int) -> int:
    """How many entries stand in a row."""
    return max(int(_room(width, pt) / (max(map(width_em, names), default=1.0) + ENTRY_EM)), 1)


def _room(width: int, pt: int) -> float:
    return width / PT / pt / CHAR_ROOM - 2 * UNIT_EM
