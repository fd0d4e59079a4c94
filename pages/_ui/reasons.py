"""The section of the retention page on why customers left, and the list for the developers of the service."""

from __future__ import annotations

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.charts.retention import Span, reason_bars, stated_reasons
from cs_kpi.charts.revenue import span_label
from cs_kpi.measures.segments import segment_fields
from cs_kpi.retention.feature_reasons import FeatureReasons, stated
from cs_kpi.retention.leaving import still_there
from cs_kpi.retention.listing import REASON_LABELS, with_values
from pages._ui.cache import cached
from pages._ui.figures import show
from pages._ui.guards import lacks_data, told
from pages._ui.held import held
from pages._ui.people import people
from pages._ui.picks import pick
from pages._ui.view import View
from pages._ui.words import _, number, plain, say
from pages._ui.work import language, preferences, workspace

KEPT = "feature-reasons"


def reason_section(book: Book, view: View) -> None:
    """Reasons by what was lost, one by one with their comments, and those about features."""
    if not book.has("cancellations.cancelled_on"):
        lacks_data("cancellations", ("cancelled_on", "reason", "comment"))
        return
    fields = {field.id: say(field.label) for field in cached(segment_fields, book)}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        span, said = _span(book, view)
        by = pick("reasons-by", _("Bars by"), {"": say(_("Everything")), **fields}) or None
    found = cached(stated_reasons, book, span, view.segment)
    if found.empty:
        st.info(say(_("Nobody stated a reason in this time. Pick a longer one.")))
        return
    show(cached(reason_bars, book, span, said, language(), by, view.segment, preferences().money_unit))
    _for_developers(book, found)
    st.subheader(say(_("All stated reasons")), anchor=False)
    if stay := still_there(book, found):
        st.caption(say(_("By their contracts {n} of these customers have not left, so nothing was lost with them.",
                         n=stay)))
    people(book, found, "cancellation_reasons", with_values(found, REASON_LABELS))


def _span(book: Book, view: View) -> tuple[Span | None, str]:
    """The days to look at: the periods that charts over time show, the picked one alone, or everything."""
    spans: dict[str, tuple[Span | None, str]] = {
        "run": ((view.run[0].start, view.run[-1].end), span_label(view.run, language())),
        "period": ((view.period.start, view.period.end), view.period.label(language())),
        "all": (None, say(_("the whole time")))}
    if book.is_snapshot:
        spans = {"all": spans["all"]}
    return spans[pick("reasons-span", _("Reasons stated in"), {name: said for name, (_days, said) in spans.items()})]


def _for_developers(book: Book, found: object) -> None:
    """The feature-related reasons with the MRR lost; which ones count is guessed, changed and remembered here."""
    st.subheader(say(_("For the developers of the service")), anchor=False)
    offered = stated(found)  # type: ignore[arg-type]
    kept = workspace().load(FeatureReasons, KEPT) or FeatureReasons()
    key = held("feature-reasons", kept.among(offered))
    picked = st.multiselect(say(_("Reasons about features (guessed from their words; your choice is kept)")), offered,
                            key=key, on_change=_keep, args=(key, offered), placeholder=say(_("Pick reasons")))
    if not picked:
        st.caption(say(_("None of these reasons sounds as if it were about features. Pick those that are.")))
        return
    chosen = found[found["reason"].isin(picked)]  # type: ignore[index]
    who, stay = chosen["customer_id"].nunique(), still_there(book, chosen)
    st.markdown(plain(_("Customers who left for reasons about features: {n}; they paid {mrr} a month.", n=who - stay,
                        mrr=number(chosen["mrr_lost"].sum(), "money", book.currency))))
    if stay:
        st.caption(say(_("{n} more stated such a reason, and have not left by their contracts.", n=stay)))
    people(book, chosen, "feature_reasons", with_values(chosen, REASON_LABELS))


@told
def _keep(key: str, offered: list[str]) -> None:
    kept = workspace().load(FeatureReasons, KEPT) or FeatureReasons()
    workspace().save(kept.changed(offered, st.session_state[key]), KEPT, by=preferences().display_name)
