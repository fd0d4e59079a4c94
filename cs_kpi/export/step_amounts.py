"""How the amounts of a waterfall stand at its steps: as on the page, shorter in a larger unit, or turned upright.

Amounts of twelve steps in whole yen are wider than the steps of a 4:3 slide. A reader in a meeting has no pointer to
ask with, so the whole chart goes over to a larger unit, which its axis names; only then does the type shrink and turn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from babel.numbers import format_decimal

from cs_kpi.charts.amounts import is_signed, label_amount
from cs_kpi.charts.geometry import Part, parts
from cs_kpi.charts.scale import LABEL_ROOM, nice_axis
from cs_kpi.charts.words import width_em
from cs_kpi.export.canvas import Native, Steps
from cs_kpi.export.plot import PT
from cs_kpi.locale import Language
from cs_kpi.locale.formats import MONEY_SCALE, rounded
from cs_kpi.settings import MoneyUnit

LARGE_PTS, SMALL_PTS, TURNED_PTS = (14, 12), (11, 10), (14, 12, 11, 10, 9, 8)
STEP_ROOM, LINE_ROOM = 1.4, 1.15
GAP_PT = 8
LARGER: dict[Language, tuple[MoneyUnit, ...]] = {"ja": ("ten_thousand", "million"), "en": ("thousand", "million")}
LEAST, WHOLE_FROM = 0.1, 10
"""Of a larger unit: the smallest step that may be written in it, and from which on it has no decimals."""


def stepped(native: Native) -> Native:
    """The waterfall with its steps' amounts, in the unit in which they fit; as it was where they fit in none."""
    found = parts(native.figure)
    forms = list(_forms(native, found))
    for sizes in (LARGE_PTS, SMALL_PTS):
        for one, texts in forms:
            widest = max(map(width_em, texts), default=0.0)
            if size := next((size for size in sizes if widest * size * STEP_ROOM <= _slot(one)), None):
                return replace(one, steps=Steps(texts, size, LABEL_ROOM))
    shortest, texts = min(forms, key=lambda form: max(map(width_em, form[1])))
    return _turned(shortest, found, texts) or native


def _forms(native: Native, found: Sequence[Part]) -> Iterator[tuple[Native, tuple[str, ...]]]:
    """The amounts as on the page, without their unit, and in larger units, which the axis names."""
    figure, language = native.figure, native.language
    signs = [is_signed(figure, part.category) for part in found]
    yield native, tuple(label_amount(figure, part.value, language, native.money_unit, signed=signed)
                        for part, signed in zip(found, signs, strict=True))
    if figure.unit != "money":
        return
    own = MONEY_SCALE[native.money_unit]
    smallest = min((abs(part.value) for part in found if part.value), default=0.0)
    for unit in (native.money_unit, *LARGER[language]):
        scale = MONEY_SCALE[unit]
        if unit == native.money_unit or (scale > own and smallest >= LEAST * scale):
            decimals = 0 if smallest >= WHOLE_FROM * scale or _are_whole(found, scale) else 1
            yield replace(native, money_unit=unit), tuple(_bare(part.value / scale, decimals, language, signed=signed)
                                                          for part, signed in zip(found, signs, strict=True))


def _are_whole(found: Sequence[Part], scale: int) -> bool:
    return all((part.value / scale).is_integer() for part in found)


def _bare(value: float, decimals: int, language: Language, *, signed: bool) -> str:
    number = rounded(value, decimals)
    text = format_decimal(number, "#,##0." + "0" * decimals if decimals else "#,##0", locale=language)
    return "+" + text if signed and number > 0 else text


def _slot(native: Native) -> float:
    """Width of a step, in points."""
    plot = native.plot
    return (plot.right - plot.left) * native.box[2] / PT / max(len(native.figure.categories), 1)


def _turned(native: Native, found: Sequence[Part], texts: tuple[str, ...]) -> Native | None:
    """Upright amounts, with as much of the height kept free as they take; None where even so they touch."""
    size = next((size for size in TURNED_PTS if size * LINE_ROOM <= _slot(native)), None)
    if size is None:
        return None
    plot = native.plot
    long = max(map(width_em, texts)) * size * STEP_ROOM + GAP_PT
    share = min(long * PT / ((plot.bottom - plot.top) * native.box[3]), 0.3)
    low = min([0.0, *(min(part.start, part.end) for part in found)])
    high = max([0.0, *(max(part.start, part.end) for part in found)])
    sides = 1 + (low < 0)
    free = (high - low) * share / (1 - sides * share)
    axis = nice_axis(low - free if low < 0 else low, high + free)
    return replace(native, axis=axis, steps=Steps(texts, size, share, is_turned=True))
