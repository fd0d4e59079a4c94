"""The saved work behind the pages, and the reader's language; read from the workspace once a run."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

import streamlit as st

from cs_kpi.identity.records import Identities
from cs_kpi.locale import Language
from cs_kpi.settings import Preferences, Settings
from cs_kpi.workspace import Workspace

SETTINGS, PREFERENCES, IDENTITIES = "settings", "preferences", "identities"


@st.cache_resource(show_spinner=False)
def _workspace(url: str | None) -> Workspace:
    return Workspace(url)


def workspace() -> Workspace:
    """The one workspace of this installation."""
    return _workspace(os.environ.get("CS_KPI_DATABASE_URL"))


def begin() -> None:
    """Read once what every page of this run asks for again and again."""
    known = workspace().load(Preferences, PREFERENCES) or Preferences()
    st.session_state["preferences"] = known.model_dump()
    st.session_state["language"] = known.language or browser_language()


def browser_language() -> Language:
    """Japanese where the browser says so, else English."""
    return "ja" if (st.context.locale or "").lower().startswith("ja") else "en"


def has_begun() -> bool:
    """Whether app.py has run in this session."""
    return "language" in st.session_state


def language() -> Language:
    """The saved language, else the browser's."""
    return st.session_state.get("language") or browser_language()


def preferences() -> Preferences:
    return Preferences.model_validate(st.session_state.get("preferences", {}))


def settings() -> Settings:
    """How numbers are computed; until saved, with what is usual in the reader's language."""
    usual = Settings(fiscal_year_start=4, unnamed_currency="JPY") if language() == "ja" else Settings()
    return workspace().load(Settings, SETTINGS) or usual


def identities() -> Identities:
    """What the user said about who is who."""
    return workspace().load(Identities, IDENTITIES) or Identities()


def save_identities(changed: Identities) -> None:
    workspace().save(changed, IDENTITIES, by=preferences().display_name)


def save_preferences(**changes: object) -> None:
    changed = Preferences.model_validate({**preferences().model_dump(), **changes})
    workspace().save(changed, PREFERENCES, by=changed.display_name)
    begin()


def save_settings(**changes: object) -> None:
    save_settings_with({}, **changes)


def save_settings_with(records: Mapping[str, Any], **changes: object) -> None:
    """Save changed settings and other records by their keys, all or none."""
    changed = Settings.model_validate({**settings().model_dump(), **changes})
    workspace().save_all({**records, SETTINGS: changed}, by=preferences().display_name)
