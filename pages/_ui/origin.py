"""How a sheet came to its mapping: guessed, corrected, or like one that was corrected before; and the ways back."""

from __future__ import annotations

from pathlib import PurePath

import streamlit as st

from cs_kpi.ingest.fitting import Fitted, KeptGuess
from cs_kpi.ingest.records import SheetMapping
from cs_kpi.locale import Message
from pages._ui.guards import told
from pages._ui.loading import LoadedSheet
from pages._ui.words import _, plain, say
from pages._ui.work import preferences, workspace


def way_back(one: LoadedSheet) -> None:
    """From a correction, of this sheet or of one like it, to the app's own guess, and to the other's again."""
    if one.like and one.keeps_guess:
        st.button(say(_("Map it like the other sheet")), key=f"like-{one.key}", icon=":material/history:",
                  on_click=_follow, args=(one,))
    elif one.like or one.is_corrected:
        st.button(say(_("Back to the app's guess")), key=f"reset-{one.key}", icon=":material/undo:", on_click=_reset,
                  args=(one,))


def say_like(one: LoadedSheet) -> None:
    """Whose correction fits, of which day, and what is new or gone beside it."""
    like = one.like
    if like is None:
        return
    source = _source_title(one, like)
    said = [_("Your correction of {source} would fit this sheet, too.", source=source) if one.keeps_guess else
            _("Mapped like {source}, as you corrected it.", source=source)]
    if like.new and not one.keeps_guess:
        said.append(_("New columns, guessed: {columns}.", columns=list(like.new)))
    if like.gone and not one.keeps_guess:
        said.append(_("Columns that are no longer there: {columns}.", columns=list(like.gone)))
    st.caption(f":material/history: {' '.join(plain(part) for part in said)}")


def like_title(one: LoadedSheet) -> str:
    """How a sheet came to its mapping: guessed, corrected, or like another one."""
    if one.is_corrected:
        return say(_("Corrected by you"))
    if one.like and not one.keeps_guess:
        return say(_("Like {source}", source=_source_title(one, one.like)))
    return say(_("Guessed"))


def _source_title(one: LoadedSheet, like: Fitted) -> Message:
    """The file (and sheet, where it has another name) whose correction fits, and the day of that correction."""
    source = like.source
    is_plain = source.sheet in (one.mapping.sheet, PurePath(source.file).stem)
    name = source.file if is_plain else f"{source.file} › {source.sheet}"
    return _("{name} of {day}", name=name, day=like.at.astimezone().date() if like.at else "")


@told
def _reset(one: LoadedSheet) -> None:
    """The app's guess, also where the correction of another sheet would fit."""
    workspace().remove(SheetMapping, one.key)
    workspace().save(KeptGuess(), one.key, by=preferences().display_name)


@told
def _follow(one: LoadedSheet) -> None:
    workspace().remove(KeptGuess, one.key)
