"""The figures of contracts: a KPI over time, the five movements, the bridge of one period, layers by start year."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from cs_kpi.book import Book
from cs_kpi.charts.figure import ChartKind, Figure, Role, Series
from cs_kpi.kpi.conventions import CONVENTIONS
from cs_kpi.kpi.declarations import KPIS
from cs_kpi.kpi.movement_table import LINES, movement_table
from cs_kpi.kpi.readings import Reading, Segment, readings, segment_name, series
from cs_kpi.kpi.registry import DEFAULT_CONVENTION, Kpi, chosen
from cs_kpi.locale import Language, Message, _
from cs_kpi.locale.formats import Unit, formatted
from cs_kpi.periods import Period
from cs_kpi.settings import MoneyUnit

ROLES: dict[str, Role] = {"new": "new", "expansion": "expansion", "reactivation": "reactivation",
                          "contraction": "contraction", "churn": "churn"}
"""The movements in the order in which they are drawn, gains first."""
LOSSES = ("contraction", "churn")
MOVED = _("Moved between segments")
LINE_ROLES: tuple[Role, ...] = ("accent", "second", "neutral")
MOST_LAYERS = 10


def span_label(run: Sequence[Period], language: Language) -> str:
    """What a title says of its periods: 2024年1月〜2024年12月, or the one period."""
    first, last = run[0].label(language), run[-1].label(language)
    if len(run) == 1:
        return last
    return f"{first}〜{last}" if language == "ja" else f"{first} – {last}"


def trend(book: Book, kpis: Sequence[str], run: Sequence[Period], language: Language,
          segment: Segment | None = None, title: Message | None = None, money_unit: MoneyUnit = "one") -> Figure:
    """One line per KPI over a run of periods; the interval is drawn where there is one line."""
    found = series(book, run, kpis, segment)
    first = chosen(kpis[0], book.settings)
    with_band = len(kpis) == 1 and first.is_rate
    lines = tuple(_line(KPIS[name].label, found[name], role, with_band)
                  for name, role in zip(kpis, LINE_ROLES, strict=False))
    pen = _Pen(book, language, money_unit)
    return _figure(pen, "-".join(kpis), "line", title or first.label, run, lines, first.unit,
                   found[kpis[0]], segment, subtitle=_change(found[kpis[0]], first, pen, is_named=len(kpis) > 1),
                   defines=kpis)


def _line(name: Message | str, found: Sequence[Reading], role: Role, with_band: bool = False) -> Series:
    values = tuple(reading.value for reading in found)
    if not with_band:
        return Series(name, values, role)
    return Series(name, values, role, tuple(r.low for r in found), tuple(r.high for r in found))


def movement_bars(book: Book, run: Sequence[Period], language: Language, segment: Segment | None = None,
                  money_unit: MoneyUnit = "one") -> Figure:
    """The movements of each period, gains above zero and losses below; of a segment, also what moved into it."""
    steps = [_signed(lines) for lines in _lines(book, run, segment)]
    bars = [Series(_step_label(name), tuple(step[name] for step in steps), role) for name, role in ROLES.items()]
    if segment is not None:
        bars.append(Series(MOVED, tuple(step["moved"] for step in steps), "neutral"))
    pen = _Pen(book, language, money_unit)
    return _figure(pen, "movements", "stacked_bars", _("MRR movements"), run, tuple(bars), "money",
                   series(book, run, ["net_new_mrr"], segment)["net_new_mrr"], segment, subtitle=_gains(steps, pen),
                   defines=["net_new_mrr"])


def _lines(book: Book, run: Sequence[Period], segment: Segment | None) -> list[dict[str, float]]:
    """The movement table's row of each period; all zero where a segment has nobody."""
    table = movement_table(book, run, segment.field if segment else None)
    named = segment.value if segment else None
    found = {row["period"]: row for row in table.to_dict("records") if row["segment"] == named}
    return [found.get(period, dict.fromkeys(LINES, 0.0)) for period in run]


def _signed(lines: Mapping[str, float]) -> dict[str, float | None]:
    """What each line adds to the MRR; None where it is not known."""
    return {name: None if math.isnan(lines[name]) else 0.0 - lines[name] if name in LOSSES else lines[name]
            for name in LINES}


def _step_label(name: str) -> Message:
    return MOVED if name == "moved" else KPIS[f"{name}_mrr"].label


def _gains(steps: Sequence[Mapping[str, float | None]], pen: _Pen) -> Message | None:
    """How much came in and went out over the run, where anything moved."""
    total = {name: sum(step[name] or 0.0 for step in steps) for name in ROLES}
    if not any(total.values()):
        return None
    won = sum(value for name, value in total.items() if name not in LOSSES)
    lost = -sum(total[name] for name in LOSSES)
    return _("Won {won}, lost {lost}", won=pen.money(won), lost=pen.money(lost))


def bridge(book: Book, period: Period, language: Language, segment: Segment | None = None,
           money_unit: MoneyUnit = "one") -> Figure:
    """The waterfall from a period's opening MRR over the movements to its closing MRR; of a list without dates over
    what it tells of them."""
    pen = _Pen(book, language, money_unit)
    step = _signed(_lines(book, [period], segment)[0])
    told = {name: role for name, role in ROLES.items() if not book.is_snapshot or name == "churn" or step[name]}
    roles: dict[str, Role] = told | ({"moved": "neutral"} if segment and not book.is_snapshot else {})
    names = {name: _step_label(name).text(language) for name in roles}
    figure = _figure(pen, "bridge", "waterfall", _("From opening to closing MRR"), [period],
                     (Series(_("MRR"), (step["opening"], *(step[name] for name in roles), step["closing"])),), "money",
                     series(book, [period], ["mrr"], segment)["mrr"], segment, subtitle=_net(step, pen),
                     defines=["net_new_mrr"])
    categories = (_("Opening MRR").text(language), *names.values(), _("Closing MRR").text(language))
    return replace(figure, categories=categories, roles=("total", *roles.values(), "total"),
                   incomplete=frozenset({len(categories) - 1}) if figure.incomplete else frozenset())


def _net(step: Mapping[str, float | None], pen: _Pen) -> Message | None:
    opening, closing = step["opening"], step["closing"]
    if opening is None or closing is None:
        return None
    change = pen.money(closing - opening, signed=True)
    if not opening:
        return _("Net {change}", change=change)
    share = formatted(closing / opening - 1, "share", pen.language, signed=True)
    return _("Net {change} ({share})", change=change, share=share)


def layers(book: Book, run: Sequence[Period], language: Language, segment: Segment | None = None) -> Figure:
    """MRR by the year in which the customer started, the earliest year at the bottom."""
    found: dict[str | None, dict[str, float]] = {}
    for reading in readings(book, run, ["mrr"], by="start_year", within=segment):
        if reading.segment and reading.value is not None:
            found.setdefault(reading.segment.value, {})[reading.period.id] = reading.value
    paying = [year for year, values in found.items() if any(values.values())]  # none of those that start after the run
    years = sorted(paying or found, key=lambda year: (year is not None, year or ""))
    kept = years[-MOST_LAYERS:]
    bands = [Series(segment_name(Segment("start_year", year)), tuple(found[year].get(p.id, 0.0) for p in run), "layer")
             for year in kept]
    if older := years[:-MOST_LAYERS]:
        sums = tuple(sum(found[year].get(p.id, 0.0) for year in older) for p in run)
        bands.insert(0, Series(_("Earlier"), sums, "layer"))
    whole = series(book, run, ["mrr"], segment)["mrr"]
    return _figure(_Pen(book, language), "layers", "stacked_area", _("MRR by start year"), run, tuple(bands), "money",
                   whole, segment, defines=["mrr"])



@dataclass(frozen=True, slots=True)
class _Pen:
    """For whom a figure is written: the language and the money unit of its titles."""

    book: Book
    language: Language
    money_unit: MoneyUnit = "one"

    def money(self, value: float, signed: bool = False) -> str:
        return self.number(value, "money", signed)

    def number(self, value: float, unit: Unit, signed: bool = False) -> str:
        return formatted(value, unit, self.language, currency=self.book.currency, money_unit=self.money_unit,
                         signed=signed)


def _figure(pen: _Pen, id: str, kind: ChartKind, title: Message, run: Sequence[Period], lines: tuple[Series, ...],
            unit: Unit, found: Sequence[Reading], segment: Segment | None, *, subtitle: Message | None = None,
            defines: Sequence[str] = ()) -> Figure:
    period = span_label(run, pen.language)
    named = _("{title}, {period}", title=title, period=period)
    if segment is not None:
        named = _("{title} ({segment}), {period}", title=title, period=period, segment=segment_name(segment))
    incomplete = frozenset(i for i, reading in enumerate(found) if reading.status == "incomplete")
    return Figure(id, kind, named, tuple(p.label(pen.language) for p in run), lines, unit,
                  footnote(pen.book, found, defines), subtitle, period, pen.book.currency, incomplete)


def footnote(book: Book, found: Sequence[Reading], defines: Sequence[str]) -> Message:
    """The definitions, how many customers stand behind the last number, and up to when the data speaks."""
    words = [_defined(chosen(name, book.settings)) for name in defines]
    if book.is_snapshot:
        return _("{definitions} n = {n}. A list without dates.", definitions=_joined(words),
                 n=found[-1].n if found else 0)
    return _("{definitions} n = {n} (latest period). Data up to {day}.", definitions=_joined(words),
             n=found[-1].n if found else 0, day=book.as_of or "")


def _defined(kpi: Kpi) -> Message:
    """What a KPI means, and by whose convention where that is not the default."""
    if kpi.convention == DEFAULT_CONVENTION:
        return _("{kpi}: {definition}", kpi=kpi.label, definition=kpi.definition)
    return _("{kpi} ({convention}): {definition}", kpi=kpi.label, convention=CONVENTIONS[kpi.convention],
             definition=kpi.definition)


def _joined(words: Sequence[Message]) -> Message:
    joined = words[0]
    for word in words[1:]:
        joined = _("{first} {second}", first=joined, second=word)
    return joined


def _change(found: Sequence[Reading], kpi: Kpi, pen: _Pen, is_named: bool) -> Message | None:
    """From the first to the last value of a run, in words; with the KPI's name where there are several."""
    known = [reading for reading in found if reading.value is not None and reading.status != "incomplete"]
    if len(known) < 2 or known[0].value is None or known[-1].value is None:
        return None
    unit = kpi.unit
    first, last = (pen.number(value, unit) for value in (known[0].value, known[-1].value))
    if unit == "money" and known[0].value > 0:
        share = formatted(known[-1].value / known[0].value - 1, "share", pen.language, signed=True)
        return _("{first} → {last} ({share})", first=first, last=last, share=share)
    change = _("{first} → {last}", first=first, last=last)
    return _("{kpi}: {definition}", kpi=kpi.label, definition=change) if is_named else change
