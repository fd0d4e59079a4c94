"""KPI readings and the customers behind them, as the command line prints them: tables for people, or JSON."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pandas as pd

from cs_kpi.book import Book
from cs_kpi.console import table
from cs_kpi.kpi import formula
from cs_kpi.kpi.conventions import CONVENTIONS
from cs_kpi.kpi.readings import STATUS_LABELS, Reading, segment_name
from cs_kpi.kpi.registry import DEFAULT_CONVENTION, Kpi, declared
from cs_kpi.locale import Language, _, shown
from cs_kpi.locale.formats import formatted, with_unit


def record(reading: Reading, language: Language) -> dict[str, object]:
    segment = reading.segment
    return {"kpi": reading.kpi, "period": reading.period.id,
            "segment": None if segment is None else {"field": segment.field, "value": segment.value},
            "value": reading.value, "numerator": reading.numerator, "denominator": reading.denominator,
            "n": reading.n, "low": reading.low, "high": reading.high, "status": reading.status,
            "reason": reading.reason.text(language) if reading.reason else None, "convention": reading.convention}


def period_table(found: list[Reading], data: Book, language: Language) -> str:
    """The readings of one period for people; words about the status only where it is not OK."""
    is_cut = any(reading.segment for reading in found)
    header = [_("KPI"), *([_("Segment")] if is_cut else []), _("Value"), _("95% interval"), _("n"), _("Status")]
    rows = []
    for reading in found:
        segment = [shown(segment_name(reading.segment), language) if reading.segment else ""] if is_cut else []
        kpi = declared(reading.kpi, reading.convention)
        low, value, high = (with_unit(number, kpi.unit, language, currency=data.currency)
                            for number in (reading.low, reading.value, reading.high))
        name = kpi.label.text(language)
        if kpi.convention != DEFAULT_CONVENTION:
            name = _("{kpi} ({convention})", kpi=name, convention=CONVENTIONS[kpi.convention]).text(language)
        rows.append([name, *segment, value,
                     "" if reading.low is None else f"≥ {low}" if reading.high is None else f"{low} – {high}",
                     formatted(reading.n, "count", language), _status(reading, language)])
    body = table([word.text(language) for word in header], rows, right=range(1 + is_cut, 4 + is_cut))
    return f"{found[0].period.label(language)}\n{body}"


def _status(reading: Reading, language: Language) -> str:
    if reading.status == "ok":
        return ""
    reason = f": {reading.reason.text(language)}" if reading.reason else ""
    return STATUS_LABELS[reading.status].text(language) + reason


def customer_table(frame: pd.DataFrame, kpi: Kpi, data: Book, language: Language) -> str:
    header = [_("Customer ID").text(language), _("Customer name").text(language),
              *(_capital(formula.words(side, language)) for side in kpi.sides.values())]
    columns = [frame["customer_id"].map(str), frame["customer_name"].map(str)]
    for name, side in kpi.sides.items():
        unit = formula.terms(side)[0].measure.unit
        columns.append(frame[name].map(lambda value, unit=unit: formatted(value, unit, language,
                                                                          currency=data.currency)))
    return table(header, zip(*columns, strict=True), right=range(2, len(columns)))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def as_json(document: object) -> str:
    return json.dumps(_plain(document), ensure_ascii=False, indent=2)


def _plain(value: Any) -> Any:
    """What JSON can hold: numbers of numpy as numbers, days as text, null for what is missing."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if pd.isna(value):
        return None
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    return value.item() if hasattr(value, "item") else value
