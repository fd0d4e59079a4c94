"""What a sheet says sideways beside its fields: a column per month of use, per milestone, per further answer."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from cs_kpi.errors import DataError
from cs_kpi.ingest import milestone_columns, score_columns, score_periods
from cs_kpi.ingest.by_months import month_columns
from cs_kpi.ingest.by_months.month_columns import ANY_YEAR
from cs_kpi.ingest.headers import Area, area
from cs_kpi.ingest.matching import Fit, Scores, assignment
from cs_kpi.ingest.month_names import measure_of, month_headers, months_of
from cs_kpi.ingest.month_years import YearLabel
from cs_kpi.ingest.naming.vocabulary import Place
from cs_kpi.ingest.records import Measure, Sheet, SheetMapping, SurveyKind
from cs_kpi.locale import Message, _

MONTH_PLACES: dict[str, Measure] = {"months.mrr": "subscriptions.mrr", "months.count": "usage.count",
                                    "months.minutes": "usage.minutes",
                                    "months.seats": "subscriptions.seats"}
SCORE_PLACES: dict[str, SurveyKind] = {"scores.nps": "nps", "scores.csat": "csat"}
MILESTONE = "milestones"
"""Given to `corrections.corrected` for a column of a month, an answer or a milestone."""
PLACES = (*MONTH_PLACES, *SCORE_PLACES, MILESTONE)
LABELS: dict[str, Message] = {
    "months.mrr": _("MRR of a month"), "months.count": _("Count in a month"),
    "months.minutes": _("Minutes in a month"), "months.seats": _("Seats in a month"),
    "scores.nps": _("NPS answer"), "scores.csat": _("CSAT answer"),
    MILESTONE: _("Milestone of its own")}
HEAD_ROWS = 200
CARRIED = {"usage": ("customer_id", "subscription_id", "user_id", "feature"), "milestones": ("customer_id",),
           "surveys": ("customer_id", "answered_on", "comment", "respondent")}
"""Fields that a row read sideways has beside its own."""


@dataclass(frozen=True, slots=True)
class Wide:
    """Columns that no field may claim, since they are read sideways. `months` : header -> month and measure"""

    months: Mapping[str, tuple[str, Measure]] = field(default_factory=dict)
    milestones: Mapping[str, str] = field(default_factory=dict)
    scores: Mapping[str, SurveyKind] = field(default_factory=dict)

    @property
    def tables(self) -> tuple[str, ...]:
        of_use = any(measure != "subscriptions.seats" for _month, measure in self.months.values())
        fed = {"usage": of_use, "milestones": bool(self.milestones), "surveys": bool(self.scores)}
        return tuple(table for table, is_fed in fed.items() if is_fed)


def wide(sheet: Sheet, table: Area, found: Scores) -> Wide:
    """Months of use and of seats, milestones, and scores of periods of a sheet that names its customers."""
    keys = assignment(found, ["usage"]).keys() & {Place("usage", "customer_id"), Place("usage", "subscription_id")}
    seats = month_columns.of_seats(sheet, table, found)
    months = seats | (month_columns.of_use(sheet, table) if keys else {})
    answers = {header: kind for header, kind in score_periods.of_periods(sheet, table).items() if header not in months}
    return Wide(months, milestone_columns.milestones(sheet, table, found), answers if _names_customers(found) else {})


def _names_customers(found: Scores) -> bool:
    return Place("surveys", "customer_id") in assignment(found, ["surveys"])


def rest(found: Scores, aside: Wide) -> Scores:
    """The scores of the other columns."""
    return {header: rated for header, rated in found.items()
            if header not in aside.months and header not in aside.milestones and header not in aside.scores}


def with_wide(mapping: SheetMapping, sheet: Sheet, table: Area, found: Scores, aside: Wide) -> SheetMapping:
    """The mapping with what stands sideways: its columns, and the fields that its rows carry."""
    fits = _fits(mapping, found, aside)
    spare = mapping.attributes if mapping.columns else table.headers
    columns = {**mapping.columns, **{str(place): fit.header for place, fit in fits.items()}}
    further = score_columns.further(sheet, table, found, columns.values()) if "surveys.score" in columns else {}
    scores = {**aside.scores, **{header: kind for header, kind in further.items() if header not in aside.scores}}
    months = {**mapping.months, **{header: month for header, (month, _measure) in aside.months.items()}}
    taken = {*columns.values(), *months, *aside.milestones, *scores}
    totals = month_columns.left_out(table.headers, months) if aside.months else []
    return mapping.model_copy(update={
        "columns": columns, "months": months, "scores": scores, "milestones": dict(aside.milestones),
        "months_of": {header: measure for header, (_month, measure) in aside.months.items()},
        "attributes": tuple(header for header in spare if header not in {*taken, *totals}) if columns else (),
        "confidence": mapping.confidence | {str(place): round(min(fit.score, 1.0), 3) for place, fit in fits.items()},
        "shape": "monthly_wide" if aside.months and mapping.shape in (None, "rows") else
        "rows" if columns and mapping.shape is None else mapping.shape})


def _fits(mapping: SheetMapping, found: Scores, aside: Wide) -> dict[Place, Fit]:
    """The customer of what is read sideways, as in the other tables of the sheet, and what use has of its own; all
    are customers, also those for whom nothing stands there."""
    used = set(mapping.columns.values())
    known = next((header for place, header in mapping.columns.items() if place.endswith(".customer_id")), None)
    fits: dict[Place, Fit] = {}
    for name in aside.tables:
        best = assignment(found, [name])
        for field_name in CARRIED[name]:
            place = Place(name, field_name)
            if field_name == "customer_id" and known is not None:
                fits[place] = Fit(known, next(score for at, score in mapping.confidence.items()
                                              if mapping.columns.get(at) == known))
            elif place in best and best[place].header not in used:
                fits[place] = best[place]
    listed = Place("customers", "customer_id")
    keys = [fit for place, fit in fits.items() if place.field == "customer_id"]
    everyone = {listed: keys[0]} if keys and "customers" not in mapping.tables else {}
    return everyone | {place: fit for place, fit in fits.items() if str(place) not in mapping.columns}


def corrected(mapping: SheetMapping, header: str, place: str, month: str | None) -> SheetMapping:
    """The mapping with a header read sideways. See `corrections.corrected`."""
    if place in MONTH_PLACES:
        month = month or month_of(header)
        if month is None:
            raise DataError(_("Column '{column}' does not say which month it holds. Enter its month, such as 2024-04.",
                              column=header))
        measure = MONTH_PLACES[place]
        told = {} if measure == "subscriptions.mrr" else {header: measure}
        shape = "monthly_wide" if measure == "subscriptions.mrr" else mapping.shape
        return mapping.model_copy(update={"months": {**mapping.months, header: month}, "shape": shape,
                                          "months_of": {**mapping.months_of, **told}})
    if place in SCORE_PLACES:
        return mapping.model_copy(update={"scores": {**mapping.scores, header: SCORE_PLACES[place]}})
    name = milestone_columns.named([*mapping.milestones, header])[header]
    return mapping.model_copy(update={"milestones": {**mapping.milestones, header: name}})


def without(mapping: SheetMapping, header: str) -> SheetMapping:
    """The mapping in which a header is not read sideways any more."""
    return mapping.model_copy(update={part: {name: told for name, told in getattr(mapping, part).items()
                                             if name != header}
                                      for part in ("months", "months_of", "milestones", "scores")})


def place_of(mapping: SheetMapping, header: str) -> str | None:
    """Which of the places above stands for what a header is read as sideways."""
    if header in mapping.months:
        measure = mapping.months_of.get(header, "subscriptions.mrr")
        return next(place for place, meant in MONTH_PLACES.items() if meant == measure)
    if header in mapping.scores:
        return next(place for place, kind in SCORE_PLACES.items() if kind == mapping.scores[header])
    return MILESTONE if header in mapping.milestones else None


def table_of(place: str) -> str:
    """The table that a place for columns feeds."""
    return MONTH_PLACES[place].split(".")[0] if place in MONTH_PLACES else "surveys" if place in SCORE_PLACES \
        else "milestones"


def month_of(text: str, told: YearLabel | None = None) -> str | None:
    """The month that a header names, as 2024-01; `told` is the year of one that stands without it."""
    return month_headers([text], told).get(text)


def month_named(sheet: Sheet, mapping: SheetMapping, header: str) -> str | None:
    """The month of a header of a sheet, by its own words and the year that the table tells."""
    table = area(replace(sheet, cells=sheet.cells.head(HEAD_ROWS)), mapping.header_row, mapping.header_levels)
    return month_of(header, table.year_label)


def says_no_month(header: str) -> bool:
    """Whether a header names no month, not even one without its year."""
    return month_of(header, ANY_YEAR) is None


def described(mapping: SheetMapping) -> list[tuple[tuple[str, ...], str, str]]:
    """Headers, place and more to say of what is read sideways; the columns of the months of one measure together."""
    rows: list[tuple[tuple[str, ...], str, str]] = []
    for place, measure in MONTH_PLACES.items():
        if months := mapping.months_with(measure):
            ordered = tuple(sorted(months, key=months.__getitem__))
            ends = dict.fromkeys((months[ordered[0]], months[ordered[-1]]))
            rows.append((ordered, place, " – ".join(ends)))
    rows += [((header,), MILESTONE, name) for header, name in mapping.milestones.items()]
    return rows + [((header,), f"scores.{kind}", "") for header, kind in mapping.scores.items()]


def months_following(mapping: SheetMapping, table: Area, known: Collection[str]
                     ) -> tuple[dict[str, str], dict[str, Measure]]:
    """Months and measures of headers that are not known yet and follow the months of a mapping, in the measure that
    they name, or else the one of all the others."""
    measures = {mapping.months_of.get(header, "subscriptions.mrr") for header in mapping.months}
    usual: Measure = next(iter(measures)) if len(measures) == 1 else "subscriptions.mrr"
    months: dict[str, str] = {}
    told: dict[str, Measure] = {}
    for header, month in months_of(table.headers, table.year_label, usual).items() if measures else ():
        measure = measure_of(header) or usual
        if header not in known and month > max(mapping.months_with(measure).values(), default="9999-99"):
            months[header] = month
            told |= {} if measure == "subscriptions.mrr" else {header: measure}
    return months, told
