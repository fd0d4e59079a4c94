"""Training on a button: beside the page, with how far it is; it goes on when the page is left, and can be cancelled."""

from __future__ import annotations

from functools import partial

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.churn.kept import ChurnModel, data_fingerprint
from cs_kpi.churn.training import Training
from cs_kpi.health.rival import health_rival
from cs_kpi.workspace import Workspace
from pages._ui.guards import told
from pages._ui.risk import KEPT, older_than_data, outlook_of
from pages._ui.words import _, plain, say
from pages._ui.work import preferences, workspace

LOOK_SECONDS = 0.5
REFUSED = "training-refused"


@st.cache_resource(show_spinner=False)
def _trainings() -> dict[str, Training]:
    """By what they learn from: those of all sessions, so that a page that is loaded anew finds its own again."""
    return {}


def training(book: Book) -> None:
    """The button, or how far the training is; above it why the model should be trained again."""
    key = f"{data_fingerprint(book)} {book.settings.churn.model_dump_json()}"
    job = _trainings().get(key)
    if job and job.is_over:
        _trainings().pop(key, None)
        st.session_state[REFUSED] = plain(job.obstacle) if job.obstacle else None
        st.rerun()
    if message := st.session_state.pop(REFUSED, None):
        st.error(message, icon=":material/error:")
    if job:
        st.fragment(_progress, run_every=LOOK_SECONDS)(key)
        return
    reason = older_than_data(book)
    if reason:
        st.warning(plain(reason), icon=":material/update:")
    is_new = outlook_of(book) is None
    st.button(say(_("Train a churn model") if is_new else _("Train again")), key="train", on_click=_begin,
              args=(book, key), icon=":material/model_training:", type="primary" if is_new or reason else "secondary")


@told
def _begin(book: Book, key: str) -> None:
    if key not in _trainings():
        keep = partial(_keep, workspace(), preferences().display_name)
        _trainings()[key] = Training(book, keep, health_rival(book))


def _keep(work: Workspace, by: str, record: ChurnModel) -> None:
    """Asks no session: it runs beside the pages."""
    work.save(record, KEPT, by=by)


def _progress(key: str) -> None:
    """Drawn again and again; the whole page with it as soon as the training is over."""
    job = _trainings().get(key)
    if job is None or job.is_over:
        st.rerun()
    with st.container(horizontal=True, vertical_alignment="center", border=True, key="training"):
        st.progress(job.share, say(_("Training: features, test, and the model of today. You can leave this page.")))
        st.button(say(_("Cancel")), key="cancel-training", on_click=_cancel, args=(key,))


def cancel_trainings() -> None:
    """Stop whatever is being trained; it is not kept."""
    for job in list(_trainings().values()):
        job.cancel()


@told
def _cancel(key: str) -> None:
    if job := _trainings().get(key):
        job.cancel()
