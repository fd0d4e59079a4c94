"""Files that take longer than a second: read beside the page, with how far they are and a button that cancels."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import streamlit as st

from cs_kpi.ingest.jobs import Job, is_worth_watching
from pages._ui.guards import told
from pages._ui.loading import kept_sheets
from pages._ui.words import _, number, plain, say

LOOK_SECONDS = 0.5
REFUSED = "upload-refused"


@st.cache_resource(show_spinner=False)
def _jobs() -> dict[str, Job]:
    """By the sha256 of the file: those of all sessions, so that a page that is loaded anew finds its own again."""
    return {}


def begun(name: str, data: bytes, keep: Callable[[], object]) -> bool:
    """Begin to read a file beside the page, where that is worth it; `keep` puts it into the workspace."""
    if not is_worth_watching(data):
        return False
    sha = hashlib.sha256(data).hexdigest()
    if sha not in _jobs():
        _jobs()[sha] = Job(name, data, keep)
    return True


def under_way() -> None:
    """How far every file is; nothing, and nothing that asks again, where none is read."""
    _collect()
    if jobs := list(_jobs()):
        st.fragment(_progress, run_every=LOOK_SECONDS)(jobs)


def cancel_all() -> None:
    for job in list(_jobs().values()):
        job.cancel()


def _progress(drawn: list[str]) -> None:
    """Drawn again and again; the whole page with it as soon as a file is there, or was taken up by another window."""
    if any(job.is_over for job in _jobs().values()) or list(_jobs()) != drawn:
        st.rerun()
    for sha, job in _jobs().items():
        with st.container(horizontal=True, vertical_alignment="center", border=True):
            st.progress(job.watched.share, _said(job))
            st.button(say(_("Cancel")), key=f"cancel-{sha}", on_click=_cancel, args=(sha,))


def _said(job: Job) -> str:
    if job.watched.state == "waiting":
        return plain(_("{file} waits until others have been read.", file=job.name))
    return plain(_("Reading {file} ({size} MB): {seconds} s, about {expected} s expected", file=job.name,
                   size=number(job.size / 1e6, "count"), seconds=round(job.watched.seconds),
                   expected=max(1, round(job.watched.expected))))


def _collect() -> None:
    """What is over leaves the list: its sheets are not read a second time, or it is said why there are none."""
    for sha, job in list(_jobs().items()):
        if job.is_over:
            _jobs().pop(sha, job)  # another window may have been quicker
            if isinstance(job.found, list):
                kept_sheets(sha, job.name, job.found)
            else:
                st.session_state[REFUSED] = [*st.session_state.get(REFUSED, ()), plain(job.found)]


@told
def _cancel(sha: str) -> None:
    if job := _jobs().get(sha):
        job.cancel()
