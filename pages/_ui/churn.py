"""The sections of the retention page on churn itself: over time, by name, and what it costs."""

from __future__ import annotations

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.charts.retention import cost_lines, cost_sentence
from cs_kpi.charts.revenue import span_label, trend
from cs_kpi.kpi.declarations import KPIS
from cs_kpi.kpi.readings import missing
from cs_kpi.retention.churned import churned
from cs_kpi.retention.cost import FEWEST, POINT, pooled_rate, present_mrr
from cs_kpi.retention.listing import CHURNED_LABELS, cost_table, with_values
from pages._ui.cache import cached
from pages._ui.figures import show
from pages._ui.frames import table
from pages._ui.guards import lacks_data, takes_dates
from pages._ui.people import people
from pages._ui.segments import segments_compared
from pages._ui.view import View, past_the_period
from pages._ui.words import _, number, plain, say
from pages._ui.work import language, preferences

FORMS = ("customer_churn_rate", "gross_revenue_churn_rate", "net_revenue_churn_rate")
MOST_POINTS, STEP = 3.0, 0.1


def churn_section(book: Book, view: View) -> None:
    """Every form of churn over time with its interval, and who left in the period."""
    if missing(book, KPIS["customer_churn_rate"]):
        lacks_data("subscriptions", ("start_date", "end_date", "mrr"))
        return
    if book.is_snapshot:
        segments_compared(book, view.period, ["customer_churn_rate", "gross_revenue_churn_rate", "churned_customers"],
                          view.segment.field if view.segment else "")
    else:
        for kpi in FORMS:
            show(cached(trend, book, [kpi], view.run, language(), view.segment))
    found = cached(churned, book, view.period, view.segment)
    st.subheader(say(_("Customers who left, {period}: {n}", period=view.period.label(language()), n=len(found))),
                 anchor=False)
    people(book, found, f"churned-{view.period.id}", with_values(found, CHURNED_LABELS))


def cost_section(book: Book, view: View) -> None:
    """What points of monthly churn do to the present MRR, in a sentence, a chart and a table."""
    if book.is_snapshot:
        takes_dates()
        return
    if not book.has_contracts:
        lacks_data("subscriptions", ("start_date", "end_date", "mrr"))
        return
    rate = cached(pooled_rate, book, segment=view.segment)
    if rate is None:
        st.info(say(_("What churn costs takes a monthly rate, and that takes at least {n} complete months with "
                      "customers. Load a longer history, or pick another segment.", n=FEWEST)),
                icon=":material/calendar_month:")
        return
    past_the_period(_("the MRR of {day} and the last {n} complete months", day=book.as_of, n=len(rate.months)))
    mrr, unit = cached(present_mrr, book, view.segment), preferences().money_unit
    points = st.slider(say(_("Points of monthly churn")), STEP, MOST_POINTS, POINT * 100, STEP, format="%.1f pt",
                       key="churn-points", persist_state="session", width=420) / 100
    st.caption(say(_("Today's rate is {rate} a month: {lost} of MRR lost, of {base} at the openings of the months "
                     "{span}. Today's MRR is {mrr}.", rate=number(rate.value, "share"),
                     lost=number(rate.lost, "money", book.currency), base=number(rate.base, "money", book.currency),
                     span=span_label(rate.months, language()), mrr=number(mrr, "money", book.currency))))
    figure = cached(cost_lines, book, points, language(), view.segment, unit)
    if figure is None:
        st.info(say(_("Nobody is a customer now, so churn costs nothing.")))
        return
    st.markdown(plain(cost_sentence(book, mrr, rate, points, language(), unit)))
    show(figure)
    frame = cached(cost_table, book, mrr, rate.value, points, language(), unit)
    table(frame, "churn_cost", "cost-table",
          {name: st.column_config.NumberColumn(format="localized") for name in frame.columns})
