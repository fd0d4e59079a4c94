"""A KPI under two definitions: both values, what makes them, and the customers on whom they differ."""

from __future__ import annotations

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.kpi.cards import lacking
from cs_kpi.kpi.compare import Difference, difference
from cs_kpi.kpi.compare_table import listed_difference
from cs_kpi.kpi.conventions import CONVENTIONS, conventions_of
from cs_kpi.kpi.explained import gap_text
from cs_kpi.kpi.formula import names, terms
from cs_kpi.kpi.passport import as_written
from cs_kpi.kpi.readings import Reading
from cs_kpi.kpi.registry import GROUP_LABELS, KPIS, Kpi, chosen, declared
from pages._ui.address import recalled, remember, write
from pages._ui.cache import cached
from pages._ui.frames import table
from pages._ui.held import held
from pages._ui.view import View
from pages._ui.words import _, number, plain, say
from pages._ui.work import language, preferences

FIRST = "customer_churn_rate"
WIDTH = 340


def compared_kpi(book: Book) -> str | None:
    """The picked KPI of those that this book has; None: it has none. What tools define differently stands first."""
    lacks = cached(lacking, book, tuple(KPIS))
    available = [name for name in KPIS if name not in lacks]
    ordered = sorted(available, key=lambda name: len(conventions_of(name)) == 1)
    if not ordered:
        return None
    picked = recalled("kpi", ordered, FIRST if FIRST in ordered else ordered[0])
    write("kpi", picked)
    labels = {name: f"{say(KPIS[name].label)} · {say(GROUP_LABELS[KPIS[name].group])}" for name in ordered}
    key = held(f"kpi-{language()}", picked)
    return st.selectbox(say(_("KPI")), ordered, key=key, format_func=labels.__getitem__, width=WIDTH,
                        on_change=_picked, args=("kpi", key))


def _picked(name: str, key: str) -> None:
    remember(name, st.session_state[key])


def two_definitions(book: Book, view: View, kpi_id: str) -> None:
    """Two definitions to pick, and all that tells them apart."""
    variants = [kpi.convention for kpi in conventions_of(kpi_id)]
    if len(variants) == 1:
        st.info(say(_("Every tool we know defines {kpi} alike. Pick another KPI, or give the other tool's figures to "
                      "see how far they are from yours.", kpi=KPIS[kpi_id].label)))
        return
    current = chosen(kpi_id, book.settings).convention
    with st.container(horizontal=True):
        one = _definition_picker(_("First definition"), "one", variants, current)
        other = _definition_picker(_("Second definition"), "other", variants,
                                   next(name for name in variants if name != one))
    found = cached(difference, book, kpi_id, view.period, one, other, view.segment)
    left, right = st.columns(2)
    for place, reading in ((left, found.one), (right, found.other)):
        with place:
            _side(book, declared(kpi_id, reading.convention), reading)
    _sentence(book, found)
    _customers(book, found)


def _definition_picker(label: object, name: str, variants: list[str], otherwise: str) -> str:
    picked = recalled(name, variants, otherwise)
    write(name, picked)
    labels = {one: say(CONVENTIONS[one]) for one in variants}
    key = held(f"{name}-{language()}-{'-'.join(variants)}", picked)
    st.selectbox(say(label), variants, key=key, format_func=labels.__getitem__, width=WIDTH,  # type: ignore[arg-type]
                 on_change=_picked, args=(name, key))
    return picked


def _side(book: Book, kpi: Kpi, reading: Reading) -> None:
    """One definition: its value, its words, its formula and the sums in it."""
    with st.container(border=True, height="stretch"):
        st.metric(say(CONVENTIONS[kpi.convention]), number(reading.value, kpi.unit, book.currency))
        st.write(say(kpi.definition))
        named = {name: word for side in kpi.sides.values() for name, word in names(side, language()).items()}
        st.caption(plain(as_written(kpi, named, language())))
        sums = [(_("Numerator"), reading.numerator, kpi.numerator)]
        if kpi.denominator and not kpi.over:
            sums.append((_("Denominator"), reading.denominator, kpi.denominator))
        st.markdown(" · ".join(f"{say(label)} **{plain(number(value, terms(side)[0].measure.unit, book.currency))}**"
                               for label, value, side in sums))
        if reading.reason:
            st.caption(plain(reading.reason))


def _sentence(book: Book, found: Difference) -> None:
    unit, n = declared(found.other.kpi, found.other.convention).unit, len(found.customers)
    second, first = CONVENTIONS[found.other.convention], CONVENTIONS[found.one.convention]
    if found.value is None:
        st.info(say(_("One of the two has no value in this period, so they cannot be compared. Pick another period.")))
        return
    gap = gap_text(found.value, unit, book, language(), preferences().money_unit, signed=True)
    if not n:
        said = (_("Both definitions count every customer alike in this period.") if found.value == 0 else
                _("'{second}' less '{first}': {gap}. Both count the same customers in this period; what differs is how "
                  "the months are put together.", second=second, first=first, gap=gap))
    else:
        said = _("'{second}' less '{first}': {gap}. Customers counted differently: {n}.", second=second, first=first,
                 gap=gap, n=n)
    st.info(plain(said), icon=":material/difference:")


def _customers(book: Book, found: Difference) -> None:
    if not len(found.customers):
        return
    frame = listed_difference(book, found, language(), preferences().hides_names, preferences().money_unit)
    columns = {name: st.column_config.NumberColumn(format="localized") for name in frame.columns
               if frame[name].dtype.kind in "iuf"}
    table(frame, f"{found.one.kpi}-{found.one.period.id}-differences", "differences", columns, search=True,
          customers=found.customers["customer_id"].tolist())
