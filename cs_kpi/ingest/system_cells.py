"""What cells of systems say where a header is open: a time of events, the state of a piece of work, who promotes and
who detracts, the end of a term beside the day of leaving, what client software was used."""

from __future__ import annotations

import pandas as pd

from cs_kpi.header_words import LEAVING_WORDS
from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.looks import looks
from cs_kpi.ingest.matching import SURE, Scores
from cs_kpi.ingest.naming.compositions import is_bare
from cs_kpi.ingest.naming.vocabulary import Place, names
from cs_kpi.ingest.naming.words import plain
from cs_kpi.ingest.values.amounts import amounts
from cs_kpi.ingest.values.names import shown
from cs_kpi.ingest.values.uniques import Uniques, is_nothing

LEFT, END, TERM = Place("customers", "has_left"), Place("subscriptions", "end_date"), Place("subscriptions", "term_end")
USED, SCORE = Place("usage", "date"), Place("surveys", "score")
TIMES = frozenset(("time", "times", "ts", "event time", "datetime", "date time"))
PLATFORMS = frozenset((
    "ios", "android", "web", "mobile", "desktop", "mobile web", "mac", "macos", "mac os", "windows", "linux",
    "browser", "chrome", "safari", "firefox", "edge", "api", "sdk", "app", "tablet", "phone", "iphone", "ipad",
    "javascript", "node", "python", "curl", "web app", "mobile app"))
BARE_STATUS = frozenset(("status", "state", "ステータス", "状態", "状況"))
WORK = frozenset(("open", "closed", "pending", "new", "in progress", "done", "resolved", "solved", "sent", "responded",
                  "completed", "complete", "to do", "todo", "waiting", "on hold", "answered", "partial", "reopened",
                  "delivered", "opened", "未対応", "対応中", "対応済", "対応済み", "完了", "処理中", "処理済み", "保留",
                  "未着手", "未回答", "回答済", "回答済み", "受付", "クローズ", "オープン"))
"""States of answers, tickets and tasks; closed and open are those of no customer."""
UNDER_WAY = WORK - {"closed", "completed", "complete", "done", "完了", "on hold", "保留", "pending"}
GROUPS = {"promoter": (9, 10), "passive": (7, 8), "detractor": (0, 6), "promoters": (9, 10), "passives": (7, 8),
          "neutral": (7, 8), "detractors": (0, 6), "推奨者": (9, 10), "中立者": (7, 8), "批判者": (0, 6)}
"""Groups of an NPS and the answers that belong to them."""
ENDS = frozenset(("end date", "end", "contract end", "contract end date", "subscription end date", "終了日",
                  "契約終了日", "契約終了"))
"""Ends of which the header does not say whether somebody left."""
SAMPLE, MOSTLY, FEWEST = 3000, 0.8, 3
FILLED, FREE = 0.9, 0.8


def told(found: Scores, table: Area) -> Scores:
    """The scores as these cells correct them."""
    for rule in (_platforms, _times, _work, _groups, _ends):
        found = rule(found, table)
    return found


def _values(cells: pd.Series) -> list[object]:
    return [value for value in Uniques.of(cells.head(SAMPLE)).values if not is_nothing(value)]


def _words(cells: pd.Series) -> set[str]:
    return {plain(shown(value)) for value in _values(cells)}


def _platforms(found: Scores, table: Area) -> Scores:
    """A column called Client or App that says ios or web is none of customers."""
    bare = [header for header in found
            if is_bare(header) and (said := _words(table.body[header])) and said <= PLATFORMS]
    return {**found, **{header: {} for header in bare}}


def _times(found: Scores, table: Area) -> Scores:
    """A time that is a day of the calendar is no count of times."""
    header = next((one for one in table.headers if plain(one) in TIMES), None)
    if header is None or any(rated.get(USED, 0.0) >= SURE for rated in found.values()):
        return found
    seen = looks(table.body[header].head(SAMPLE))
    return {**found, header: {USED: SURE}} if seen.filled and seen.dates + seen.serials >= MOSTLY else found


def _work(found: Scores, table: Area) -> Scores:
    """A state of work, such as open or closed, does not tell who has left."""
    work = [header for header, rated in found.items() if LEFT in rated and plain(header) in BARE_STATUS
            and (said := _words(table.body[header])) <= WORK and said & UNDER_WAY]
    return {**found, **{header: {place: score for place, score in found[header].items() if place != LEFT}
                        for header in work}}


def _groups(found: Scores, table: Area) -> Scores:
    """Answers without a known question: the only column of numbers that goes with promoters and detractors."""
    if any(rated.get(SCORE, 0.0) >= SURE for rated in found.values()):
        return found
    group = next((header for header in table.headers if (said := _words(table.body[header])) and said <= set(GROUPS)
                  and len(said) > 1), None)
    if group is None:
        return found
    fits = [header for header in table.headers if header != group and _go_with(table.body[header], table.body[group])]
    return {**found, fits[0]: {SCORE: SURE}} if len(fits) == 1 else found


def _go_with(cells: pd.Series, groups: pd.Series) -> bool:
    """Whether every number lies within the answers of its row's group."""
    rows = pd.DataFrame({"number": amounts(cells.head(SAMPLE)).values,
                         "group": [plain(shown(one)) if not is_nothing(one) else "" for one in groups.head(SAMPLE)]})
    rows = rows[rows["group"] != ""]
    low, high = (rows["group"].map({word: ends[at] for word, ends in GROUPS.items()}) for at in (0, 1))
    return len(rows) >= FEWEST and bool(((rows["number"] >= low) & (rows["number"] <= high)).all())


def _ends(found: Scores, table: Area) -> Scores:
    """Beside a day of leaving that few rows have, an end that nearly all have is that of the term."""
    ends = {header: float(table.body[header].notna().mean()) for header, rated in found.items()
            if rated.get(END, 0.0) >= SURE and len(table.body)}
    left = [header for header in ends if names(header, LEAVING_WORDS)]
    open_ = [header for header, filled in ends.items() if plain(header) in ENDS and filled >= FILLED]
    if not left or not open_ or min(ends[header] for header in left) > FREE or any(
            rated.get(TERM, 0.0) >= SURE for rated in found.values()):
        return found
    return {**found, open_[0]: {TERM: SURE}}
