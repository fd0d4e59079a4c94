"""The section of the risk page on the test: what it means, by numbers and by charts, beside what needs no model."""

from __future__ import annotations

import streamlit as st

from cs_kpi.charts.risk import calibration, lift_curve, months_used, precision_curve, roc_curve
from cs_kpi.churn.honesty import headline
from cs_kpi.churn.listing import score_table
from cs_kpi.churn.risk import Outlook
from pages._ui.figures import show
from pages._ui.frames import table
from pages._ui.words import _, plain, say
from pages._ui.work import language


def test_section(found: Outlook) -> None:
    """The sentence of a team lead first, then the numbers, then the charts."""
    tested = found.evaluation
    if not tested.scores:
        st.info(say(_("Too few customers left for a test.")), icon=":material/block:")
        return
    if tested.top and not found.verdict.is_good:  # of a good model it stands at the head of the page
        st.markdown("**" + plain(headline(tested.top, found.settings)) + "**")
    table(score_table(tested, language()), "churn_test", "risk-scores")
    st.caption(say(_("ROC AUC: how often a customer who left had the higher risk than one who stayed; 0.50 is chance. "
                     "PR AUC: the same where few leave; chance is the base rate. Brier score: how far risks were from "
                     "what happened; lower is better. Brier skill: above 0 is better than one risk for everybody.")))
    show(calibration(tested, language()))
    show(lift_curve(tested, language()))
    show(roc_curve(tested, language()))
    show(precision_curve(tested, language()))
    if tested.months:
        show(months_used(tested, language()))
