"""The passport of a number: what it means, how it came about, how it moved, and the customers behind it."""

from __future__ import annotations

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.charts.revenue import trend
from cs_kpi.kpi.behind import behind, listed
from cs_kpi.kpi.conventions import conventions_of
from cs_kpi.kpi.facts import facts, formulas
from cs_kpi.kpi.passport import Passport, passport
from cs_kpi.kpi.readings import Segment
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
    with st.container(border=True, gap="xsmall"):
        for line in formulas(book, found, language(), preferences().money_unit):
            st.markdown(plain(line))
    told = facts(book, found, segment, language(), preferences().money_unit)
    st.table({say(name): plain(text) for name, text in told.items()}, border="horizontal")
    if len(conventions_of(kpi.id)) > 1:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            kpi_convention(kpi.id, "passport", 320)
            st.page_link(COMPARE_PAGE, label=say(_("Compare definitions")), icon=":material/rule:",
                         query_params={"kpi": kpi.id})


def _customers(book: Book, found: Passport, segment: Segment | None) -> None:
    frame = cached(behind, book, found.kpi.id, found.reading.period, segment)
    named = listed(book, frame, found.kpi, language(), preferences().hides_names, preferences().money_unit)
    columns = {name: st.column_config.NumberColumn(format="localized") for name in named.columns
               if named[name].dtype.kind in "iuf"}
    st.caption(say(_("Customers behind this number: {n}", n=len(named))))
    table(named, f"{found.kpi.id}-{found.reading.period.id}", f"behind-{found.kpi.id}", columns, search=True,
          customers=frame["customer_id"].tolist())
