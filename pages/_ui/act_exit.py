"""The exit interview: the reason that was heard joins the table of cancellations."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from cs_kpi.actions.records import Action
from cs_kpi.book import Book
from cs_kpi.errors import DataError
from cs_kpi.exit_reasons import ExitReason
from cs_kpi.retention.leaving import known_reasons
from pages._ui.act import save
from pages._ui.cache import cached
from pages._ui.guards import told
from pages._ui.words import _, say
from pages._ui.work import workspace


def exit_form(book: Book, key: str, action: Action) -> None:
    """A reason known already or a new one, what was said, and when; saving it does the step."""
    with st.popover(say(_("Record the reason")), icon=":material/edit_note:", key=f"exit-{key}"):
        st.selectbox(say(_("Reason")), cached(known_reasons, book), index=None, accept_new_options=True,
                     key=f"exit-reason-{key}", placeholder=say(_("Pick one, or type a new one")))
        st.text_area(say(_("Comment")), key=f"exit-comment-{key}", max_chars=2_000)
        st.date_input(say(_("Cancelled on")), dt.date.today(), key=f"exit-day-{key}")
        st.button(say(_("Save the reason")), key=f"exit-save-{key}", type="primary", on_click=_save,
                  args=(key, action.customer_id))
        st.caption(say(_("It joins the reasons on the retention page, as a row of the table of cancellations.")))


@told
def _save(key: str, customer_id: str) -> None:
    reason, comment, day = (st.session_state[f"exit-{field}-{key}"] for field in ("reason", "comment", "day"))
    if not (reason or "").strip() or day is None:
        raise DataError(_("The reason was not saved: pick one or type one, and give the day."))
    save({key: ExitReason(customer_id=customer_id, cancelled_on=day, reason=reason.strip()[:120],
                          comment=comment.strip())})
    one = workspace().load(Action, key)
    if one is not None:
        save({key: one.becoming("done", dt.date.today()).model_copy(update={"outcome": reason.strip()[:500]})})
