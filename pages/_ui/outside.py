"""Another tool's figures, typed or uploaded, and which definition explains them."""

from __future__ import annotations

from typing import Any

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.ingest.figures import figures
from cs_kpi.kpi.explained import (
    OutsideFigures,
    Scale,
    likely_scale,
    ranked,
    scales,
    shown_by_period,
    shown_ranking,
    verdict,
)
from cs_kpi.kpi.registry import KPIS
from cs_kpi.locale import Message
from cs_kpi.locale.formats import money_suffix
from cs_kpi.periods import Period
from cs_kpi.settings import MoneyUnit
from pages._ui.cache import cached
from pages._ui.dropzone import dropzone
from pages._ui.frames import table
from pages._ui.guards import told
from pages._ui.held import held
from pages._ui.uploads import TYPES
from pages._ui.view import View, offered
from pages._ui.words import _, plain, say
from pages._ui.work import language, preferences, workspace

FOUND = "outside-found"
EDITOR_WIDTH = 340
NOTHING = float("nan")
"""An empty cell of a column of numbers."""
SHARE_SCALES: dict[Scale, Message] = {"percent": _("Percent (3.2 = 3.2%)"), "one": _("Shares (0.032 = 3.2%)")}


def outside_figures(book: Book, view: View, kpi_id: str) -> None:
    """What the other tool says, and what that shows."""
    segment = f":{view.segment.field}={view.segment.value}" if view.segment else ""
    key = f"{kpi_id}:{view.period.kind}{segment}"
    given = workspace().load(OutsideFigures, key) or OutsideFigures()
    left, right = st.columns([2, 3], gap="large")
    with left:
        _upload(book, view, key)
        _typed(given, key, offered(book, view.period.kind))
        scale = _scale(book, view, kpi_id, given, key)
        if given.figures:
            st.button(say(_("Clear the figures")), key="outside-clear", icon=":material/delete:", on_click=_clear,
                      args=(key,))
        elif "outside-cleared" in st.session_state and st.session_state["outside-cleared"][0] == key:
            st.button(say(_("Put the figures back")), key="outside-undo", icon=":material/undo:", on_click=_put_back)
    _explained(book, view, kpi_id, given, scale, right)


def _upload(book: Book, view: View, key: str) -> None:
    """A file of figures; the run of numbers to take is picked where it has several."""
    turn = st.session_state.setdefault("outside-turn", 0)
    file = dropzone(say(_("Figures of the other tool")), TYPES, f"outside-file-{turn}",
                    help=say(_("A table with one period per row or per column and the values beside it.")))
    if file is not None:
        st.session_state["outside-turn"] = turn + 1
        known = {text: period.id for period in offered(book, view.period.kind)
                 for text in (period.id, period.label("ja"), period.label("en"))}
        runs = figures(file.name, file.getvalue(), known)
        st.session_state[FOUND] = (key, [(f"{file.name} › {one.name}", dict(one.values), one.is_percent)
                                         for one in runs])
        _take(key, 0)
        st.rerun()
    for_key, runs = st.session_state.get(FOUND, ("", []))
    if for_key == key and len(runs) > 1:
        names = {place: run[0] for place, run in enumerate(runs)}
        st.selectbox(say(_("Column of the figures")), list(names), key="outside-run", format_func=names.__getitem__,
                     on_change=_take_picked, args=(key,))


def _take(key: str, place: int) -> None:
    """Keep a run of the uploaded file; shares that say so of themselves are kept as percent."""
    source, values, is_percent = st.session_state[FOUND][1][place]
    kept = {period: value * 100 for period, value in values.items()} if is_percent else values
    _save(key, OutsideFigures(figures=kept, written_in="percent" if is_percent else None, source=source))


@told
def _take_picked(key: str) -> None:
    _take(key, st.session_state["outside-run"])


def _save(key: str, changed: OutsideFigures) -> None:
    """Keep the figures; the editor begins anew with them."""
    workspace().save(changed, key, by=preferences().display_name)
    st.session_state["outside-editor"] = st.session_state.get("outside-editor", 0) + 1


def _typed(given: OutsideFigures, key: str, every: list[Period]) -> None:
    """A line per period to type or paste into. What it began with stays under it while it is edited, so that the
    place in it is kept."""
    place = f"outside-{st.session_state.get('outside-editor', 0)}-{key}-{language()}"
    periods = list(reversed(every))
    if place not in st.session_state:
        st.session_state["outside-base"] = [given.figures.get(period.id) for period in periods]
    head, value = say(_("Period")), say(_("The other tool"))
    rows: Any = {head: [period.label(language()) for period in periods], value: [
        NOTHING if one is None else one for one in st.session_state["outside-base"]]}
    st.data_editor(rows, key=place, hide_index=True, disabled=[head], placeholder="", width=EDITOR_WIDTH, height=320,
                   on_change=_type, args=(place, key, value, [period.id for period in periods]), column_config={
                       value: st.column_config.NumberColumn(format="%.6g")})
    if given.source:
        st.caption(plain(_("Read from {source}.", source=given.source)))


@told
def _type(place: str, key: str, column: str, ids: list[str]) -> None:
    """Keep what was typed; a cleared cell is no figure."""
    known = workspace().load(OutsideFigures, key) or OutsideFigures()
    base = st.session_state["outside-base"]
    kept = {period: value for period, value in zip(ids, base, strict=True) if value is not None}
    for row, change in st.session_state[place]["edited_rows"].items():
        if column in change:
            kept[ids[int(row)]] = change[column]
    workspace().save(known.model_copy(update={"figures": {name: one for name, one in kept.items() if one is not None}}),
                     key, by=preferences().display_name)


def _scale(book: Book, view: View, kpi_id: str, given: OutsideFigures, key: str) -> Scale:
    """In what the figures are written: guessed until the reader says so."""
    options = scales(KPIS[kpi_id].unit)
    scale = given.written_in if given.written_in in options else likely_scale(book, kpi_id, given, view.segment)
    if len(options) > 1:
        names = {one: _scale_name(book, kpi_id, one) for one in options}
        widget = held(f"outside-scale-{key}-{language()}", scale)
        st.selectbox(say(_("The figures are written in")), list(names), key=widget, format_func=names.__getitem__,
                     on_change=_save_scale, args=(key, widget), width=EDITOR_WIDTH)
    return scale


def _scale_name(book: Book, kpi_id: str, scale: Scale) -> str:
    if KPIS[kpi_id].unit == "share":
        return say(SHARE_SCALES[scale])
    unit: MoneyUnit = scale  # type: ignore[assignment]
    return money_suffix(language(), book.currency, unit).strip() or say(_("Whole units"))


@told
def _save_scale(key: str, widget: str) -> None:
    known = workspace().load(OutsideFigures, key) or OutsideFigures()
    workspace().save(known.model_copy(update={"written_in": st.session_state[widget]}), key,
                     by=preferences().display_name)


@told
def _clear(key: str) -> None:
    """Take the figures out; they can be put back until the next ones go."""
    known = workspace().load(OutsideFigures, key)
    st.session_state["outside-cleared"] = (key, known.model_dump() if known else {})
    st.session_state.pop(FOUND, None)
    _save(key, OutsideFigures())


@told
def _put_back() -> None:
    key, gone = st.session_state.pop("outside-cleared")
    _save(key, OutsideFigures.model_validate(gone))


def _explained(book: Book, view: View, kpi_id: str, given: OutsideFigures, scale: Scale, beside: Any) -> None:
    """The sentence and the definitions from the closest on beside the figures, the differences by period below."""
    theirs = given.by_period(scale, book.settings.fiscal_year_start)
    if not theirs:
        beside.info(say(_("Enter the other tool's figures on the left, or give its export. Then you see which "
                          "definition gives the same numbers.")), icon=":material/arrow_back:")
        return
    found = cached(ranked, book, kpi_id, tuple(theirs.items()), view.segment)
    said, unit = language(), preferences().money_unit
    beside.info(" ".join(plain(line) for line in verdict(book, kpi_id, found, said, unit)), icon=":material/lightbulb:")
    beside.table(shown_ranking(book, kpi_id, found, said, unit).to_dict("list"), border="horizontal")
    frame = shown_by_period(book, kpi_id, found, theirs, said, unit)
    numbers = {head: st.column_config.TextColumn(alignment="right") for head in list(frame)[1:]}
    table(frame, f"{kpi_id}-figures", "outside-periods", numbers)
