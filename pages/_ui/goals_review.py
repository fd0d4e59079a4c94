"""The review: every target against its actual, what three periods running propose, and one target in full."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.charts.review import course, scoreboard
from cs_kpi.targets.goals import Wanted
from cs_kpi.targets.proposals import proposed
from cs_kpi.targets.relations import contradictions
from cs_kpi.targets.review import Judged, Streak, latest, streak
from cs_kpi.targets.review_listing import by_period, reviewed
from cs_kpi.targets.review_words import contradiction_said, explained, streak_said
from pages._ui.cache import cached
from pages._ui.figures import PPTX, show
from pages._ui.frames import table
from pages._ui.goals_draft import WHY, put
from pages._ui.goals_editor import WIDE, target_name
from pages._ui.goals_notes import notes_of
from pages._ui.goals_sheet import sheet
from pages._ui.goals_work import RULES, form_of, found_of, rules, save, targets
from pages._ui.guards import takes_dates, told
from pages._ui.held import held
from pages._ui.picks import pick
from pages._ui.sections import open_section
from pages._ui.words import _, plain, say
from pages._ui.work import language

SECTION = "review"


def review_section(book: Book) -> None:
    """All targets at a glance, what to think about, and one of them in full."""
    if book.is_snapshot:
        takes_dates()
        return
    known = {key: one.now for key, one in targets().items()}
    if not known:
        st.info(say(_("There is no target to review yet. Set one under 'Set targets'.")), icon=":material/flag:")
        return
    found = {key: found_of(book, wanted) for key, wanted in known.items()}
    pairs = [(wanted, found[key]) for key, wanted in known.items()]
    show(scoreboard(book, pairs, language()))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.download_button(say(_("Review sheet (PowerPoint)")), lambda: sheet(book), "review.pptx", PPTX,
                           key="review-sheet", icon=":material/slideshow:", on_click="ignore")
        _rules()
    _proposals(book, known, found)
    table(reviewed(pairs, form_of(book)), "targets", "reviewed", wraps=True)
    key = pick("target", _("Which target"), {one: target_name(book, wanted) for one, wanted in known.items()},
               width=WIDE)
    st.markdown(plain(explained(latest(found[key]), known[key], form_of(book))))
    show(course(book, known[key], found[key], language()))
    table(by_period(known[key], found[key], form_of(book)), "target-periods", f"target-periods-{key}", wraps=True)
    notes_of(key, found[key])


def _rules() -> None:
    """The margin and the number of periods from which on something is proposed."""
    now = rules()
    with st.popover(say(_("When something is proposed")), icon=":material/tune:"):
        st.number_input(say(_("Beaten by at least (% of the target)")), 0.0, 100.0, step=1.0,
                        key=held("review-margin", round(100 * now.margin, 2)), on_change=_rule, args=("margin", 100))
        st.number_input(say(_("Periods running")), 2, 12, key=held("review-running", now.running), on_change=_rule,
                        args=("running", 1))


@told
def _rule(name: str, scale: int) -> None:
    value = st.session_state[f"review-{name}"]
    if value is not None:
        save({RULES: rules().model_copy(update={name: value / scale if scale > 1 else value})})


def _proposals(book: Book, known: dict[str, Wanted], found: dict[str, list[Judged]]) -> None:
    """Targets that were met easily, or missed, several periods running."""
    now = rules()
    said = {key: streak(found[key], wanted.measured, now) for key, wanted in known.items()}
    for key, one in said.items():
        if one is not None:
            with st.container(border=True, key=f"proposal-{key}", gap="xsmall"):
                icon = ":material/trending_up:" if one.kind == "easy" else ":material/report:"
                st.markdown(f"{icon} **{plain(target_name(book, known[key]))}**")
                st.markdown(plain(streak_said(one, now.margin, known[key], form_of(book))))
                if one.kind == "missed":
                    _contradicted(book, known[key], known)
                _take_over(book, key, known[key], found[key], one)


def _contradicted(book: Book, wanted: Wanted, known: dict[str, Wanted]) -> None:
    """The other targets whose KPIs went the other way so far."""
    names = tuple(sorted({one.kpi for one in known.values()}))
    pairs = [one for one in cached(contradictions, book, names) if wanted.kpi in (one.kpi, one.kgi)]
    for one in pairs:
        st.markdown(plain(contradiction_said(one, wanted)))
    if not pairs:
        st.caption(say(_("No other target's KPI has so far moved against it by more than chance.")))


def _take_over(book: Book, key: str, wanted: Wanted, found: Sequence[Judged], one: Streak) -> None:
    is_new, other = proposed(book, wanted, found, one)
    named = target_name(book, other)
    label = (_("Propose a next target: {target}", target=named) if is_new else
             _("Propose for the open periods: {target}", target=named))
    st.button(plain(label), key=f"proposal-take-{key}", icon=":material/edit:", on_click=_propose,
              args=("" if is_new else key, other.model_dump(), say(streak_said(one, rules().margin, wanted,
                                                                              form_of(book)))))


@told
def _propose(key: str, values: dict[str, object], why: str) -> None:
    """Open the proposal where targets are set; it counts when it is saved there."""
    put(key, Wanted.model_validate(values))
    st.session_state[WHY] = why
    open_section(SECTION, "targets")
