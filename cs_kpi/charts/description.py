"""A chart in words, for readers who do not see it: screen readers, and the alt text of slides."""

from __future__ import annotations

from collections.abc import Callable

from cs_kpi.charts.amounts import amount, bullet_amounts, is_signed, status_text
from cs_kpi.charts.density import points
from cs_kpi.charts.figure import ChartKind, Figure, Series
from cs_kpi.charts.geometry import valid
from cs_kpi.charts.words import marked_names, plain
from cs_kpi.locale import Language, Message, _
from cs_kpi.settings import MoneyUnit

KIND: dict[ChartKind, Message] = {
    "line": _("Line chart"), "stacked_bars": _("Stacked bar chart"), "stacked_area": _("Stacked area chart"),
    "waterfall": _("Waterfall chart"), "grouped_bars": _("Bar chart"), "ranked_bars": _("Ranking as bars"),
    "heatmap": _("Heatmap"), "survival": _("Survival curves"), "scatter": _("Scatter chart"),
    "fan": _("Projection with ranges"), "bullet": _("Actual against target")}
DESCRIBED_UP_TO = 12


def alt_text(figure: Figure, language: Language, money_unit: MoneyUnit = "one") -> str:
    """Title, kind, what stands on the axis, and every series from its first to its last value."""
    names = marked_names(figure, language)
    head = _("{kind}: {title}.", kind=KIND[figure.kind], title=plain(figure.title, language))
    span = (_("{count} items from {first} to {last}.", count=len(names), first=names[0], last=names[-1])
            if names else _("No data."))
    said = _SAID.get(figure.kind, _runs)(figure, names, language, money_unit)
    subtitle = [_sentence(plain(figure.subtitle, language), language)] if figure.subtitle else []
    return ("" if language == "ja" else " ").join([head.text(language), *subtitle, span.text(language), *said])


def _sentence(words: str, language: Language) -> str:
    return words if words.endswith((".", "。", "!", "?")) else words + ("。" if language == "ja" else ".")


def _runs(figure: Figure, names: list[str], language: Language, money_unit: MoneyUnit) -> list[str]:
    """Every series from its first to its last value."""
    return [_described(figure, series, names, language, money_unit) for series in figure.series[:DESCRIBED_UP_TO]]


def _described(figure: Figure, series: Series, names: list[str], language: Language, money_unit: MoneyUnit) -> str:
    known = [(name, value) for name, value in zip(names, map(valid, series.values), strict=True) if value is not None]
    name = plain(series.name, language)
    if not known:
        return _("{name}: no value.", name=name).text(language)

    def said(pair: tuple[str, float]) -> str:
        return f"{amount(figure, pair[1], language, money_unit)} ({pair[0]})"

    by_value = sorted(known, key=lambda pair: pair[1])
    return _("{name}: first {first}, last {last}, lowest {low}, highest {high}.", name=name, first=said(known[0]),
             last=said(known[-1]), low=said(by_value[0]), high=said(by_value[-1])).text(language)


def _steps(figure: Figure, names: list[str], language: Language, money_unit: MoneyUnit) -> list[str]:
    """Every category with its amount; of stacked bars the sum."""
    shown = range(min(len(names), len(names) if figure.kind == "waterfall" else DESCRIBED_UP_TO))
    steps = []
    for i in shown if figure.series else ():
        known = [value for value in (valid(series.values[i]) for series in figure.series) if value is not None]
        said = amount(figure, sum(known) if known else None, language, money_unit, signed=is_signed(figure, i))
        steps.append(f"{names[i]} {said}")
    return [_sentence(("、" if language == "ja" else ", ").join(steps), language)] if steps else []


def _rows(figure: Figure, names: list[str], language: Language, money_unit: MoneyUnit) -> list[str]:
    """Every row of a bullet: actual and target, and the word."""
    words = [status_text(figure, i, language) for i in range(len(names))]
    amounts = [bullet_amounts(figure, i, language, money_unit) for i in range(len(names))]
    steps = [f"{name} {said}" + (f" ({word})" if word else "")
             for name, said, word in zip(names, amounts, words, strict=True)][:DESCRIBED_UP_TO]
    return [_sentence(("、" if language == "ja" else ", ").join(steps), language)] if steps else []


def _groups(figure: Figure, names: list[str], language: Language, money_unit: MoneyUnit) -> list[str]:
    """How many points each group of a scatter has, and between which values they lie."""
    said = []
    for n, series in enumerate(figure.series):
        here = [dot.y for dot in points(figure) if dot.series == n]
        name = plain(series.name, language)
        low, high = (amount(figure, pick(here), language, money_unit) if here else "" for pick in (min, max))
        said.append(_("{name}: {count} points from {low} to {high}.", name=name, count=len(here), low=low,
                      high=high).text(language) if here else _("{name}: no value.", name=name).text(language))
    return said


_SAID: dict[ChartKind, Callable[[Figure, list[str], Language, MoneyUnit], list[str]]] = {
    "waterfall": _steps, "ranked_bars": _steps, "bullet": _rows, "scatter": _groups}
