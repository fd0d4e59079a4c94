"""Survey answers: which kind they are, and which of them can be meant."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from cs_kpi.header_words import SURVEY_KIND_WORDS
from cs_kpi.ingest.columns import Column
from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.log import Log
from cs_kpi.ingest.naming.vocabulary import suggests
from cs_kpi.locale import Message, _
from cs_kpi.tables import TABLES

KINDS: dict[str, Message] = {"nps": _("NPS (0 to 10)"), "csat": _("CSAT (satisfaction)")}
OUT_OF_SCALE = _("The score lies outside its scale. Correct the cell in the spreadsheet and load it again.")


def kinds(columns: Mapping[str, Column], area: Area, log: Log) -> pd.Series:
    """nps or csat per row: by its own column, by the words of header and titles, else asked."""
    score = columns["score"]
    given = columns["kind"].values if "kind" in columns else pd.Series(None, index=score.values.index, dtype="str")
    is_open = given.isna() & score.values.notna()
    return given.fillna(_constant(score, area, log)) if is_open.any() else given


def _constant(score: Column, area: Area, log: Log) -> str:
    for text in (score.header, log.sheet.name, area.title, log.sheet.file):
        told = [kind for kind, words in SURVEY_KIND_WORDS.items() if _says(text, words)]
        if len(told) == 1:
            return told[0]
    highest, lowest = score.values.max(), score.values.min()
    assumed = "nps" if highest > 5 or (lowest == 0 and highest > 1) else "csat"
    return log.ask("survey_kind", score.header, _(
        "Which survey do the scores in column '{column}' answer?", column=score.header), KINDS, assumed)


def _says(text: str, words: tuple[str, ...]) -> bool:
    return any(suggests(text, (word,)) for word in words)


def interaction_kind(area: Area, log: Log) -> str | None:
    """ticket or meeting, as the name of the sheet, the title or the file says; None where they do not."""
    words = TABLES["interactions"].by_name["kind"].choices
    for text in (log.sheet.name, area.title, log.sheet.file):
        for kind, named in words:
            if suggests(text, named):
                return kind
    return None
