"""How past candidates fared, by what was known then."""

from __future__ import annotations

import streamlit as st

from cs_kpi.growth.backtest import Backtest
from cs_kpi.growth.listing import BASE, HIGH, KIND_LABELS, LOW, PRECISION, precision_table
from pages._ui.frames import number_column, table
from pages._ui.growth import Growth
from pages._ui.words import _, plain, say
from pages._ui.work import language


def test_section(found: Growth) -> None:
    st.caption(say(_("At every past month's end the candidates are told anew by what was known then: signs, chances "
                     "and rules of the months before. What they bought in the 3 months after it is held against all "
                     "customers of the same months.")))
    for one in (found.offers.upsell_test, found.offers.cross_sell_test):
        if one is not None and one.closings is not None:
            _tested(one)
    st.caption(say(_("Health counts by today's rules. What carries no date was not known then: contracts whose end is "
                     "filled in, and whether a ticket was solved.")))


def _tested(one: Backtest) -> None:
    assert one.closings is not None
    first, last = one.closings
    st.markdown("**" + plain(_("{kind}: {n} months, {first} to {last}", kind=KIND_LABELS[one.kind], n=one.months,
                               first=first, last=last)) + "**")
    shares = [say(label) for label in (PRECISION, LOW, HIGH, BASE)]
    table(precision_table(one, language()), f"growth-test-{one.kind}", f"growth-test-{one.kind}",
          {say(_("Times the base rate")): number_column("ratio")}, shares=shares)
