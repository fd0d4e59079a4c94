"""The editor of the health score: parts with thresholds and weights, bands, caps, missing parts, rules by segment.

Everything changes a draft; what it does to the customers is seen at once, and counts when it is saved.
"""

from __future__ import annotations

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.charts.health import part_spread
from cs_kpi.charts.histogram import histogram
from cs_kpi.health import editing
from cs_kpi.health.sources import label_of, unit_of
from cs_kpi.health.spread import spread
from cs_kpi.health_rules import CHURN_RISK, Component, HealthConfiguration, Rules
from pages._ui.cache import cached
from pages._ui.figures import show
from pages._ui.guards import told, what_was_said
from pages._ui.health import ask_for_risk, draft, edit, put, segment
from pages._ui.health_bands import bands_and_missing
from pages._ui.health_caps import caps
from pages._ui.health_effect import effect_shown
from pages._ui.health_segments import whose_rules
from pages._ui.held import held, settled
from pages._ui.picks import pick
from pages._ui.view import View, past_the_pickers
from pages._ui.words import _, number, plain, say
from pages._ui.work import language

WIDTHS = (3.0, 1.15, 1.15, 1.6, 0.8)
MOST_WEIGHT, STEPS = 100.0, 200
"""Weights are set up to 100, or where all are shares up to 1, in so many steps."""
SAME = 1e-9
"""What a number may lose on its way through percent and back."""
UNIT_WORDS = {"share": "%", "days": _("days"), "months": _("months")}
ENDS = {"bad": _("Bad"), "good": _("Good")}


def editor_section(book: Book, _view: View, _chosen: HealthConfiguration) -> None:
    """The editor, drawn again by itself at every change."""
    past_the_pickers(_("all customers of the list") if book.is_snapshot else
                     _("all customers of {day}", day=book.as_of))
    st.fragment(_editor)(book)


def _editor(book: Book) -> None:
    what_was_said()
    now = draft(book)
    ask_for_risk(book, now)
    effect_shown(book, now)
    whose_rules(book, now)
    _parts(book, now)
    bands_and_missing(book, now)
    caps(book, now)
    _close_up(book, now)


def _parts(book: Book, now: HealthConfiguration) -> None:
    rules = editing.rules_of(now, segment(now))
    st.subheader(say(_("Parts")), anchor=False)
    st.caption(say(_("At 'bad' and beyond a part scores 0, at 'good' and beyond 100, straight between. Put the smaller "
                     "number at 'good' where less is healthier. The pictures show today's customers: a dashed line at "
                     "bad, a whole one at good.")))
    for part in rules.components:
        _part(book, now, part, rules)
    options = cached(editing.offered, book, now, tuple(part.feature for part in rules.components))
    names = {id: say(label) for id, label in options.items()}
    key = held(f"health-add-{language()}", None)
    st.selectbox(say(_("Add a part")), list(names), None, key=key, format_func=names.__getitem__, width=420,
                 placeholder=say(_("Choose what else the score looks at")), on_change=_add, args=(book, key))


def _part(book: Book, now: HealthConfiguration, part: Component, rules: Rules) -> None:
    """One row: what it looks at with its picture, bad, good, weight, and the way to take it out."""
    label, id = say(label_of(book, part.feature)), part.feature
    weights = [one.weight for one in rules.components]
    top = max(MOST_WEIGHT if max(weights) > 1 else 1.0, *weights, 1.0)
    name, bad, good, weight, out = st.columns(WIDTHS, vertical_alignment="center")
    with name:
        st.markdown(f"**{plain(label)}** · {number(part.weight / sum(weights), 'share')}")
        st.html(histogram(cached(spread, book, now, part),
                          say(_("Distribution of {part} over today's customers", part=label))))
    for place, end, value in ((bad, "bad", part.bad), (good, "good", part.good)):
        with place:
            shown = value * _scale(book, id)
            st.number_input(_end(book, id, end), **settled(f"health-{end}-{id}", shown, SAME * abs(shown)),
                            format="%.6g", on_change=_threshold, args=(book, id, end), disabled=id == CHURN_RISK)
    with weight:
        st.slider(say(_("Weight")), min(top / STEPS, part.weight), top, step=top / STEPS, format="%g",
                  **settled(f"health-weight-{id}", part.weight, SAME), on_change=_weight, args=(book, id))
    with out:
        st.button(say(_("Remove")), key=f"health-out-{id}", type="tertiary", on_click=_remove, args=(book, id),
                  help=say(_("Take '{part}' out", part=label)), disabled=len(weights) == 1)


def _end(book: Book, id: str, end: str) -> str:
    """Bad or good with the unit in which it is typed."""
    word = UNIT_WORDS.get(unit_of(book, id))
    return say(ENDS[end]) if word is None else say(_("{end} ({unit})", end=ENDS[end], unit=word))


def _scale(book: Book, id: str) -> float:
    """Shares are typed as percent."""
    return 100.0 if unit_of(book, id) == "share" else 1.0


def _close_up(book: Book, now: HealthConfiguration) -> None:
    """The distribution of one part as a chart, with its table and downloads."""
    rules = editing.rules_of(now, segment(now))
    st.subheader(say(_("A part in detail")), anchor=False)
    names = {part.feature: say(label_of(book, part.feature)) for part in rules.components}
    picked = pick("health-part", _("Part"), names)
    part = next(one for one in rules.components if one.feature == picked)
    show(part_spread(book, cached(spread, book, now, part), part, language()))


@told
def _add(book: Book, key: str) -> None:
    chosen, now = st.session_state[key], draft(book)
    if chosen:
        rules = editing.rules_of(now, segment(now))
        put(editing.with_rules(now, segment(now), editing.with_new_part(book, now, rules, chosen)))


@told
def _remove(book: Book, id: str) -> None:
    edit(book, lambda rules: editing.without_part(rules, id))


@told
def _threshold(book: Book, id: str, end: str) -> None:
    value = float(st.session_state[f"health-{end}-{id}"]) / _scale(book, id)
    edit(book, lambda rules: editing.with_part(rules, id, **{end: value}))


@told
def _weight(book: Book, id: str) -> None:
    value = float(st.session_state[f"health-weight-{id}"])
    edit(book, lambda rules: editing.with_part(rules, id, weight=value))
