"""One customer's health: what the score is made of, and its history, behaviour told from formula."""

from __future__ import annotations

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.charts.health_past import life_lines, points_of
from cs_kpi.health_rules import HealthConfiguration
from cs_kpi.locale import Message
from cs_kpi.standing.course import Life, life, life_table, past
from cs_kpi.standing.standing import Standing
from pages._ui.cache import cached
from pages._ui.customer_links import customer_link
from pages._ui.figures import show
from pages._ui.frames import table
from pages._ui.health import versions_or
from pages._ui.people import DATES
from pages._ui.picks import pick
from pages._ui.words import _, say
from pages._ui.work import language, preferences

COLUMNS: dict[str, Message] = {
    "closing": _("Closing"), "score": _("Score"), "change": _("Moved by"), "behaviour": _("By behaviour"),
    "formula": _("By the formula"), "today": _("Under the present score")}


def one_customer(book: Book, found: Standing, chosen: HealthConfiguration) -> None:
    """The points and the history of a customer that the reader picks; the lowest score first."""
    if not len(found):
        return
    st.subheader(say(_("One customer")), anchor=False)
    order = found.scores.score.argsort(kind="stable")
    names = {str(found.scores.customer[place]): _name(book, int(found.scores.customer[place])) for place in order}
    code = int(pick("health-customer", _("Customer"), names))
    place = int((found.scores.customer == code).argmax())
    name = names[str(code)]
    customer_link(str(book.customer_ids[code]), name)
    if found.scores.band[place] >= 0:
        show(points_of(book, found.scores, place, name, language()))
    if not book.is_snapshot:
        _history(book, chosen, code, name)


def _name(book: Book, code: int) -> str:
    if preferences().hides_names:
        return say(_("Customer {number}", number=f"{code + 1:04d}"))
    return str(book.customers["customer_name"].iloc[code])


def _history(book: Book, chosen: HealthConfiguration, code: int, name: str) -> None:
    saved = versions_or(chosen)
    lived = cached(life, book, saved, chosen, code)
    all_days = cached(past, book, saved, chosen)
    show(life_lines(book, lived, name, [(all_days.days[at], one) for at, one in all_days.changes], language()))
    life_rows(lived, len(saved) > 1)


def life_rows(lived: Life, has_versions: bool) -> None:
    """The history as a table; behaviour is told from the formula where there are several versions of it."""
    st.caption(say(_("A change by behaviour is what the customer did, scored as before; a change by the formula is "
                     "what another version of the score makes of the same.")))
    frame = life_table(lived)
    kept = [column for column in COLUMNS if has_versions or column in ("closing", "score", "change")]
    heads = {column: say(label) for column, label in COLUMNS.items()}
    shown = {heads[column]: st.column_config.NumberColumn(format="%.1f") for column in kept if column != "closing"}
    shown[heads["closing"]] = st.column_config.DateColumn(format=DATES[language()])
    table(frame[kept].rename(columns=heads), "health_history", "health-history", shown)
