"""How past candidates fared, by what was known then."""

from __future__ import annotations

import streamlit as st

from cs_kpi.growth.backtest import Backtest, lacking
from cs_kpi.growth.listing import KIND_LABELS, LIFT
from cs_kpi.growth.verdict import BASE, PRECISION, precision_table
from cs_kpi.health_rules import CHURN_RISK
from pages._ui.frames import number_column, table
from pages._ui.growth import Growth
from pages._ui.words import _, plain, say
from pages._ui.work import language


def test_section(found: Growth) -> None:
    st.caption(say(_("At every past month's end the candidates are told anew by what was known then: signs, chances "
                     "and rules of the months before. What they bought in the 3 months after it is held against all "
                     "customers of the same months.")))
    for one in found.offers.tests:
        if one.closings is None:
            st.info(plain(lacking(one.kind)), icon=":material/hourglass_empty:")
        else:
            _tested(one, found.book.currency)
    st.caption(say(_("Health, thresholds, limits of plans and products that extend a feature count as they are set "
                     "today. What carries no date was not known then: contracts whose end is filled in, and whether a "
                     "ticket was solved. MRR is that of candidates whose chance was known.")))
    health = found.book.settings.health
    if health is not None and CHURN_RISK in health.features:
        st.caption(say(_("Past health scores are without the churn risk here, since every quarter would need a model "
                         "of its own.")))


def _tested(one: Backtest, currency: str | None) -> None:
    assert one.closings is not None
    first, last = one.closings
    st.markdown("**" + plain(_("{kind}: {n} months, {first} to {last}", kind=KIND_LABELS[one.kind], n=one.months,
                               first=first, last=last)) + "**")
    table(precision_table(one, language(), currency), f"growth-test-{one.kind}", f"growth-test-{one.kind}",
          {say(LIFT): number_column("ratio")}, shares=[say(label) for label in (PRECISION, BASE)])
