"""The figures of the review: targets against actuals, one target over time, KPIs beside the KGI."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cs_kpi.book import Book
from cs_kpi.charts.figure import Figure, Marker, Role, Series, Status
from cs_kpi.charts.revenue import footnote, span_label
from cs_kpi.kpi.declarations import KPIS
from cs_kpi.locale import Language, Message, _
from cs_kpi.targets.goals import Wanted
from cs_kpi.targets.relations import Relation
from cs_kpi.targets.review import Judged, latest, measured, overall
from cs_kpi.targets.review import Status as Stands
from cs_kpi.targets.review_words import STATUS_LABELS, named, titled

ROLES: dict[Stands, Role] = {"met": "good", "on_track": "good", "behind": "watch", "missed": "bad"}
"""The others are neutral."""
BEFORE = 12
"""Periods shown before a target begins."""


def scoreboard(book: Book, targets: Sequence[tuple[Wanted, Sequence[Judged]]], language: Language) -> Figure:
    """Every target against its last judged period, each row as a share of its own target."""
    shown = [(wanted, latest(found), overall(found)) for wanted, found in targets]
    names = tuple(_row(wanted, one).text(language) for wanted, one, _stands in shown)
    counts = {stands: sum(each == stands for _w, _o, each in shown) for stands in STATUS_LABELS}
    said = [_("{status}: {n}", status=STATUS_LABELS[stands], n=n) for stands, n in counts.items() if n]
    return Figure(
        "targets", "bullet", _("Targets and actuals"), names,
        (Series(_("Actual"), tuple(None if one.gap is None else one.reading.value for _w, one, _s in shown)),
         Series(_("Target value"), tuple(one.wanted for _w, one, _s in shown), "neutral")),
        shown[0][0].measured.unit,
        _("Each row shows its last complete period, as a share of its own target. Where the 95% interval holds the "
          "target, met and missed cannot be told apart. Data up to {day}.", day=book.as_of or ""),
        subtitle=Message("{said}", {"said": said}), currency=book.currency, category_title=_("KPI"),
        statuses=tuple(Status(STATUS_LABELS[stands], ROLES.get(stands, "neutral"), wanted.measured.unit)
                       for wanted, _o, stands in shown))


def _row(wanted: Wanted, one: Judged) -> Message:
    """Its name; and that less is better, where a longer bar is not."""
    name = _("{kpi}, {period}", kpi=titled(wanted), period=named(one.period))
    return name if wanted.measured.better == "up" else _("{row} (lower is better)", row=name)


def course(book: Book, wanted: Wanted, found: Sequence[Judged], language: Language) -> Figure:
    """The KPI over the periods before the target and in it, with its interval, and the target as a second line."""
    kpi, own = wanted.measured, wanted.periods
    before = [own[0].shifted(-back) for back in range(BEFORE, 0, -1)]
    known = [one for one in before if book.first_day and one.end >= book.first_day and book.as_of
             and one.start <= book.as_of]
    actual = [*measured(book, wanted, known), *(one.reading for one in found)]
    has_begun = [reading.value is not None and (place < len(known) or found[place - len(known)].gap is not None)
                 for place, reading in enumerate(actual)]
    run = [*known, *own]

    def values(of: str) -> tuple[float | None, ...]:
        return tuple(getattr(reading, of) if begun else None for reading, begun in zip(actual, has_begun, strict=True))
    low, high = (values("low"), values("high")) if kpi.is_rate else (None, None)
    asked = (None,) * len(known) + tuple(wanted.values)
    return Figure(
        f"target-{wanted.kpi}-{own[0].id}", "line",
        _("{title}, {period}", title=titled(wanted), period=span_label(run, language)),
        tuple(period.label(language) for period in run),
        (Series(_("Actual"), values("value"), "accent", low, high), Series(_("Target value"), asked, "second")),
        kpi.unit,
        footnote(book, [reading for reading, begun in zip(actual, has_begun, strict=True) if begun], [wanted.kpi]),
        _("{status}", status=STATUS_LABELS[overall(found)]), span_label(run, language), book.currency,
        frozenset(place for place, reading in enumerate(actual) if reading.status == "incomplete" and has_begun[place]))


def with_target(figure: Figure, value: float) -> Figure:
    """A KPI's trend with a line where its target is."""
    return replace(figure, references=(*figure.references, Marker(value, _("Target value"))))


def beside_kgi(found: Sequence[Relation], language: Language) -> Figure:
    """The correlation of each KPI with the KGI, with its interval; nothing where none could be computed."""
    known = [(one, one.found) for one in found if one.found is not None and one.verdict != "same"]
    roles: dict[str, Role] = {"with": "accent", "against": "second"}
    kgi = KPIS[found[0].kgi].label
    return Figure(
        "relations", "ranked_bars", _("What moves with {kpi}", kpi=kgi),
        tuple(KPIS[one.kpi].label.text(language) for one, _seen in known),
        (Series(_("Correlation"), tuple(seen.r for _one, seen in known), "accent",
                tuple(seen.low for _one, seen in known), tuple(seen.high for _one, seen in known)),), "ratio",
        _("Rank correlation of changes from month to month, the KPI up to three months before. Above 0: both get "
          "better together. Whiskers: 95% interval. Grey: cannot be told from chance, or weak."),
        roles=tuple(roles.get(one.verdict, "neutral") for one, _seen in known), category_title=_("KPI"))
