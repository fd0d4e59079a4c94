"""The test of the edited score on the past: run at a click, with how far it is, and what it found by name."""

from __future__ import annotations

import math
import time

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.charts.health_past import band_rates
from cs_kpi.errors import DataError
from cs_kpi.health.backtest import WARNED_MONTHS, Backtest, Warnings, backtest
from cs_kpi.health.judgement import percent
from cs_kpi.health_rules import HealthConfiguration
from cs_kpi.locale import Message
from cs_kpi.standing.tested import NAMED_LABELS, beside, fitted_weights, misjudged
from pages._ui.figures import show
from pages._ui.frames import table, words_table
from pages._ui.guards import told
from pages._ui.health import draft, in_force, put
from pages._ui.people import people
from pages._ui.view import View, past_the_pickers
from pages._ui.words import _, number, plain, say
from pages._ui.work import language

ASKED, TOOK = "health-test-asked", "health-test-seconds"
SOON = 4.0
"""Seconds: a test that took no longer follows the edited score by itself."""
KEPT = 24
Key = tuple[str, str, str]


def backtest_section(book: Book, view: View, _chosen: HealthConfiguration) -> None:
    """The test, drawn by itself: what is edited in the other sections is what it tests."""
    if view.segment is not None:
        past_the_pickers(_("all customers"))
    st.fragment(_section)(book)


@st.cache_resource(show_spinner=False)
def _kept() -> dict[Key, Backtest]:
    """The tests of all sessions, by data and configurations; a cached function could not tell how far it is."""
    return {}


def _section(book: Book) -> None:
    now, saved = draft(book), in_force()
    other = saved if saved is not None and saved != now else None
    key = (book.fingerprint, now.model_dump_json(), other.model_dump_json() if other else "")
    st.markdown(plain(_introduction(book, now)))
    if key not in _kept() and not _is_due():
        if ASKED in st.session_state:
            st.caption(say(_("The score was changed since the last test.")))
        st.button(say(_("Test it on the past")), key="health-test", type="primary", icon=":material/history:",
                  on_click=_ask)
        return
    try:
        found = _kept().get(key) or _run(book, now, other, key)
    except DataError as error:
        st.info(plain(error.message), icon=":material/upload_file:")
        return
    _shown(book, now, found)


def _introduction(book: Book, now: HealthConfiguration) -> Message:
    if book.is_snapshot:
        return _("The score '{name}' as it is now under 'How it is scored', tested on this list: everybody is scored, "
                 "and compared with who has left.", name=now.name)
    return _("The score '{name}' as it is now under 'How it is scored', tested on your past: every month's closing is "
             "scored with what was known then, and compared with who left within {n} months.", name=now.name,
             n=now.horizon_months)


def _is_due() -> bool:
    """Whether the test is to run now: just asked for, or asked for once and quick enough to follow every change."""
    asked = st.session_state.get(ASKED)
    return asked == "now" or (asked == "once" and st.session_state.get(TOOK, SOON + 1) <= SOON)


def _ask() -> None:
    st.session_state[ASKED] = "now"


def _stop() -> None:
    """A click while the test runs ends it: the page is drawn anew without it."""
    st.session_state.pop(ASKED, None)


def _run(book: Book, now: HealthConfiguration, other: HealthConfiguration | None, key: Key) -> Backtest:
    begun, place = time.monotonic(), st.empty()
    with place.container(horizontal=True, vertical_alignment="center"):
        bar = st.progress(0.0, say(_("Scoring the past …")))
        st.button(say(_("Cancel")), key="health-test-cancel", on_click=_stop)
    try:
        found = backtest(book, now, other, lambda share: _advance(bar, share))
    finally:
        st.session_state[ASKED], st.session_state[TOOK] = "once", time.monotonic() - begun
    place.empty()
    kept = _kept()
    kept[key] = found
    while len(kept) > KEPT:
        kept.pop(next(iter(kept)), None)
    return found


def _advance(bar: object, share: float) -> None:
    bar.progress(min(share, 1.0), say(_("Scoring the past …")))  # type: ignore[attr-defined]


def _shown(book: Book, now: HealthConfiguration, found: Backtest) -> None:
    """What it shows in words, then the bands, how early it warned, beside others, and who was misjudged."""
    for line in found.against:
        st.warning(plain(line), icon=":material/warning:")
    if found.findings:
        with st.container(border=True, key="health-findings"):
            for line in found.findings:
                st.markdown("- " + plain(line))
    for line in found.notes:
        st.caption(plain(line))
    if not found.rows:
        return
    show(band_rates(found, language()))
    if found.warnings is not None:
        _warned(book, found.warnings)
    _beside(book, now, found)
    _misjudged(book, found)


def _misjudged(book: Book, found: Backtest) -> None:
    """Greens that left and reds that stayed, by name."""
    green, red = len(found.greens_left), len(found.reds_stayed)
    titles = ((_("Green three months before they left: {n}", n=green),
               _("Red at the last closing that can be judged, and stayed: {n}", n=red)) if found.closings else
              (_("Green, and left: {n}", n=green), _("Red, and stayed: {n}", n=red)))
    for title, named, name in zip(titles, (found.greens_left, found.reds_stayed), NAMED_LABELS, strict=True):
        st.subheader(say(title), anchor=False)
        frame = misjudged(named)
        people(book, frame, f"health_{name}", {one: label for one, label in NAMED_LABELS[name].items()
                                               if one in frame and frame[one].notna().any()})


def _warned(book: Book, found: Warnings) -> None:
    """How much of what was lost had been red or yellow, and for how long."""
    st.subheader(say(_("How early it warned")), anchor=False)
    low, high = found.share.low, found.share.high
    span = _("too few for an interval") if math.isnan(low) else _("{low} to {high}", low=percent(low),
                                                                  high=percent(high))
    with st.container(horizontal=True):
        st.metric(say(_("Churned MRR that was red or yellow {n} months before", n=WARNED_MONTHS)),
                  number(found.share.value, "share"), say(span), delta_color="off",
                  delta_arrow="off", width=330)
        st.metric(say(_("The same share of all MRR")), number(found.of_all, "share"), width=230)
        st.metric(say(_("Red or yellow at the last closing")), f"{found.warned} / {found.left}", width=230)
        st.metric(say(_("Warned before leaving (median)")), number(found.lead_months, "months"), width=230)
    if found.unknown_mrr:
        st.caption(say(_("Of {mrr} of churned MRR, {unknown} belonged to customers who had no score {n} months "
                         "before.", mrr=number(found.churned_mrr, "money", book.currency),
                         unknown=number(found.unknown_mrr, "money", book.currency), n=WARNED_MONTHS)))


def _beside(book: Book, now: HealthConfiguration, found: Backtest) -> None:
    """This score beside the saved one and beside fitted weights, and the way to take these over."""
    both = found.comparison
    st.subheader(say(_("Beside the saved score and fitted weights")), anchor=False)
    if both is None:
        st.info(say(_("Too few customers left to compare ways of scoring.")))
        return
    st.caption(say(_("All judged on the same closings, from {day} on.", day=both.begins) if both.begins else
                   _("All judged on the same part of the customers.")))
    table(beside(both, language()), "health_comparison", "health-beside")
    if both.fitted is None:
        if both.why_not:
            st.caption(plain(both.why_not))
        return
    with st.expander(say(_("Weights fitted to the data")), icon=":material/balance:"):
        st.caption(say(_("Fitted to earlier months alone, and judged above on later ones. An offer: your own reasons "
                         "for a weight may be better than few months of data.")))
        words_table(fitted_weights(book, now, both.fitted, language()), "health_weights", "health-weights")
        st.button(say(_("Take these weights into the editor")), key="health-fitted", icon=":material/balance:",
                  on_click=_take, args=(both.fitted,))


@told
def _take(fitted: HealthConfiguration) -> None:
    put(fitted)
