"""Revenue: MRR over time, what moved it, how it holds, and on whose shoulders it stands."""

from __future__ import annotations

import streamlit as st

from cs_kpi.charts.revenue import bridge, layers, movement_bars, trend
from pages._ui.cache import cached
from pages._ui.figures import show
from pages._ui.guards import errors_in_words, lacks_data, require_book, takes_dates
from pages._ui.header import header
from pages._ui.segments import segments_compared
from pages._ui.view import pickers
from pages._ui.words import _
from pages._ui.work import language, preferences

header(_("Revenue"))
with errors_in_words():
    book = require_book()
    view = pickers(book)
    unit = preferences().money_unit
    if book.is_snapshot:
        show(cached(bridge, book, view.period, language(), view.segment, money_unit=unit))
        segments_compared(book, view.period, ["gross_revenue_churn_rate", "mrr", "arpa"],
                          view.segment.field if view.segment else "")
        takes_dates()
        st.stop()
    if not book.has("subscriptions"):
        lacks_data("subscriptions", ("start_date", "end_date", "mrr"))
        st.stop()
    for place, kpi in zip(st.tabs(["MRR", "ARR"]), ("mrr", "arr"), strict=True):
        with place:
            show(cached(trend, book, [kpi], view.run, language(), view.segment, money_unit=unit))
    show(cached(movement_bars, book, view.run, language(), view.segment, money_unit=unit))
    show(cached(bridge, book, view.period, language(), view.segment, money_unit=unit))
    show(cached(trend, book, ["nrr", "grr"], view.run, language(), view.segment, title=_("NRR and GRR")))
    show(cached(layers, book, view.run, language(), view.segment))
