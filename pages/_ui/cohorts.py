"""The section of the retention page on start cohorts."""

from __future__ import annotations

from functools import partial

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.charts.cohorts import OF_LABELS, SEVERAL, SHOWN_LABELS, cohort_heatmap, left_out, row_names
from cs_kpi.kpi.readings import Segment, segment_name
from cs_kpi.measures.segments import STARTS, segment_fields
from cs_kpi.retention.cohorts import cohorts
from cs_kpi.retention.listing import COHORT_LABELS, cohort_list, with_values
from cs_kpi.retention.staying import BESIDE_COHORTS
from pages._ui.cache import cached
from pages._ui.figures import show
from pages._ui.guards import takes_dates
from pages._ui.people import people
from pages._ui.picks import pick
from pages._ui.view import NOT_SET, View, past_the_period
from pages._ui.words import _, number, plain, say
from pages._ui.work import language


def cohort_section(book: Book, view: View) -> None:
    """The heatmap by any field, and the customers of the picked cohort."""
    if book.is_snapshot:
        takes_dates()
        return
    past_the_period(_("all data up to {day}", day=book.as_of))
    fields = {field.id: say(field.label) for field in cached(segment_fields, book)}
    ordered = {name: fields[name] for name in (*reversed(STARTS), *(one for one in fields if one not in STARTS))}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        by = pick("cohorts-by", _("Cohorts by"), ordered)
        of = pick("cohorts-of", _("Measured in"), {name: say(label) for name, label in OF_LABELS.items()
                                                   if name != "mrr" or book.has_contracts}, as_buttons=True)
        shown = pick("cohorts-shown", _("Shown as"), {name: say(label) for name, label in SHOWN_LABELS.items()},
                     as_buttons=True)
    found = cached(cohorts, book, by, view.segment)
    if not found.names or not found.active.shape[1]:
        st.info(say(_("No customer's start month is over yet in this segment. Pick another segment, or load a longer "
                      "history.")))
        return
    figure = cached(cohort_heatmap, book, by, of, shown, language(), view.segment)
    rows = [NOT_SET if name is None else name for name in cached(row_names, book, by, shown, view.segment)]
    show(figure, partial(_picked, by, rows))
    if reason := cached(left_out, book, view.segment):
        st.caption(f":material/info: {plain(reason)}")
    if book.has_contracts and of == "customers" and shown == "share":
        st.caption(plain(BESIDE_COHORTS))
    st.subheader(say(_("Customers of a cohort")), anchor=False)
    st.caption(say(_("Click a row of the chart, or pick a cohort here.")))
    names = {NOT_SET if name is None else name: name for name in reversed(found.names)}
    sizes = dict(zip(found.names, found.size, strict=True))
    labels = {value: f"{say(segment_name(Segment(by, name)))} ({number(sizes[name], 'count')})"
              for value, name in names.items()}
    picked = pick(f"cohort-of-{by}", _("Cohort"), labels)
    members = cached(cohort_list, book, by, names[picked], language(), view.segment)
    people(book, members, f"cohort-{by}-{picked}", with_values(members, COHORT_LABELS))


def _picked(by: str, rows: list[str], row: int) -> None:
    """A click on a row of the chart picks its cohort; rows of several cohorts are none."""
    if rows[row] != SEVERAL:
        st.session_state[f"cohort-of-{by}"] = rows[row]
