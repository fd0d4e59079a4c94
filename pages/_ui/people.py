"""Lists of customers on a page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.kpi.listing import customer_table, hidden_name
from cs_kpi.locale import Message
from cs_kpi.tables import CUSTOMERS
from pages._ui.frames import table
from pages._ui.words import _, say
from pages._ui.work import language, preferences

SENTENCE_WIDTH = 330
DATES = {"ja": "YYYY/MM/DD", "en": "YYYY-MM-DD"}


def people(book: Book, frame: Any, name: str, labels: Mapping[str, Message], shares: Sequence[str] = (),
           sentences: Sequence[str] | Mapping[str, int] = (), *, shows_ids: bool = True) -> None:
    """The customers of a frame, searchable and with downloads.

    name : of the downloaded file and of the widgets; labels : columns beside id, name, owner and MRR
    shares : columns to show as percent; sentences : columns that are wide (or so many px), in rows high enough for them
    shows_ids : False leaves the ID to the search and the files, where the room is wanted for words
    """
    if frame.empty:
        st.caption(say(_("There are no such customers.")))
        return
    chosen = preferences()
    shown = customer_table(book, frame, labels, language(), chosen.hides_names, chosen.money_unit)
    columns: dict[str, Any] = {head: st.column_config.NumberColumn(format="localized") for head in shown.columns
               if shown[head].dtype.kind in "if"}
    columns |= {head: st.column_config.DateColumn(format=DATES[language()]) for head in shown.columns
                if shown[head].dtype == object and isinstance(shown[head].dropna().iloc[:1].squeeze(), dt.date)}
    widths = sentences if isinstance(sentences, Mapping) else dict.fromkeys(sentences, SENTENCE_WIDTH)
    columns |= {say(labels[column]): st.column_config.TextColumn(width=width) for column, width in widths.items()}
    if not shows_ids:
        columns[say(CUSTOMERS.by_name["customer_id"].label)] = None
    table(shown, name, f"people-{name}", columns, search=True, wraps=bool(sentences),
          shares=[say(labels[column]) for column in shares], customers=frame["customer_id"].tolist())


def shown_names(book: Book) -> dict[str, str]:
    """What every customer is called on the pages, by its id: its name, or its number where names are hidden."""
    if preferences().hides_names:
        return {id: say(hidden_name(code)) for code, id in enumerate(book.customer_ids)}
    return dict(zip(book.customer_ids, book.customers["customer_name"].astype(str), strict=True))
