"""What a page needs before it can show anything, and the one place where the user's own errors are shown."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.errors import DataError
from pages._ui.loading import loaded_book
from pages._ui.words import _, say

DATA_PAGE = "pages/data.py"


@contextmanager
def errors_in_words() -> Iterator[None]:
    """Show a DataError as its sentence and end the page there; anything else is our bug and raises."""
    try:
        yield
    except DataError as error:
        st.error(say(error.message), icon=":material/error:")
        st.stop()


def require_book() -> Book:
    """The Book with at least one paying customer; says where to load data, and stops, when there is none."""
    book = loaded_book()
    if book is None:
        _to_data(_("There is no data yet. Load the team's files, or try the sample, on the data page."))
    elif book.obstacle:
        _to_data(book.obstacle)
    elif book.first_day is None or book.as_of is None:
        _to_data(_("No contract with an amount and a start date was found. Assign 'Start date' and 'MRR' or 'Amount' "
                   "to the columns of the contract sheet, on the data page."))
    assert book is not None
    return book


def _to_data(reason: object) -> None:
    st.info(say(reason), icon=":material/upload_file:")  # type: ignore[arg-type]
    st.page_link(DATA_PAGE, label=say(_("Go to the data page")), icon=":material/arrow_forward:")
    st.stop()
