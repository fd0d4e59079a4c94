"""What a customer's page cannot show with the data at hand, in one line."""

from __future__ import annotations

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.locale import Message
from cs_kpi.tables import TABLES
from pages._ui.guards import DATA_PAGE
from pages._ui.words import _, plain, say

BRINGS: dict[str, Message] = {
    "subscriptions": _("contracts and MRR"), "usage": _("use by feature and user"),
    "milestones": _("onboarding steps"), "surveys": _("answers"), "interactions": _("contacts and tickets"),
    "cancellations": _("reasons for leaving")}


def what_is_lacking(book: Book) -> None:
    """Which tables would bring what, where some are not there."""
    absent = [_("{part} ({table})", part=part, table=TABLES[table].label) for table, part in BRINGS.items()
              if not book.has(table)]
    if absent:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(plain(_("Not in the data, and the table that would bring it: {parts}.", parts=absent)))
            st.page_link(DATA_PAGE, label=say(_("Go to the data page")), icon=":material/arrow_forward:")
