"""A chart in words, for readers who do not see it: screen readers, and the alt text of slides."""

from __future__ import annotations

from cs_kpi.charts.amounts import amount, is_signed
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
    said = [_described(figure, series, names, language, money_unit) for series in figure.series[:DESCRIBED_UP_TO]]
    if figure.kind == "waterfall" and figure.series:
        said = [_steps(figure, names, language, money_unit)]
    subtitle = [_sentence(plain(figure.subtitle, language), language)] if figure.subtitle else []
    return ("" if language == "ja" else " ").join([head.text(language), *subtitle, span.text(language), *said])


def _sentence(words: str, language: Language) -> str:
    return words if words.endswith((".", "。", "!", "?")) else words + ("。" if language == "ja" else ".")


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


def _steps(figure: Figure, names: list[str], language: Language, money_unit: MoneyUnit) -> str:
    amounts = (amount(figure, value, language, money_unit, signed=is_signed(figure, i))
               for i, value in enumerate(figure.series[0].values))
    steps = [f"{name} {amount}" for name, amount in zip(names, amounts, strict=True)]
    return _sentence(("、" if language == "ja" else ", ").join(steps), language)
