"""Names on slides: broken into lines where they are wide, and cut where even that is too little.

Neither PowerPoint nor LibreOffice can be left to do it: the one breaks words anywhere, the other presses the whole
chart together to make room. What is cut stands whole in the chart's workbook and in the speaker notes.
"""

from __future__ import annotations

from collections.abc import Sequence

from cs_kpi.charts.words import cut, width_em, wrapped
from cs_kpi.locale.names import unique

TAIL = 0.35
"""The share of a name cut in its middle that its end gets: numbers and branches of a company stand there."""
STEP_EM = 0.5


def shortened(names: Sequence[str], limit_em: float) -> list[str]:
    """The names cut to `limit_em`, each still one of its own: those that begin alike are cut in their middle.

    >>> shortened(["東日本商事 一課", "東日本商事 二課", "西"], 6)
    ['東日本…一課', '東日本…二課', '西']
    """
    at_end = [cut(name, limit_em) for name in names]
    alike = {short for short in at_end if len({n for n, s in zip(names, at_end, strict=True) if s == short}) > 1}
    return unique([_inside(name, limit_em) if short in alike else short
                   for name, short in zip(names, at_end, strict=True)])


def _inside(name: str, limit_em: float) -> str:
    """The name without its middle."""
    tail = max(round(len(name) * 0.1), 1)
    while tail < len(name) and width_em(name[-tail - 1:]) <= TAIL * limit_em + 1:
        tail += 1
    end = name[-tail:].lstrip()
    return cut(name[:-tail], max(limit_em - width_em(end), 2.0)).rstrip("…") + "…" + end


def within(names: Sequence[str], line_em: float, lines: int) -> list[str]:
    """The names in at most `lines` lines of `line_em`, line breaks inside; cut where they take more.

    >>> within(["new and churn", "new"], 6, 2)
    ['new and\\nchurn', 'new']
    """
    if all(fits(name, line_em, lines) for name in names):
        return ["\n".join(wrapped(name, line_em)) for name in names]
    limit = line_em * lines
    found = shortened(names, limit)
    while limit > 2.0 and not all(fits(name, line_em, lines) for name in found):
        limit -= STEP_EM
        found = shortened(names, limit)
    return ["\n".join(wrapped(name, line_em)) for name in found]


def fits(name: str, line_em: float, lines: int) -> bool:
    broken = wrapped(name, line_em)
    return len(broken) <= lines and max(map(width_em, broken)) <= line_em


def is_cut(names: Sequence[str], shown: Sequence[str]) -> bool:
    """Whether any of the names is shown with less than all of it."""
    return any("…" in short and "".join(short.split()) != "".join(name.split())
               for name, short in zip(names, shown, strict=False))
