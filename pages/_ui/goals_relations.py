"""Which KPIs move with the KGI, which do not, and which targets pull against each other."""

from __future__ import annotations

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.charts.review import beside_kgi
from cs_kpi.kpi.cards import lacking
from cs_kpi.kpi.declarations import KPIS
from cs_kpi.targets.correlation import FEWEST
from cs_kpi.targets.relations import contradictions, relations
from cs_kpi.targets.review_listing import related
from pages._ui.cache import cached
from pages._ui.figures import show
from pages._ui.frames import table
from pages._ui.goals_work import RULES, form_of, rules, save, targets
from pages._ui.guards import takes_dates, told
from pages._ui.held import held
from pages._ui.words import _, counts_seconds, plain, say
from pages._ui.work import language

KGIS = ("customer_churn_rate", "gross_revenue_churn_rate", "nrr", "grr", "net_new_mrr", "mrr", "ltv",
        "onboarding_completion_rate")


def relations_section(book: Book) -> None:
    """Every KPI beside the KGI, and the pairs of targets that contradict each other."""
    if book.is_snapshot:
        takes_dates()
        return
    lacks = cached(lacking, book, KGIS)
    names = {one: say(KPIS[one].label) for one in KGIS if one not in lacks}
    if not names:
        st.info(plain(next(iter(lacks.values()))), icon=":material/upload_file:")
        return
    kgi = rules().kgi if rules().kgi in names else next(iter(names))
    widget = held(f"review-kgi-{language()}", kgi)
    st.selectbox(say(_("KGI")), list(names), key=widget, format_func=names.__getitem__, width=320, on_change=_kgi,
                 args=(widget,))
    with st.spinner(say(_("Comparing KPIs month by month …")), show_time=counts_seconds()):
        found = cached(relations, book, kgi)
    if all(one.found is None for one in found):
        st.info(say(_("At least {n} pairs of complete months are needed to say which KPIs move with {kpi}. Load a "
                      "longer history.", n=FEWEST + 1, kpi=KPIS[kgi].label)), icon=":material/hourglass_empty:")
        return
    show(beside_kgi(found, language()))
    st.caption(say(_("Compared are changes from month to month, not levels, so that two numbers that both grow are not "
                     "related by that. Many KPIs are compared at once; of those shown as moving, one in twenty is "
                     "expected to be chance. What moves together need not cause one another.")))
    table(related(found, form_of(book)), "relations", "related")
    _contradictions(book)


def _contradictions(book: Book) -> None:
    kpis = tuple(sorted({one.now.kpi for one in targets().values()}))
    st.subheader(say(_("Targets that contradict each other")), anchor=False)
    if len(kpis) < 2:
        st.caption(say(_("This takes targets on two KPIs.")))
        return
    found = cached(contradictions, book, kpis)
    if found:
        table(related(found, form_of(book)), "contradictions", "contradicting")
    else:
        st.caption(say(_("No two targeted KPIs have so far moved against each other by more than chance.")))


@told
def _kgi(widget: str) -> None:
    save({RULES: rules().model_copy(update={"kgi": st.session_state[widget]})})
