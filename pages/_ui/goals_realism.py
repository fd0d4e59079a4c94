"""How realistic a target is, in words, with what others report."""

from __future__ import annotations

import streamlit as st

from cs_kpi.book import Book
from cs_kpi.targets.goals import Wanted
from cs_kpi.targets.realism import Word
from cs_kpi.targets.review_words import WORD_LABELS, benchmark_said, realism_said
from pages._ui.goals_work import benchmarks, form_of, realism_of
from pages._ui.words import _, plain, say

ICONS: dict[Word, str] = {"easy": ":material/sentiment_satisfied:", "realistic": ":material/check_circle:",
                          "stretch": ":material/trending_up:", "out_of_reach": ":material/block:",
                          "unknown": ":material/help:"}


def realism_panel(book: Book, wanted: Wanted) -> None:
    """The word, on what it rests, whether noise could hide the target, and the benchmarks that were entered."""
    found, form = realism_of(book, wanted), form_of(book)
    with st.container(border=True, key="target-realism", gap="xsmall"):
        st.markdown(f"**{ICONS[found.word]} {say(WORD_LABELS[found.word])}**")
        lines = [say(one) for one in realism_said(found, wanted, form)]
        entered = [one for one in benchmarks(wanted.kpi).values() if one.kind == wanted.kind]
        lines += [say(benchmark_said(one, wanted, form)) for one in entered]
        if not entered:
            lines.append(say(_("No benchmark of this KPI and kind of period was entered.")))
        st.markdown("\n".join(f"- {plain(line)}" for line in lines))
