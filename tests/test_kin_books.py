"""A Book that came of another shares what was made of their tables: it tells exactly what one built anew tells."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from cs_kpi.actions.queue import queue
from cs_kpi.actions.shipped import shipped
from cs_kpi.actions.today import Today
from cs_kpi.binding import written_down
from cs_kpi.book import Book, day_of
from cs_kpi.churn.history import History
from cs_kpi.churn.registry import features
from cs_kpi.customer.rows import Rows
from cs_kpi.exit_reasons import ExitReason
from cs_kpi.health_rules import Component, HealthConfiguration, Rules
from cs_kpi.kpi.readings import readings
from cs_kpi.measures.use import use_log
from cs_kpi.periods import month_start, period_of
from cs_kpi.pulse_notes import PulseNote
from cs_kpi.settings import Settings
from tests import books

AT = dt.datetime(2024, 9, 1, tzinfo=dt.UTC)
SCORE = HealthConfiguration(name="Score", made_on=dt.date(2024, 1, 1), rules=Rules(components=(
    Component(feature="pulse", bad=1, good=5, weight=1), Component(feature="nps_last", bad=0, good=10, weight=1))))
CHANGES: dict[str, list[object]] = {
    "as_of": [None, *books.MONTHS[6::5], *books.LEAP], "data_from": [None, *books.MONTHS[::6]],
    "fiscal_year_start": [1, 4], "renewal_grace_days": [0, 1, 45], "counts_variable": [False, True],
    "tax_included": [False, True], "currency": ["JPY", "USD"], "active_min_count": [1, 3],
    "currency_rates": [{"USD": Decimal(150), "JPY": Decimal("0.01")}, {}], "key_features": [(), ("API",)],
    "cohort_months": [1, 12], "health": [None, SCORE]}
"""Everything of the settings that may change what is made of a table."""


@dataclass(frozen=True)
class State:
    """What is said in the app beside the files."""

    settings: dict[str, object]
    reasons: tuple[ExitReason, ...]
    pulses: tuple[PulseNote, ...]


@st.composite
def states(draw: st.DrawFn) -> list[State]:
    """What the app holds in turn: each time a setting is another one, or one more thing is written down about a
    customer, or about somebody whom no file knows."""
    settings, reasons, pulses = dict[str, object](), list[ExitReason](), list[PulseNote]()
    found = [State({}, (), ())]
    for _change in range(draw(st.integers(2, 4))):
        who, day = draw(st.sampled_from(["C0", "C0", books.STRANGER, "nobody"])), draw(books.days)
        match draw(st.sampled_from(["setting", "reason", "pulse"])):
            case "setting":
                name = draw(st.sampled_from(sorted(CHANGES)))
                settings[name] = draw(st.sampled_from(CHANGES[name]))
            case "reason":
                reasons.append(ExitReason(customer_id=who, cancelled_on=day, reason="Price"))
            case "pulse":
                pulses.append(PulseNote(customer_id=who, date=day, value=draw(st.integers(1, 5)), at=AT))
        found.append(State(dict(settings), tuple(reasons), tuple(pulses)))
    return found


def bound(files: Book, state: State) -> Book:
    """As the app makes it of the files."""
    return written_down(files.under(files.settings.model_copy(update=state.settings)), state.reasons, state.pulses)


def anew(book: Book) -> Book:
    """The same Book from copies of its tables, with nothing shared and nothing known before."""
    return Book({name: frame.copy() for name, frame in book.tables.items()}, book.settings, book.today, book.refused,
                book.months, book.joins, book.notes, book.remarks)


def told(book: Book) -> dict[str, object]:
    """What it says, by every way that something of a table is kept, as text: NaN is like NaN."""
    found: dict[str, object] = {"fingerprint": book.fingerprint, "ids": book.customer_ids.tolist(),
                                "starts": book.start_day.tolist(), "obstacle": str(book.obstacle)}
    found |= {f"codes {name}": book.codes_of(name).tolist() for name, frame in book.tables.items()}
    if "usage" in book.tables:
        log = book.once(use_log)
        found |= {f"log {name}": np.asarray(getattr(log, name)).tolist() for name in log.__dataclass_fields__}
    if book.as_of is None:
        return found
    start = book.settings.fiscal_year_start
    periods = [period_of(kind, day, start) for kind in ("month", "quarter", "year")
               for day in (book.as_of, month_start(book.as_of, -4))]
    found["readings"] = str(readings(book, list(dict.fromkeys(periods))))
    history = book.once(History)
    for day in (day_of(book.as_of), day_of(month_start(book.as_of, -5))):
        found |= {f"{id} on {day}": str(one.value(history.at(day)).tolist()) for id, one in features(book).items()}
    ranked = queue(Today(book), list(shipped("en").values()))
    found["queue"] = str((ranked.basis, ranked.customer.tolist(), ranked.risk.tolist(),
                          {kind: one.tolist() for kind, one in ranked.held.items()}))
    found["rows"] = [book.once(Rows).of(name, code).astype(object).to_string() for name in book.tables
                     for code in range(min(len(book.customer_ids), 2))]
    return found


@books.examples(12)
@given(books.sheets().map(books.book), states())
def test_whatever_was_before_it_says_what_one_built_anew_says(files: Book, line: list[State]) -> None:
    made = []
    for state in line:
        made.append(bound(files, state))
        told(made[-1])
    again = [bound(files, state) for state in line]  # a later one may not have changed what an earlier one keeps
    for book, other in zip(made, again, strict=True):
        assert told(book) == told(other) == told(anew(book))


def test_answers_without_a_day_follow_the_last_day_of_the_data() -> None:
    """They are of that day (docs/decisions.md), so they are not kept from one data date to another."""
    from tests.tables import book
    whole = book([("A", "2024-01-01", None, 10)], surveys=[("A", None, "nps", 9, 10)], as_of="2024-06-30")
    later = whole.under(Settings(as_of=dt.date(2024, 9, 30)))

    def known(one: Book, day: dt.date) -> list[float]:
        return one.once(History).answers("nps").last_value(day_of(day)).tolist()
    assert known(whole, dt.date(2024, 6, 30)) == [9.0]
    assert str(known(later, dt.date(2024, 6, 30))) == "[nan]"
    assert known(later, dt.date(2024, 9, 30)) == [9.0]
