"""Benchmarks: what others report, entered by the team with the source; none come with the product."""

from __future__ import annotations

from typing import Any

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.kpi.declarations import KPIS
from cs_kpi.periods import KIND_LABELS, PERIOD_KINDS
from cs_kpi.targets.goals import Benchmark
from pages._ui.act import signed
from pages._ui.goals_work import benchmarks, form_of, new_key, save
from pages._ui.guards import told
from pages._ui.words import _, plain, say
from pages._ui.work import language, workspace

DELETED = "deleted-benchmark"


def benchmark_section(book: Book) -> None:
    """Those that were entered, and a form for one more."""
    st.caption(say(_("This product ships no benchmarks: numbers of others differ in what they count. Enter those that "
                     "you trust, with where they are from; targets of the same KPI and kind of period show them.")))
    form, known = form_of(book), benchmarks()
    signatures = workspace().signatures(Benchmark)
    for key, one in known.items():
        kpi = KPIS[one.kpi]
        value = form.number(one.low, kpi.unit)
        value += f" – {form.number(one.high, kpi.unit)}" if one.high is not None else ""
        parts = (say(kpi.label), say(KIND_LABELS[one.kind]), value, one.source, one.about, signed(signatures, key))
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(plain(" · ".join(part for part in parts if part)))
            st.button(say(_("Delete")), key=f"benchmark-delete-{key}", icon=":material/delete:", on_click=_delete,
                      args=(key,))
    if DELETED in st.session_state:
        st.button(say(_("Undo")), key="benchmark-undo", icon=":material/undo:", type="tertiary", on_click=_put_back)
    _new(book)


def _new(book: Book) -> None:
    names = {one: say(kpi.label) for one, kpi in KPIS.items()}
    kinds = {kind: say(KIND_LABELS[kind]) for kind in PERIOD_KINDS}
    with st.container(border=True, key="benchmark-new"):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            kpi = st.selectbox(say(_("KPI")), list(names), key=f"benchmark-kpi-{language()}", width=300,
                               format_func=names.__getitem__)
            kind = st.selectbox(say(_("Period kind")), list(kinds), key=f"benchmark-kind-{language()}", width=190,
                                format_func=kinds.__getitem__)
            unit = " (%)" if KPIS[kpi].unit == "share" else ""
            low = st.number_input(say(_("Value, or from")) + unit, value=None, key="benchmark-low", width=170)
            high = st.number_input(say(_("To (of a range)")) + unit, value=None, key="benchmark-high", width=170)
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            source = st.text_input(say(_("Source")), key="benchmark-source", max_chars=300, width=360,
                                   placeholder=say(_("Who says so, where, and when")))
            about = st.text_input(say(_("About whom")), key="benchmark-about", max_chars=300, width=260)
            scale = 100 if KPIS[kpi].unit == "share" else 1
            values = None if low is None else {
                "kpi": kpi, "kind": kind, "low": low / scale, "source": source.strip(), "about": about.strip(),
                "high": None if high is None else high / scale}
            st.button(say(_("Add the benchmark")), key="benchmark-add", icon=":material/add:", on_click=_add,
                      args=(values,), disabled=values is None or not source.strip()
                      or (high is not None and low is not None and high < low))


@told
def _add(values: dict[str, Any]) -> None:
    save({new_key(): Benchmark.model_validate(values)})
    for name in ("low", "high"):
        st.session_state[f"benchmark-{name}"] = None
    for name in ("source", "about"):
        st.session_state[f"benchmark-{name}"] = ""


@told
def _delete(key: str) -> None:
    gone = workspace().load(Benchmark, key)
    if gone is not None:
        st.session_state[DELETED] = (key, gone.model_dump())
        workspace().remove(Benchmark, key)


@told
def _put_back() -> None:
    key, gone = st.session_state.pop(DELETED)
    save({key: Benchmark.model_validate(gone)})
