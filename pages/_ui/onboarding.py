"""The parts of the onboarding page: customers by state, steps and pace, and use around completion."""

from __future__ import annotations

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.charts.onboarding import days_to_complete, states_by_start, steps_reached, use_around_completion
from cs_kpi.charts.revenue import trend
from cs_kpi.engagement.told import weeks_obstacle
from cs_kpi.kpi.onboarding import start_periods
from cs_kpi.locale import Message
from cs_kpi.measures.onboarding import STATES, no_criterion
from cs_kpi.measures.segments import segment_fields
from cs_kpi.onboarding import listing
from cs_kpi.onboarding.early import from_before
from cs_kpi.onboarding.editing import milestones
from cs_kpi.onboarding.funnel import funnel
from cs_kpi.tables import CUSTOMERS
from pages._ui.cache import cached
from pages._ui.figures import show
from pages._ui.frames import table
from pages._ui.guards import DATA_PAGE
from pages._ui.held import held
from pages._ui.view import View
from pages._ui.words import _, plain, say
from pages._ui.work import language, preferences

STATE_KEY, OWNER_KEY, BY_KEY = "onboarding-states", "onboarding-owners", "onboarding-by"


def lacks(reason: Message) -> None:
    """Which columns would bring a part to life, and the way to them."""
    st.info(plain(reason), icon=":material/upload_file:")
    st.page_link(DATA_PAGE, label=say(_("Go to the data page")), icon=":material/arrow_forward:")


def _choose() -> None:
    """The parts that need a criterion wait for one."""
    st.info(say(_("Choose the criterion above and save it. This part then follows it.")), icon=":material/rule:")


def states(book: Book, view: View) -> None:
    """The five states by start, the completion rate, and the customers by name."""
    if no_criterion(book):
        _choose()
        return
    run = start_periods(view.run)
    show(cached(states_by_start, book, run, language(), view.segment))
    show(cached(trend, book, ["onboarding_completion_rate"], run, language(), view.segment))
    if reason := cached(from_before, book, run, view.segment):
        st.caption(f":material/info: {plain(reason)}")
    st.subheader(say(_("Customers by state")), anchor=False)
    with st.container(horizontal=True):
        names = {state: say(label) for state, label in STATES.items()}
        chosen = _filter(_("State"), STATE_KEY, list(names), names)
        owners = cached(listing.owners, book, run, view.segment)
        named = {one: one for one in owners}
        owned_by = _filter(CUSTOMERS.by_name["owner"].label, OWNER_KEY, owners, named) if owners else []
    known = preferences()
    frame = cached(listing.customers, book, run, view.segment, language(), chosen, owned_by, known.hides_names,
                   known.money_unit)
    dates = {say(name): st.column_config.DateColumn(format="YYYY/MM/DD" if language() == "ja" else "YYYY-MM-DD")
             for name in listing.DATE_COLUMNS}
    numbers = {name: st.column_config.NumberColumn(format="localized") for name in frame.columns
               if frame[name].dtype.kind in "iuf"}
    ids = frame if not known.hides_names else cached(listing.customers, book, run, view.segment, language(), chosen,
                                                     owned_by, False, known.money_unit)
    table(frame, "onboarding", "onboarding-customers", dates | numbers, search=True,
          customers=ids[say(CUSTOMERS.by_name["customer_id"].label)].tolist())


def _filter(label: Message, key: str, options: list[str], names: dict[str, str]) -> list[str]:
    """A choice of several that outlives a switch of language; nothing chosen is everything."""
    remembered = [one for one in st.session_state.get(key, []) if one in options]
    widget = held(f"{key}-{language()}", remembered)
    return st.multiselect(say(label), options, key=widget, format_func=names.__getitem__, width=380,
                          placeholder=say(_("All")), on_change=_remember, args=(key, widget))


def _remember(key: str, widget: str) -> None:
    st.session_state[key] = st.session_state[widget]


def steps(book: Book, view: View) -> None:
    """The funnel by milestone, and the days to completion."""
    run = start_periods(view.run)
    if milestones(book):
        show(cached(steps_reached, book, run, language(), view.segment))
        frame = listing.steps(cached(funnel, book, run, view.segment), language())
        table(frame, "onboarding-steps", "onboarding-funnel", shares=[say(name) for name in listing.SHARE_COLUMNS])
    else:
        lacks(_("The funnel takes milestones: 'Customer ID', 'Milestone' and 'Completed on', one row per completed "
                "step. Load them on the data page."))
    if no_criterion(book):
        _choose()
    else:
        show(cached(days_to_complete, book, run, language(), view.segment))
        _paces(book, view)


def _paces(book: Book, view: View) -> None:
    """The quartiles of the days by a field that the reader picks."""
    fields = {"": say(_("Do not compare")), **{one.id: say(one.label) for one in cached(segment_fields, book)}}
    remembered = st.session_state.get(BY_KEY, view.segment.field if view.segment else "")
    key = held(f"{BY_KEY}-{language()}", remembered if remembered in fields else "")
    by = st.selectbox(say(_("Compare days by")), list(fields), key=key, format_func=fields.__getitem__, width=320,
                      on_change=_remember, args=(BY_KEY, key))
    if by:
        frame = cached(listing.paces, book, by, start_periods(view.run), language())
        table(frame, f"onboarding-days-{by}", "onboarding-days-by", {
            name: st.column_config.NumberColumn(format="localized") for name in frame.columns[1:]})


def use(book: Book, view: View) -> None:
    """Use before and after completion."""
    if not book.has("usage.date"):
        lacks(_("This takes usage: 'Customer ID' and 'Date', one row per use. Load it on the data page."))
    elif no_criterion(book):
        _choose()
    elif reason := weeks_obstacle(book):
        st.info(plain(reason), icon=":material/calendar_month:")
    else:
        show(cached(use_around_completion, book, start_periods(view.run), language(), view.segment))
