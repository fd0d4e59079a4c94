"""Which customer the page is about: searched by name or ID, kept in the address."""

from __future__ import annotations

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.customer.profile import code_of
from cs_kpi.customer.search import matches, numbered
from cs_kpi.kpi.listing import hidden_name
from pages._ui.address import recalled, remember, write
from pages._ui.customer_links import ID
from pages._ui.held import held
from pages._ui.words import _, plain, say
from pages._ui.work import language, preferences

NUMBER = "number"
"""Stands in the address for the ID where names are hidden."""
MOST_AT_ONCE, MOST_FOUND = 500, 200
"""More customers than these are searched by a field of its own, and so many of those found are offered."""


def called(book: Book, code: int) -> str:
    """What a customer is called on the pages: its name, or its number where names are hidden."""
    return say(hidden_name(code)) if preferences().hides_names else str(book.customers["customer_name"].iloc[code])


def picked_customer(book: Book) -> int | None:
    """The code of the picked customer; None where none is, which the page says."""
    id = _asked(book)
    code = code_of(book, id) if id else None
    _picker(book, code)
    if code is not None:
        hides = preferences().hides_names
        write(ID, "" if hides else id)
        write(NUMBER, f"{code + 1:04d}" if hides else "")
    elif id:
        write(ID, id)
        st.warning(plain(_("There is no customer with the ID '{id}' in the data. Its file may have been taken out, or "
                           "it may be one with another customer now. Pick a customer above.", id=id)),
                   icon=":material/person_search:")
    else:
        st.info(say(_("Pick a customer above, or click a name in any list.")), icon=":material/person_search:")
    return code


def _asked(book: Book) -> str:
    """The ID that the address or an earlier choice names; empty where none does."""
    number = st.query_params.get(NUMBER, "")
    is_new = number.isdecimal() and number != st.session_state.get(f"{NUMBER}-written")
    if is_new and 1 <= int(number) <= len(book.customer_ids):
        remember(ID, str(book.customer_ids[int(number) - 1]))
    return recalled(ID, None, "")


def _picker(book: Book, code: int | None) -> None:
    hides, many = preferences().hides_names, len(book.customer_ids) > MOST_AT_ONCE
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        sought = st.text_input(say(_("Search")), key="customer-search", icon=":material/search:", width=300,
                               placeholder=say(_("Name or ID"))) if many else ""
        found = (numbered if hides else matches)(book, sought, MOST_FOUND if many else MOST_AT_ONCE)
        options = found if code is None or code in found else [code, *found]
        names = {one: _option(book, one, hides) for one in options}
        key = held(f"customer-{language()}-{hides}", code)
        st.selectbox(say(_("Customer")), options, key=key, format_func=names.__getitem__, width=460,
                     placeholder=say(_("Pick a customer")), on_change=_picked, args=(key, book.customer_ids))
    if many and len(found) == MOST_FOUND:
        st.caption(say(_("The first {n} are offered; type a part of the name or the ID to narrow them.", n=MOST_FOUND)))
    elif many and not found:
        st.caption(say(_("No customer's name or ID holds what you typed.")))


def _option(book: Book, code: int, hides: bool) -> str:
    name, id = called(book, code), str(book.customer_ids[code])
    return name if hides or name == id else f"{name} ({id})"


def _picked(key: str, ids: object) -> None:
    code = st.session_state[key]
    if code is not None:
        remember(ID, str(ids[code]))  # type: ignore[index]
