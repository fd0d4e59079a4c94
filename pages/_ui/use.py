"""The sections of the engagement page."""

from __future__ import annotations

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.charts.engagement import FEATURES_AT_ONCE, adoption, adoption_over_time, around_onboarding, coming_back
from cs_kpi.charts.revenue import trend
from cs_kpi.engagement.falls import FEWEST, falls
from cs_kpi.engagement.stickiness import obstacle
from cs_kpi.engagement.told import LENGTHS, USUAL, told, weeks_obstacle, windows
from cs_kpi.kpi.declarations import KPIS
from cs_kpi.kpi.readings import missing
from cs_kpi.measures.use import use_log
from cs_kpi.periods import periods
from pages._ui.cache import cached
from pages._ui.figures import show
from pages._ui.guards import lacks_data
from pages._ui.people import people
from pages._ui.risk import with_risk
from pages._ui.view import View
from pages._ui.words import _, plain, say
from pages._ui.work import language


def rates_section(book: Book, view: View) -> None:
    """The rates over time that this data gives."""
    kpis = [name for name in ("active_customer_rate", "active_user_rate") if not missing(book, KPIS[name])]
    for place, name in zip(st.columns(len(kpis) or 1), kpis, strict=False):
        with place:
            show(cached(trend, book, [name], view.run, language(), view.segment))


def features_section(book: Book, view: View) -> None:
    """Which features are used, now and over time."""
    st.subheader(say(_("Features")), anchor=False)
    names = book.once(use_log).features
    if not names:
        lacks_data("usage", ("feature",))
        return
    show(cached(adoption, book, view.period, language(), view.segment))
    key = [name for name in book.settings.key_features if name in names] or list(names)
    st.session_state.setdefault("features", key[:FEATURES_AT_ONCE])
    picked = st.multiselect(say(_("Features over time")), names, key="features", max_selections=FEATURES_AT_ONCE,
                            persist_state="session", placeholder=say(_("Choose features")))
    if picked:
        show(cached(adoption_over_time, book, view.run, tuple(picked), language(), view.segment))


def coming_back_section(book: Book, view: View) -> None:
    """Stickiness by month, whatever kind of period is picked."""
    st.subheader(say(_("How often users come back")), anchor=False)
    if reason := cached(obstacle, book):
        st.info(plain(reason), icon=":material/calendar_month:")
        return
    months = periods("month", view.run[0].start, view.run[-1].end, book.settings.fiscal_year_start)
    show(cached(coming_back, book, months, language(), view.segment))


def onboarding_section(book: Book, view: View) -> None:
    """Use around the completion of onboarding, where the data tells it."""
    if missing(book, KPIS["onboarding_completion_rate"]):
        return
    if reason := weeks_obstacle(book):
        st.info(plain(reason), icon=":material/calendar_month:")
    else:
        show(cached(around_onboarding, book, language(), view.segment))


def falling_section(book: Book, view: View) -> None:
    """Whose use fell most, by name."""
    st.subheader(say(_("Customers whose use fell most")), anchor=False)
    speaks = cached(told, book)
    grain = speaks.grain if speaks else "day"
    length = st.segmented_control(say(_("Months compared") if grain == "month" else _("Days compared")), LENGTHS[grain],
                                  default=USUAL[grain], key=f"fall-{grain}s", required=True,
                                  persist_state="session") or USUAL[grain]
    compared = cached(windows, book, length)
    if compared is None:
        st.info(say(_("No use is recorded up to the day on which the data ends.")))
        return
    found = cached(falls, book, length, view.segment)
    (first, last), (early, before) = compared.late, compared.early
    st.caption(say(_("{first} to {last} against {early} to {before}; customers with at least {fewest} uses then.",
                     first=first, last=last, early=early, before=before, fewest=FEWEST) if grain == "month" else
                   _("The last {n} days up to {day} against the {n} days before; customers with at least {fewest} uses "
                     "then.", n=length, day=last, fewest=FEWEST)))
    if found.empty:
        st.success(say(_("No customer's use fell in this time.")))
        return
    found, labels, shares = with_risk(book, found, {"before": _("Uses before"), "after": _("Uses now"),
                                                    "change": _("Change"), "last_used": _("Last use")})
    people(book, found, "falling_use", labels, ["change", *shares])
