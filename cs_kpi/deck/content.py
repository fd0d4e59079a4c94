"""What one slide shows beside charts: a table of finished words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cs_kpi.charts.figure import Figure, Role
from cs_kpi.locale import Message


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as data; every cell is text as the reader sees it.

    numbers : columns that are aligned to the right; wide : columns of sentences, which get more room and wrap
    roles : (row, column) -> what the colour of a cell's words means, as in charts
    total : how many rows there are in all, where `rows` holds only the first of them
    """

    id: str
    title: Message
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    footnote: Message
    period: str = ""
    subtitle: Message | None = None
    numbers: frozenset[int] = frozenset()
    wide: frozenset[int] = frozenset()
    roles: Mapping[tuple[int, int], Role] = field(default_factory=dict)
    total: int = 0


Content = Figure | Grid
