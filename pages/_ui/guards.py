"""What a page needs before it can show anything, and the one place where the user's own errors are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.errors import DataError
from cs_kpi.locale import Message
from cs_kpi.tables import TABLES
from pages._ui.loading import loaded_book
from pages._ui.words import _, plain, say

DATA_PAGE = "pages/data.py"
SETTINGS_PAGE = "pages/settings.py"
COMPARE_PAGE = "pages/compare.py"
SAID = "said"
NO_CONTRACT = _("No contract with an amount and a start date was found. Assign 'Start date' and 'MRR' or 'Amount' to "
                "the columns of the contract sheet, on the data page.")
Asked = ParamSpec("Asked")


@contextmanager
def errors_in_words() -> Iterator[None]:
    """Show a DataError as its sentence and end the page there; anything else is our bug and raises."""
    try:
        yield
    except DataError as error:
        st.error(plain(error.message), icon=":material/error:")
        st.stop()


def told(callback: Callable[Asked, None]) -> Callable[Asked, None]:
    """A widget's callback whose DataError is shown at the head of the page that follows."""
    @wraps(callback)
    def safe(*args: Asked.args, **kwargs: Asked.kwargs) -> None:
        try:
            callback(*args, **kwargs)
        except DataError as error:
            st.session_state[SAID] = plain(error.message)
    return safe


def what_was_said() -> None:
    """Show what a callback could not do; once. It has its place also while there is nothing: else everything under it
    would be drawn anew when it goes, and an open popover closed."""
    with st.container():
        if message := st.session_state.pop(SAID, None):
            st.error(message, icon=":material/error:")


def require_book() -> Book:
    """The Book with at least one paying customer; says where to load data, and stops, when there is none."""
    book = loaded_book()
    if book is None:
        _to_data(_("There is no data yet. Load the team's files, or try the sample, on the data page."))
    elif book.obstacle and not book.is_snapshot:
        _to_data(book.obstacle)
    elif not book.is_snapshot and (book.first_day is None or book.as_of is None):
        _to_data(NO_CONTRACT)
    assert book is not None
    return book


def lacks_data(table: str, fields: Sequence[str]) -> None:
    """Which columns would bring a page or a section to life, and the way to assign them."""
    declared = TABLES[table]
    st.info(plain(_("This needs the table '{table}' with {fields}. Load a file that has it, or assign its columns on "
                    "the data page.", table=declared.label, fields=[declared.by_name[name].label for name in fields])),
            icon=":material/upload_file:")
    st.page_link(DATA_PAGE, label=say(_("Go to the data page")), icon=":material/arrow_forward:")


def takes_dates() -> None:
    """What a list without dates lacks for charts over time, and the way to it."""
    st.info(say(_("Charts over time, new customers and growth take dates, which this list does not have. Assign 'Start "
                  "date' and 'End date' on the data page, or load contracts that have them.")),
            icon=":material/calendar_month:")
    st.page_link(DATA_PAGE, label=say(_("Go to the data page")), icon=":material/arrow_forward:")


def _to_data(reason: Message) -> None:
    st.info(plain(reason), icon=":material/upload_file:")
    st.page_link(DATA_PAGE, label=say(_("Go to the data page")), icon=":material/arrow_forward:")
    st.page_link(SETTINGS_PAGE, label=say(_("Go to the settings")), icon=":material/arrow_forward:")
    st.stop()
