"""The passport of a number: what it means, how it came about, how it moved, and the customers behind it."""

from __future__ import annotations

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.charts.revenue import trend
from cs_kpi.kpi.behind import behind, listed
from cs_kpi.kpi.conventions import CONVENTIONS, conventions_of
from cs_kpi.kpi.formula import names, terms
from cs_kpi.kpi.methods import METHODS
from cs_kpi.kpi.passport import Passport, as_written, passport
from cs_kpi.kpi.readings import STATUS_LABELS, Segment, segment_name
from cs_kpi.kpi.registry import DEFAULT_CONVENTION, Kpi
from cs_kpi.locale import Message, shown
from cs_kpi.locale.formats import Unit
from cs_kpi.measures.registry import Counted
from cs_kpi.periods import Period
from pages._ui.cache import cached
from pages._ui.conventions import AGAIN, kpi_convention
from pages._ui.figures import show
from pages._ui.frames import table
from pages._ui.goals_card import with_line
from pages._ui.guards import COMPARE_PAGE, DATA_PAGE, takes_dates
from pages._ui.words import _, number, plain, say
from pages._ui.work import language, preferences

TREND_PERIODS = 24
COUNTED_LABELS: dict[Counted, Message] = {
    "customers": _("n (customers)"), "answers": _("n (answers)"), "terms": _("n (contract terms)")}


def open_passport(book: Book, kpi_id: str, period: Period, segment: Segment | None) -> None:
    """Open the dialog over the page."""
    st.session_state.pop(AGAIN, None)
    found = cached(passport, book, kpi_id, period, segment)
    title = f"{say(found.kpi.label)} · {period.label(language())}"
    st.dialog(title, width="large")(_body)(book, found, segment)


def _body(book: Book, found: Passport, segment: Segment | None) -> None:
    if AGAIN in st.session_state:
        st.rerun()  # the numbers behind the dialog are of the convention before
    definition, over_time, customers = st.tabs([say(_("Definition")), say(_("Trend")), say(_("Customers"))])
    with definition:
        _definition(book, found, segment)
    for place, show_part in ((over_time, _over_time), (customers, _customers)):
        with place:
            if found.reading.status == "not_available":
                st.info(plain(found.reading.reason or ""))
                st.page_link(DATA_PAGE, label=say(_("Go to the data page")), icon=":material/arrow_forward:")
            else:
                show_part(book, found, segment)


def _over_time(book: Book, found: Passport, segment: Segment | None) -> None:
    if book.is_snapshot:
        takes_dates()
        return
    run = [found.reading.period.shifted(-back) for back in range(TREND_PERIODS - 1, -1, -1)]
    known = [p for p in run if book.first_day and p.end >= book.first_day]
    drawn = cached(trend, book, [found.kpi.id], known or run[-1:], language(), segment,
                   money_unit=preferences().money_unit)
    show(with_line(drawn, found.kpi.id, found.kpi.convention, segment, found.reading.period))


def _definition(book: Book, found: Passport, segment: Segment | None) -> None:
    """The value and what it means, the formula in words and with its numbers, and the facts around it."""
    reading, kpi = found.reading, found.kpi
    value = number(reading.value, kpi.unit, book.currency)
    st.metric(say(kpi.label), value, label_visibility="collapsed")
    st.write(say(kpi.definition))
    named = {name: word for side in kpi.sides.values() for name, word in names(side, language()).items()}
    formulas = [f"{say(kpi.label)} = {as_written(kpi, named, language())}"]
    is_told = bool(found.totals) and METHODS[kpi.method].is_told_by_totals
    written = as_written(kpi, _numbers(book, found), language()) if is_told else value
    formulas.append(f"= {written} = {value}" if written != value else f"= {value}")
    with st.container(border=True, gap="xsmall"):
        for line in formulas:
            st.markdown(plain(line))
    facts = _facts(book, found, segment)
    st.table({say(name): text for name, text in facts.items()}, border="horizontal")
    if len(conventions_of(kpi.id)) > 1:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            kpi_convention(kpi.id, "passport", 320)
            st.page_link(COMPARE_PAGE, label=say(_("Compare definitions")), icon=":material/rule:",
                         query_params={"kpi": kpi.id})


def _numbers(book: Book, found: Passport) -> dict[str, str]:
    return {term.measure.name: number(found.totals[term.measure.name], term.measure.unit, book.currency)
            for term in found.kpi.terms}


def _facts(book: Book, found: Passport, segment: Segment | None) -> dict[Message, str]:
    """The rest of what a reader may ask, in the order of asking."""
    reading, kpi = found.reading, found.kpi
    facts: dict[Message, str] = {_("Status"): say(STATUS_LABELS[reading.status])
                                + (f" — {say(reading.reason)}" if reading.reason else "")}
    if reading.low is not None and reading.high is None:
        facts[_("At least")] = number(reading.low, kpi.unit, book.currency)
    elif reading.low is not None:
        low, high = (number(value, kpi.unit, book.currency) for value in (reading.low, reading.high))
        facts[_("95% interval")] = say(_("{low} to {high}", low=low, high=high))
    elif reading.value in (0, 1) and kpi.unit == "share" and kpi.method == "ratio":
        facts[_("95% interval")] = say(_("none: all customers are alike in it here, which does not tell how much it "
                                         "may change"))
    if reading.numerator is not None:
        facts[_("Numerator")] = number(reading.numerator, _unit(kpi.numerator), book.currency)
    if reading.denominator is not None and kpi.denominator:
        unit = "share" if kpi.over else _unit(kpi.denominator)
        facts[_("Denominator")] = number(reading.denominator, unit, book.currency)
    if reading.status != "not_available":
        facts[COUNTED_LABELS[kpi.counted]] = number(reading.n, "count")
    facts[_("Convention")] = say(_convention(kpi))
    if found.remark:
        facts[_("Note")] = plain(found.remark)
    if segment:
        facts[_("Segment")] = plain(segment_name(segment))
    if found.left_out:
        facts[_("Left out")] = " ".join(say(line) for line in found.left_out)
    if found.sources:
        places = [_("{file} › {sheet} ({rows} rows)", file=plain(file), sheet=plain(sheet), rows=rows)
                  for file, sheet, rows in found.sources]
        facts[_("Sources")] = shown(places, language())
    facts[_("Data up to")] = say(_("no date")) if book.is_snapshot else shown(book.as_of, language())
    return facts


def _convention(kpi: Kpi) -> Message:
    if kpi.convention != DEFAULT_CONVENTION:
        return CONVENTIONS[kpi.convention]
    return _("Default; as in {source}", source=kpi.source) if kpi.source else _("Default")


def _unit(expression: str) -> Unit:
    return terms(expression)[0].measure.unit


def _customers(book: Book, found: Passport, segment: Segment | None) -> None:
    frame = cached(behind, book, found.kpi.id, found.reading.period, segment)
    named = listed(book, frame, found.kpi, language(), preferences().hides_names, preferences().money_unit)
    columns = {name: st.column_config.NumberColumn(format="localized") for name in named.columns
               if named[name].dtype.kind in "iuf"}
    st.caption(say(_("Customers behind this number: {n}", n=len(named))))
    table(named, f"{found.kpi.id}-{found.reading.period.id}", f"behind-{found.kpi.id}", columns, search=True,
          customers=frame["customer_id"].tolist())
