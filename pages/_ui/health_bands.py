"""Where bands begin, and what a part counts of which nothing is known, in the editor of the health score."""

from __future__ import annotations

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.health import editing
from cs_kpi.health.history import last_day
from cs_kpi.health.score import scores
from cs_kpi.health.words import MISSING_LABELS, banded, score_text
from cs_kpi.health_rules import BANDS, CHURN_RISK, HealthConfiguration
from pages._ui.cache import cached
from pages._ui.frames import words_table
from pages._ui.guards import told
from pages._ui.health import draft, edit, put, segment
from pages._ui.held import held, settled
from pages._ui.words import _, number, say
from pages._ui.work import language


def bands_and_missing(book: Book, now: HealthConfiguration) -> None:
    rules = editing.rules_of(now, segment(now))
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(say(_("Bands")), anchor=False)
        st.slider(say(_("Yellow from, green from")), 0.0, 100.0, step=1.0, format="%g", on_change=_limits, args=(book,),
                  **settled("health-limits", (float(rules.yellow_from), float(rules.green_from)), 0.0))
        key = held("health-horizon", now.horizon_months)
        st.number_input(say(_("Months within which the test counts who left")), 1, 24, key=key, on_change=_whole,
                        args=(book, "horizon_months", key), width=320)
        if CHURN_RISK in now.features:
            key = held("health-insists", now.insists_on_risk)
            st.toggle(say(_("Count the churn risk even where its test found that it cannot be believed")), key=key,
                      on_change=_whole, args=(book, "insists_on_risk", key))
    with right:
        st.subheader(say(_("Parts of which nothing is known")), anchor=False)
        names = {one: say(label) for one, label in MISSING_LABELS.items()}
        key = held(f"health-missing-{language()}", rules.missing)
        st.segmented_control(say(_("They count as")), list(names), key=key, format_func=names.__getitem__,
                             required=True, on_change=_missing, args=(book, key))
        st.caption(say(_("Where they count as nothing, the other parts share their weight. This is what each choice "
                         "makes of today's customers:")))
        words_table(_by_choice(book, now), "health_missing", "health-by-choice")


def _by_choice(book: Book, now: HealthConfiguration) -> dict[str, list[str]]:
    """What each choice would make of today's customers."""
    found = {}
    for choice in MISSING_LABELS:
        rules = editing.rules_of(now, segment(now)).model_copy(update={"missing": choice})
        found[choice] = cached(scores, book, editing.with_rules(now, segment(now), rules), last_day(book))
    columns = {say(_("Choice")): [say(label) for label in MISSING_LABELS.values()],
               say(_("Mean score")): [score_text(one.mean) for one in found.values()]}
    for place in reversed(range(len(BANDS))):
        columns[say(banded(place))] = [number((one.band == place).sum(), "count") for one in found.values()]
    return columns


@told
def _limits(book: Book) -> None:
    yellow, green = st.session_state["health-limits"]
    edit(book, lambda rules: editing.with_limits(rules, yellow, green))


@told
def _missing(book: Book, key: str) -> None:
    edit(book, lambda rules: rules.model_copy(update={"missing": st.session_state[key]}))


@told
def _whole(book: Book, field: str, key: str) -> None:
    put(draft(book).model_copy(update={field: st.session_state[key]}))
