"""The section of the risk page on what is foreseen and from what; every change is saved."""

from __future__ import annotations

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.churn.features import GROUP_LABELS, Feature
from cs_kpi.churn.registry import features
from cs_kpi.churn_rules import LABEL_WORDS, LABELS, ChurnSettings
from pages._ui.guards import told
from pages._ui.held import held
from pages._ui.words import _, say
from pages._ui.work import language, save_settings, settings

LIMIT = "risk-limit"


def settings_section(book: Book) -> None:
    """Horizon, label, limit and seed; then the features, by group."""
    chosen = settings().churn
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        if not book.is_snapshot:
            st.number_input(say(_("Months ahead")), 1, 24, key=held("risk-horizon", chosen.horizon_months), width=140,
                            on_change=_save, args=("horizon_months", "risk-horizon"))
            _label(book, chosen)
        st.number_input(say(_("High from (%)")), 0.1, 99.9, None, key=held(LIMIT, _percent(chosen)), width=210,
                        step=1.0, on_change=_save_limit, placeholder=say(_("Twice the mean")),
                        help=say(_("The risk from which on a customer is called high. Empty: twice the mean.")))
        st.number_input(say(_("Random seed")), 0, key=held("risk-seed", chosen.seed), on_change=_save, width=120,
                        args=("seed", "risk-seed"),
                        help=say(_("The same data, settings and seed give the same model.")))
    st.markdown("**" + say(_("What the model looks at")) + "**")
    st.caption(say(_("Columns without a date are off: today's value says nothing about the past, and may have been "
                     "filled in when the customer left. A column that gives away who left is named above.")))
    known = features(book)
    for group, label in GROUP_LABELS.items():
        mine = {id: one for id, one in known.items() if one.group == group}
        if mine:
            _group(group, say(label), mine, chosen)


def _label(book: Book, chosen: ChurnSettings) -> None:
    offered = [one for one in LABELS if one != "cancelled" or book.has("cancellations.cancelled_on")
               or one == chosen.label]
    words = {one: say(LABEL_WORDS[one]) for one in offered}
    key = held(f"risk-label-{language()}", chosen.label)
    st.selectbox(say(_("What is foreseen")), offered, format_func=words.__getitem__, key=key, on_change=_save,
                 args=("label", key), width=280)


def _group(group: str, label: str, mine: dict[str, Feature], chosen: ChurnSettings) -> None:
    """The features of a group; those that the model looks at are picked."""
    words = {id: say(one.label) if one.is_dated else say(_("{feature} (no date)", feature=one.label))
             for id, one in mine.items()}
    used = [id for id, one in mine.items() if id not in chosen.without_features
            and (one.is_dated or id in chosen.with_features)]
    key = held(f"risk-features-{group}-{language()}", used)
    st.multiselect(label, list(mine), format_func=words.__getitem__, key=key, on_change=_save_features,
                   args=(key, {id: one.is_dated for id, one in mine.items()}), placeholder=say(_("None")))


def _percent(chosen: ChurnSettings) -> float | None:
    return None if chosen.risk_limit is None else round(100 * chosen.risk_limit, 4)


@told
def _save(name: str, key: str) -> None:
    save_settings(churn=settings().churn.model_copy(update={name: st.session_state[key]}))


@told
def _save_limit() -> None:
    percent = st.session_state[LIMIT]
    save_settings(churn=settings().churn.model_copy(update={
        "risk_limit": None if percent is None else percent / 100}))


@told
def _save_features(key: str, is_dated: dict[str, bool]) -> None:
    """What is picked of a group: switched on by hand where it is off by default, and the other way round."""
    chosen, picked = settings().churn, set(st.session_state[key])
    on = [id for id in chosen.with_features if id not in is_dated]
    off = [id for id in chosen.without_features if id not in is_dated]
    on += [id for id, dated in is_dated.items() if not dated and id in picked]
    off += [id for id, dated in is_dated.items() if dated and id not in picked]
    save_settings(churn=chosen.model_copy(update={"with_features": tuple(on), "without_features": tuple(off)}))
