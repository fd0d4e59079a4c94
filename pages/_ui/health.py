"""The health score behind its page: what is in force, what is being edited, and what was saved before."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.errors import DataError
from cs_kpi.health.editing import rules_of, with_rules
from cs_kpi.health.history import last_day
from cs_kpi.health.score import is_kept, values_at
from cs_kpi.health.starting import starting
from cs_kpi.health_rules import CHURN_RISK, HealthConfiguration, HealthVersion, Rules
from pages._ui.cache import cached
from pages._ui.words import _, counts_seconds, say
from pages._ui.work import language, save_settings_with, settings, workspace

DRAFT, WHOSE = "health-draft", "health-whose"


def in_force() -> HealthConfiguration | None:
    """The saved way of scoring that numbers go by; None where nothing is saved yet."""
    return settings().health


def suggested(book: Book) -> HealthConfiguration:
    """A first way of scoring, guessed from the data. Raises DataError where nothing tells how healthy anybody is."""
    return cached(starting, book, language(), book.as_of)


def draft(book: Book) -> HealthConfiguration:
    """What is being edited, else what is in force, else the suggestion."""
    if kept := st.session_state.get(DRAFT):
        return HealthConfiguration.model_validate(kept)
    return in_force() or suggested(book)


def is_edited(book: Book) -> bool:
    """Whether the draft differs from what is in force, or from the suggestion where nothing is."""
    return DRAFT in st.session_state and draft(book) != (in_force() or suggested(book))


def put(changed: HealthConfiguration) -> None:
    st.session_state[DRAFT] = changed.model_dump(mode="json")


def edit(book: Book, change: Callable[[Rules], Rules]) -> None:
    """Change the rules that are being edited."""
    now = draft(book)
    put(with_rules(now, segment(now), change(rules_of(now, segment(now)))))


def segment(now: HealthConfiguration) -> str | None:
    """Whose rules are being edited: those of a value of the field; None: those for everybody else."""
    picked = st.session_state.get(WHOSE)
    return picked if picked in now.segments else None


def discard() -> None:
    st.session_state.pop(DRAFT, None)


def versions() -> tuple[HealthVersion, ...]:
    """Everything that was saved, the oldest first; what is in force without a record of it (given by hand) as one."""
    found = tuple(sorted(workspace().all(HealthVersion).values(), key=lambda one: one.number))
    now = in_force()
    if now is not None and (not found or found[-1].configuration != now):
        found += (HealthVersion(number=found[-1].number + 1 if found else 1, configuration=now),)
    return found


def ask_for_risk(book: Book, chosen: HealthConfiguration) -> None:
    """Have the churn risk of today told, where a score looks at it: that takes a model, and the page says so."""
    if CHURN_RISK in chosen.features and not is_kept(book, chosen, CHURN_RISK, last_day(book)):
        with st.spinner(say(_("The churn model of the last quarter is trained, which the score looks at …")),
                        show_time=counts_seconds()):
            values_at(book, chosen, CHURN_RISK, last_day(book))


def versions_or(chosen: HealthConfiguration) -> tuple[HealthVersion, ...]:
    """The saved versions; where there are none, the suggestion as the only one."""
    return versions() or (HealthVersion(number=1, configuration=chosen),)


def save(book: Book, chosen: HealthConfiguration, name: str) -> None:
    """Put a configuration in force from the last day of the data on, and keep it as a version.

    Raises DataError where it has no name.
    """
    if not name.strip():
        raise DataError(_("Give the health score a name, so that it can be told from the others later."))
    put_in_force(book, chosen.model_copy(update={"name": name.strip()}))
    discard()


def put_in_force(book: Book, chosen: HealthConfiguration) -> None:
    """Score by a configuration from the last day of the data on, and keep it as a version; an edit that is not saved
    stays."""
    known = versions()
    dated = chosen.model_copy(update={"made_on": min(book.as_of or book.today, book.today)})
    new = HealthVersion(number=known[-1].number + 1 if known else 1, configuration=dated)
    records = {one.key: one for one in known if one.key not in workspace().all(HealthVersion)}
    save_settings_with({**records, new.key: new}, health=dated.model_dump())
