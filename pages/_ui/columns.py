"""Every column of a sheet and what is made of it, to change: a field, an attribute, or a table that stands sideways."""

from __future__ import annotations

import streamlit as st

from cs_kpi.errors import DataError
from cs_kpi.ingest.corrections import IGNORED, NAME_AS_ID, column_options, corrected, with_months_as
from cs_kpi.ingest.records import SheetMapping
from cs_kpi.ingest.wide_columns import (
    LABELS,
    MILESTONE,
    MONTH_PLACES,
    PLACES,
    month_named,
    month_of,
    place_of,
    says_no_month,
    table_of,
)
from cs_kpi.tables import TABLES
from pages._ui.guards import told
from pages._ui.held import held
from pages._ui.loading import LoadedSheet, sheet_of
from pages._ui.saved import in_force, save_mapping
from pages._ui.words import _, number, plain, say
from pages._ui.work import preferences

ATTRIBUTE = ""
COLUMNS = (3, 4, 2, 6)
NAMING = {"customer_id", "customer_name", "furigana", "parent_id"}
FEWEST_MONTHS = 2
"""From so many columns of months on, they can be set all at once."""


def columns_editor(one: LoadedSheet) -> None:
    """A line per column of the sheet: its header, the field it feeds, how sure that is, three values."""
    _months_choice(one)
    for place, text in zip(st.columns(COLUMNS), (_("Column"), _("Field"), _("Confidence"), _("Values")), strict=True):
        place.caption(say(text))
    names = {option: _option_name(option) for option in (ATTRIBUTE, IGNORED, "customers.customer_id", NAME_AS_ID, *(
        option for option in column_options() if not option.endswith(".customer_id")))}
    for number_, header in enumerate(one.reading.headers):
        title, field, sure, values = st.columns(COLUMNS, vertical_alignment="center")
        title.markdown(f"**{plain(header)}**")
        with field:
            _field_choice(one, number_, header, names)
        sure.markdown(_confidence(one.mapping, header))
        values.caption(_values(one, header))


def _values(one: LoadedSheet, header: str) -> str:
    """Three values of a column; none of a column that names customers while names are hidden."""
    fed = {place.split(".")[1] for place, name in one.mapping.columns.items() if name == header}
    if preferences().hides_names and fed & NAMING:
        return "•••"
    return " ｜ ".join(plain(value) for value in one.reading.samples.get(header, ()))


def _field_choice(one: LoadedSheet, place: int, header: str, names: dict[str, str]) -> None:
    key = held(f"field-{one.key}-{place}", _waiting(one, header) or _current(one.mapping, header))
    st.selectbox(plain(_("Field of '{header}'", header=header)), list(names), key=key, format_func=names.__getitem__,
                 label_visibility="collapsed", on_change=_save_field, args=(one, header, key))
    _month_field(one, place, header)


def _current(mapping: SheetMapping, header: str) -> str:
    """The choice that stands for what a header feeds now."""
    if sideways := place_of(mapping, header):
        return sideways
    fed = [place for place, name in mapping.columns.items() if name == header]
    is_key = any(place.endswith(".customer_id") for place in fed)
    if "customers.customer_name" in fed and is_key:
        return NAME_AS_ID
    if is_key:
        return "customers.customer_id"
    return fed[0] if fed else ATTRIBUTE if header in mapping.attributes else IGNORED


def _confidence(mapping: SheetMapping, header: str) -> str:
    sure = [mapping.confidence.get(place, 0.0) for place, name in mapping.columns.items() if name == header]
    if not sure:
        return ""
    return f":material/check_circle: {number(min(sure), 'share')}" if min(sure) >= 0.8 else (
        f":material/help: {number(min(sure), 'share')}")


def _option_name(option: str) -> str:
    match option:
        case "":
            return say(_("Keep as an attribute"))
        case "ignored":
            return say(_("Leave out"))
        case "name_as_id":
            return say(_("Customer name, also as its ID"))
        case "customers.customer_id":
            return say(_("Customer ID"))
    if option == MILESTONE:
        return say(LABELS[option])
    if option in PLACES:
        return f"{say(TABLES[table_of(option)].label)} › {say(LABELS[option])}"
    name, _dot, field = option.partition(".")
    return f"{say(TABLES[name].label)} › {say(TABLES[name].by_name[field].label)}"


def _months_choice(one: LoadedSheet) -> None:
    """What all columns of months hold, in one choice; none where they hold different things."""
    now = {place_of(one.mapping, header) for header in one.mapping.months}
    if len(one.mapping.months) < FEWEST_MONTHS or len(now) > 1:
        return
    names = {place: _option_name(place) for place in MONTH_PLACES if place != "months.seats" or place in now}
    key = held(f"months-{one.key}", next(iter(now)))
    st.selectbox(say(_("The columns of months hold")), list(names), key=key, format_func=names.__getitem__, width=320,
                 on_change=_save_months, args=(one, key))


@told
def _save_months(one: LoadedSheet, key: str) -> None:
    save_mapping(one, with_months_as(in_force(one), st.session_state[key]))


def _waiting_key(one: LoadedSheet, header: str) -> str:
    return f"waits-for-month-{one.key}-{header}"


def _waiting(one: LoadedSheet, header: str) -> str | None:
    """What a column is to be as soon as its month is told."""
    return st.session_state.get(_waiting_key(one, header))


def _month_field(one: LoadedSheet, place: int, header: str) -> None:
    """The month of a column, where its header does not tell it."""
    if not _waiting(one, header) and not (header in one.mapping.months and says_no_month(header)):
        return
    key = held(f"month-{one.key}-{place}", one.mapping.months.get(header, ""))
    st.text_input(plain(_("Month of '{header}'", header=header)), key=key, label_visibility="collapsed",
                  placeholder=say(_("Its month, such as 2024-04")), icon=":material/calendar_month:",
                  on_change=_save_month, args=(one, header, key))


@told
def _save_month(one: LoadedSheet, header: str, key: str) -> None:
    text, mapping = st.session_state[key], in_force(one)
    month = month_of(text)
    if month is None:
        raise DataError(_("'{text}' is not a month. Enter it with its year, such as 2024-04.", text=text))
    save_mapping(one, corrected(mapping, header, _waiting(one, header) or place_of(mapping, header), month))
    st.session_state.pop(_waiting_key(one, header), None)


@told
def _save_field(one: LoadedSheet, header: str, key: str) -> None:
    """A column of a month that does not tell which waits for it; everything else is saved at once."""
    mapping, chosen = in_force(one), st.session_state[key]
    month = mapping.months.get(header)
    if chosen in MONTH_PLACES:
        month = month or month_named(sheet_of(one), mapping, header)
        if month is None:
            st.session_state[_waiting_key(one, header)] = chosen
            return
    st.session_state.pop(_waiting_key(one, header), None)
    save_mapping(one, corrected(mapping, header, chosen or None, month))
