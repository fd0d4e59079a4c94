"""The map of the app: its pages in their sections."""

from __future__ import annotations

from typing import Any

import streamlit as st

from pages._ui.words import _, say


def menu() -> Any:
    """Configure the page, declare the navigation, and return the page that was asked for.

    The icon is our own file: without one, a page's icon in the menu is fetched from outside for the browser's tab.
    """
    st.set_page_config(page_title="CS KPI", page_icon="pages/_ui/icon.svg", layout="wide")
    return st.navigation({
        say(_("Data")): [st.Page("pages/data.py", title=say(_("Data import")), icon=":material/upload_file:",
                                 default=True)],
        say(_("Now")): [
            st.Page("pages/overview.py", title=say(_("Overview")), icon=":material/dashboard:", url_path="overview"),
            st.Page("pages/revenue.py", title=say(_("Revenue")), icon=":material/payments:", url_path="revenue"),
            st.Page("pages/retention.py", title=say(_("Retention")), icon=":material/group_remove:",
                    url_path="retention"),
            st.Page("pages/onboarding.py", title=say(_("Onboarding")), icon=":material/flag:",
                    url_path="onboarding"),
            st.Page("pages/engagement.py", title=say(_("Engagement")), icon=":material/monitoring:",
                    url_path="engagement"),
            st.Page("pages/voice.py", title=say(_("Voice of the customer")), icon=":material/forum:",
                    url_path="voice"),
            st.Page("pages/compare.py", title=say(_("Compare definitions")), icon=":material/rule:",
                    url_path="compare")],
        say(_("Customers")): [
            st.Page("pages/health.py", title=say(_("Health score")), icon=":material/favorite:", url_path="health"),
            st.Page("pages/risk.py", title=say(_("Churn risk")), icon=":material/crisis_alert:", url_path="risk"),
            st.Page("pages/growth.py", title=say(_("Growth candidates")), icon=":material/trending_up:",
                    url_path="growth"),
            st.Page("pages/customer.py", title=say(_("Customer page")), icon=":material/badge:", url_path="customer"),
            st.Page("pages/actions.py", title=say(_("Actions")), icon=":material/checklist:", url_path="actions")],
        say(_("Planning")): [
            st.Page("pages/targets.py", title=say(_("Targets and what-if")), icon=":material/track_changes:",
                    url_path="targets"),
            st.Page("pages/review.py", title=say(_("Review")), icon=":material/fact_check:", url_path="review")],
        say(_("Share")): [
            st.Page("pages/slides.py", title=say(_("Slides")), icon=":material/slideshow:", url_path="slides"),
            st.Page("pages/settings.py", title=say(_("Settings")), icon=":material/settings:", url_path="settings")],
    }, expanded=True)
