"""The pickers: period and segment, in one place, the same on every page, kept across pages and in the URL."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.errors import DataError
from cs_kpi.kpi.readings import Segment, segment_name
from cs_kpi.kpi.runs import is_complete, offered, run_up_to
from cs_kpi.locale import Message
from cs_kpi.measures.segments import SegmentField, segment_fields, segment_values
from cs_kpi.periods import KIND_LABELS, PERIOD_KINDS, Period, PeriodKind, parse, period_of
from pages._ui.cache import cached
from pages._ui.conventions import convention_chip
from pages._ui.words import _, plain, say
from pages._ui.work import language

KEYS = ("kind", "period", "by", "segment")
PERIOD_WIDTH, PICKER_WIDTH = 184, 168
"""px: with the kinds of period before them in one row at 1280."""
NOT_SET = "-"
"""The missing value of a field, in the URL."""


@dataclass(frozen=True, slots=True)
class View:
    """What the reader looks at. `run` is the periods up to the chosen one that a chart over time shows."""

    period: Period
    segment: Segment | None
    run: list[Period]


def pickers(book: Book) -> View:
    """Show the pickers and return what is picked."""
    _recall(book)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind: PeriodKind = "snapshot" if book.is_snapshot else _kind()
        every = offered(book, kind)
        period = _period(book, kind, every)
        field = _by(book)
        segment = _segment(book, field) if field else None
        convention_chip(book)
    st.session_state["view"] = {key: st.session_state.get(key) for key in KEYS}
    _write_url(segment)
    return View(period, segment, run_up_to(period, every))


def turn_to(period: Period) -> None:
    """A button's callback: pick another period of the same kind."""
    st.session_state["period"] = period.id


def past_the_period(scope: Message) -> None:
    """What a section looks at that the picked period does not narrow; the cut by a segment does."""
    said = _("Shown here: {scope}, whatever period is picked above.", scope=scope)
    st.caption(f":material/date_range: {plain(said)}")


def past_the_pickers(scope: Message) -> None:
    """What a section looks at that neither the picked period nor the cut by a segment narrows."""
    said = _("Shown here: {scope}, whatever period and segment are picked above.", scope=scope)
    st.caption(f":material/groups: {plain(said)}")


def _recall(book: Book) -> None:
    """Widgets forget their value with their page: it comes from the last page that had them, else from the URL.

    A URL that we did not write ourselves (a link, the browser's back button) wins over what is remembered. Setting
    what is already there makes the value the session's, so that the widget of another page takes it over.
    """
    url = {key: st.query_params[key] for key in KEYS if key in st.query_params}
    if url and url != st.session_state.get("view-url"):
        for key in KEYS:
            st.session_state[key] = url.get(key, "")
        _drop_unknown_segment(book)
    remembered = st.session_state.get("view", {})
    for key in KEYS:
        value = st.session_state[key] if key in st.session_state else remembered.get(key)
        if value is not None:
            st.session_state[key] = value


def _drop_unknown_segment(book: Book) -> None:
    """A link to a segment that this book does not have shows everything, and says so."""
    by, wanted = st.session_state["by"], st.session_state["segment"]
    if not by:
        return
    field = next((one for one in cached(segment_fields, book) if one.id == by), None)
    known = [NOT_SET if value is None else value for value in cached(segment_values, book, field)] if field else []
    if not field or (wanted and wanted not in known):
        st.session_state["by"] = st.session_state["segment"] = ""
        st.toast(say(_("The link names a segment that is not in this data; everything is shown.")))


def _kind() -> PeriodKind:
    _keep("kind", PERIOD_KINDS, "month")
    names = {kind: say(label) for kind, label in KIND_LABELS.items()}
    picked = st.segmented_control(say(_("Period kind")), PERIOD_KINDS, format_func=names.__getitem__, key="kind",
                                  required=True)
    return picked or "month"


def _period(book: Book, kind: PeriodKind, every: list[Period]) -> Period:
    """The picked period; when the kind changes, the one of the new kind that holds the end of the old."""
    ids = [period.id for period in reversed(every)]
    complete = [p.id for p in reversed(every) if is_complete(book, p)]
    before = st.session_state.get("period")
    if before not in ids:
        st.session_state["period"] = _nearest(book, kind, before, ids) or (complete or ids)[0]
    labels = {one.id: one.label(language()) for one in every}
    labels |= {name: say(_("{period} (incomplete)", period=text)) for name, text in labels.items()
               if name not in complete}
    picked = st.selectbox(say(_("Period")), ids, format_func=labels.__getitem__, key="period",
                          width=PERIOD_WIDTH)
    return next(period for period in every if period.id == picked)


def _nearest(book: Book, kind: PeriodKind, before: str | None, ids: list[str]) -> str | None:
    try:
        old = parse(before or "", book.settings.fiscal_year_start)
    except DataError:
        return None
    found = period_of(kind, old.end, book.settings.fiscal_year_start).id
    return found if found in ids else None


def _by(book: Book) -> SegmentField | None:
    fields = {field.id: field for field in cached(segment_fields, book)}
    _keep("by", ["", *fields], "")
    names = {"": say(_("Everything")), **{name: say(field.label) for name, field in fields.items()}}
    picked = st.selectbox(say(_("Cut by")), list(names), key="by", format_func=names.__getitem__,
                          width=PICKER_WIDTH)
    return fields.get(picked)


def _segment(book: Book, field: SegmentField) -> Segment:
    values = {NOT_SET if value is None else value: value for value in cached(segment_values, book, field)}
    _keep("segment", list(values), next(iter(values)))
    names = {value: say(segment_name(Segment(field.id, named))) for value, named in values.items()}
    picked = st.selectbox(say(_("Segment")), list(values), key="segment",
                          format_func=names.__getitem__, width=PICKER_WIDTH)
    return Segment(field.id, values[picked])


def _keep(key: str, options: object, default: str) -> None:
    """Drop a remembered value that this book does not offer."""
    if st.session_state.get(key) not in options:  # type: ignore[operator]
        st.session_state[key] = default


def _write_url(segment: Segment | None) -> None:
    """Put what is picked into the address, so that a link shows the same view; other parameters stay."""
    shown = {key: st.session_state.get(key) or "" for key in ("kind", "period", "by")}
    shown["segment"] = st.session_state["segment"] if segment else ""
    shown = {key: value for key, value in shown.items() if value}
    others = {key: value for key, value in st.query_params.to_dict().items() if key not in KEYS}
    st.session_state["view-url"] = shown
    if st.query_params.to_dict() != {**others, **shown}:
        st.query_params.from_dict({**others, **shown})
