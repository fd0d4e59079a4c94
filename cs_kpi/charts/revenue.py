"""The figures of contracts: a KPI over time, the five movements, the bridge of one period, layers by start year."""

from __future__ import annotations

from collections.abc import Sequence

from cs_kpi.book import Book
from cs_kpi.charts.figure import Figure, Role, Series
from cs_kpi.kpi.cards import series
from cs_kpi.kpi.readings import Reading, Segment, readings, segment_name
from cs_kpi.kpi.registry import KPIS
from cs_kpi.locale import Language, Message, _
from cs_kpi.locale.formats import Unit, formatted
from cs_kpi.periods import Period

MOVEMENTS: dict[str, Role] = {"new_mrr": "new", "expansion_mrr": "expansion", "reactivation_mrr": "reactivation",
                              "contraction_mrr": "contraction", "churn_mrr": "churn"}
LOSSES = ("contraction_mrr", "churn_mrr")
LINE_ROLES: tuple[Role, ...] = ("accent", "second", "neutral")
MOST_LAYERS = 10


def span_label(run: Sequence[Period], language: Language) -> str:
    """What a title says of its periods: 2024年1月〜2024年12月, or the one period."""
    first, last = run[0].label(language), run[-1].label(language)
    if len(run) == 1:
        return last
    return f"{first}〜{last}" if language == "ja" else f"{first} – {last}"


def trend(book: Book, kpis: Sequence[str], run: Sequence[Period], language: Language,
          segment: Segment | None = None, title: Message | None = None) -> Figure:
    """One line per KPI over a run of periods; the interval is drawn where there is one line."""
    found = series(book, run, kpis, segment)
    with_band = len(kpis) == 1 and KPIS[kpis[0]].is_rate
    lines = tuple(_line(KPIS[name].label, found[name], role, with_band)
                  for name, role in zip(kpis, LINE_ROLES, strict=False))
    named = title or KPIS[kpis[0]].label
    return _figure(book, "-".join(kpis), "line", named, run, lines, KPIS[kpis[0]].unit, found[kpis[0]], language,
                   segment, subtitle=_change(found[kpis[0]], kpis[0], language, book), defines=kpis)


def _line(name: Message | str, found: Sequence[Reading], role: Role, with_band: bool = False) -> Series:
    values = tuple(reading.value for reading in found)
    if not with_band:
        return Series(name, values, role)
    return Series(name, values, role, tuple(r.low for r in found), tuple(r.high for r in found))


def movement_bars(book: Book, run: Sequence[Period], language: Language, segment: Segment | None = None) -> Figure:
    """The five movements of each period, gains above zero and losses below."""
    found = series(book, run, [*MOVEMENTS, "net_new_mrr"], segment)
    bars = tuple(Series(KPIS[name].label, tuple(_signed(name, reading) for reading in found[name]), role)
                 for name, role in MOVEMENTS.items())
    return _figure(book, "movements", "stacked_bars", _("MRR movements"), run, bars, "money", found["new_mrr"],
                   language, segment, subtitle=_gains(found, book, language), defines=["net_new_mrr"])


def _signed(name: str, reading: Reading) -> float | None:
    return None if reading.value is None else -reading.value if name in LOSSES else reading.value


def _gains(found: dict[str, list[Reading]], book: Book, language: Language) -> Message | None:
    """How much came in and went out over the run, where every movement is known."""
    total = {name: sum(r.value for r in found[name] if r.value is not None) for name in MOVEMENTS}
    if not any(total.values()):
        return None
    won = sum(value for name, value in total.items() if name not in LOSSES)
    lost = sum(total[name] for name in LOSSES)
    return _("Won {won}, lost {lost}", won=_money(won, book, language), lost=_money(lost, book, language))


def bridge(book: Book, period: Period, language: Language, segment: Segment | None = None) -> Figure:
    """The waterfall from a period's opening MRR over the movements to its closing MRR."""
    found = {name: run[-1] for name, run in series(book, [period], ["mrr", "nrr", *MOVEMENTS], segment).items()}
    signed = {name: _signed(name, found[name]) for name in MOVEMENTS}
    closing = found["mrr"].value
    known = None not in (*signed.values(), closing)
    opening = closing - sum(value or 0.0 for value in signed.values()) if known and closing is not None else None
    steps = {_("Opening").text(language): (opening, "total"),
             **{KPIS[name].label.text(language): (signed[name], role) for name, role in MOVEMENTS.items()},
             _("Closing").text(language): (closing, "total")}
    bars = (Series(_("MRR"), tuple(value for value, _role in steps.values())),)
    figure = _figure(book, "bridge", "waterfall", _("From opening to closing MRR"), [period], bars, "money",
                     [found["mrr"]], language, segment, defines=["net_new_mrr"])
    return Figure(figure.id, figure.kind, figure.title, tuple(steps), figure.series, "money", figure.footnote,
                  _net(opening, closing, book, language), figure.period, book.currency,
                  frozenset({len(steps) - 1}) if figure.incomplete else frozenset(),
                  tuple(role for _value, role in steps.values()))  # type: ignore[misc]


def _net(opening: float | None, closing: float | None, book: Book, language: Language) -> Message | None:
    if opening is None or closing is None:
        return None
    change = formatted(closing - opening, "money", language, currency=book.currency, signed=True)
    if not opening:
        return _("Net {change}", change=change)
    share = formatted(closing / opening - 1, "share", language, signed=True)
    return _("Net {change} ({share})", change=change, share=share)


def layers(book: Book, run: Sequence[Period], language: Language, segment: Segment | None = None) -> Figure:
    """MRR by the year in which the customer started, the earliest year at the bottom."""
    found: dict[str | None, dict[str, float]] = {}
    for reading in readings(book, run, ["mrr"], by="start_year", within=segment):
        if reading.segment and reading.value is not None:
            found.setdefault(reading.segment.value, {})[reading.period.id] = reading.value
    years = sorted(found, key=lambda year: (year is not None, year or ""))
    kept = years[-MOST_LAYERS:]
    bands = [Series(_layer_name(year, language), tuple(found[year].get(p.id, 0.0) for p in run), "layer")
             for year in kept]
    if older := years[:-MOST_LAYERS]:
        sums = tuple(sum(found[year].get(p.id, 0.0) for year in older) for p in run)
        bands.insert(0, Series(_("Earlier"), sums, "layer"))
    whole = series(book, run, ["mrr"], segment)["mrr"]
    return _figure(book, "layers", "stacked_area", _("MRR by start year"), run, tuple(bands), "money", whole, language,
                   segment, defines=["mrr"])


def _layer_name(year: str | None, language: Language) -> Message | str:
    if year is None:
        return segment_name(Segment("start_year", None))
    number = year.removeprefix("FY")
    return _("FY{year}", year=number) if year != number else _("Year {year}", year=number)


def _figure(book: Book, id: str, kind: str, title: Message, run: Sequence[Period], lines: tuple[Series, ...],
            unit: Unit, found: Sequence[Reading], language: Language, segment: Segment | None, *,
            subtitle: Message | None = None, defines: Sequence[str] = ()) -> Figure:
    period = span_label(run, language)
    named = _("{title}, {period}", title=title, period=period)
    if segment is not None:
        named = _("{title}, {period} ({segment})", title=title, period=period, segment=segment_name(segment))
    incomplete = frozenset(i for i, reading in enumerate(found) if reading.status == "incomplete")
    return Figure(id, kind, named, tuple(p.label(language) for p in run), lines, unit,  # type: ignore[arg-type]
                  _footnote(book, found, defines), subtitle, period, book.currency, incomplete)


def _footnote(book: Book, found: Sequence[Reading], defines: Sequence[str]) -> Message:
    """The definitions, how many customers stand behind the last number, and up to when the data speaks."""
    words = [_("{kpi}: {definition}", kpi=KPIS[name].label, definition=KPIS[name].definition) for name in defines]
    return _("{definitions} n = {n} (latest period). Data up to {day}.", definitions=_joined(words),
             n=found[-1].n if found else 0, day=book.as_of or "")


def _joined(words: Sequence[Message]) -> Message:
    joined = words[0]
    for word in words[1:]:
        joined = _("{first} {second}", first=joined, second=word)
    return joined


def _change(found: Sequence[Reading], kpi_id: str, language: Language, book: Book) -> Message | None:
    """From the first to the last value of a run, in words."""
    known = [reading for reading in found if reading.value is not None and reading.status != "incomplete"]
    if len(known) < 2 or known[0].value is None or known[-1].value is None:
        return None
    unit = KPIS[kpi_id].unit
    first, last = (formatted(r.value, unit, language, currency=book.currency) for r in (known[0], known[-1]))
    if unit == "money" and known[0].value > 0:
        share = formatted(known[-1].value / known[0].value - 1, "share", language, signed=True)
        return _("{first} → {last} ({share})", first=first, last=last, share=share)
    return _("{first} → {last}", first=first, last=last)


def _money(value: float, book: Book, language: Language) -> str:
    return formatted(value, "money", language, currency=book.currency)
