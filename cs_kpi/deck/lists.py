"""Tables of a deck: KPIs of a period with their change and status, and lists of customers, in words."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection, Mapping, Sequence

import pandas as pd

from cs_kpi.charts.figure import Role
from cs_kpi.deck.content import Grid
from cs_kpi.deck.records import MOST_ROWS
from cs_kpi.deck.scene import Scene
from cs_kpi.kpi.cards import VERDICT_LABELS, Card, cards
from cs_kpi.kpi.conventions import CONVENTIONS
from cs_kpi.kpi.listing import customer_table
from cs_kpi.kpi.readings import STATUS_LABELS, missing, segment_name
from cs_kpi.kpi.registry import DEFAULT_CONVENTION, KPIS
from cs_kpi.locale import Message, _, shown
from cs_kpi.locale.formats import NO_VALUE, change_text, formatted, with_unit
from cs_kpi.locale.names import unique

ARROWS = {1: "▲", -1: "▼", 0: "→"}
VERDICT_ROLES: dict[str, Role] = {"better": "accent", "worse": "churn"}
"""As on the cards: never green and red, which are kept for health and targets."""


def kpi_grid(scene: Scene, id: str, title: Message, kpis: Sequence[str], footnote: Message | None = None) -> Grid:
    """A row per KPI that the book can tell: value, change in words, interval, n and what is to be said of it."""
    told = [name for name in kpis if missing(scene.book, KPIS[name]) is None]
    found = cards(scene.book, scene.period, told, scene.segment)
    heads = [_("KPI"), _("Value"), _("Change"), _("Verdict"), _("95% interval"), _("n"), _("Status")]
    rows = [_row(scene, card) for card in found]
    roles = {(place, 3): VERDICT_ROLES[card.verdict] for place, card in enumerate(found)
             if card.verdict in VERDICT_ROLES}
    lacks = len(kpis) - len(told)
    note = footnote or _("Change: against the period before. Within noise: smaller than the two 95 % intervals "
                         "allow to tell.")
    if lacks:
        note = _("{said} KPIs that need more data and are not shown: {n}.", said=note, n=lacks)
    return Grid(id, _scoped(scene, title), tuple(one.text(scene.language) for one in heads), tuple(rows),
                _("{said} {data}", said=note, data=data_date(scene)), scene.period.label(scene.language),
                numbers=frozenset({1, 2, 4, 5}), wide=frozenset({0, 6}), roles=roles, total=len(rows))


def _scoped(scene: Scene, title: Message) -> Message:
    said = _("{title}, {period}", title=title, period=scene.period.label(scene.language))
    if scene.segment is None:
        return said
    return _("{title} ({segment}), {period}", title=title, period=scene.period.label(scene.language),
             segment=segment_name(scene.segment))


def data_date(scene: Scene) -> Message:
    """Up to when the data speaks."""
    return _("The list has no dates.") if scene.book.is_snapshot else _("Data up to {day}.", day=scene.book.as_of)


def _row(scene: Scene, card: Card) -> tuple[str, ...]:
    language, reading, unit = scene.language, card.reading, card.kpi.unit
    money = {"currency": scene.book.currency, "money_unit": scene.money_unit}

    def number(value: float | None) -> str:
        return with_unit(value, unit, language, **money)  # type: ignore[arg-type]
    name = card.kpi.label.text(language)
    if card.kpi.headline and card.kpi.headline == reading.period.kind != scene.period.kind:
        name += f" · {reading.period.label(language)}"
    now, before, change = reading.value, card.previous, NO_VALUE
    if now is not None and before and before.value is not None and card.verdict:
        sign = (now > before.value) - (now < before.value)
        change = f"{ARROWS[sign]} {change_text(now, before.value, unit, language, **money)}"
    interval = NO_VALUE if reading.low is None else _("at least {low}", low=number(reading.low)).text(language) \
        if reading.high is None else _("{low} to {high}", low=number(reading.low),
                                       high=number(reading.high)).text(language)
    return (name, number(now), change,
            VERDICT_LABELS[card.verdict].text(language) if card.verdict else NO_VALUE, interval,
            formatted(reading.n, "count", language), _remark(scene, card))


def _remark(scene: Scene, card: Card) -> str:
    """The status where it is not OK, with its reason, and another convention's name."""
    reading, said = card.reading, []
    if reading.status != "ok":
        said.append(STATUS_LABELS[reading.status].text(scene.language))
        said += [reading.reason.text(scene.language)] if reading.reason else []
    if card.kpi.convention != DEFAULT_CONVENTION:
        said.append(CONVENTIONS[card.kpi.convention].text(scene.language))
    return " / ".join(said)


def people_grid(scene: Scene, id: str, title: Message, frame: pd.DataFrame, labels: Mapping[str, Message],
                footnote: Message, *, shares: Collection[str] = (), sentences: Collection[str] = (),
                subtitle: Message | None = None, period: str = "") -> list[Grid]:
    """A list of customers as the pages show it; nothing where it is empty.

    shares : columns to show as percent; sentences : columns that may wrap
    """
    if frame.empty:
        return []
    first = frame.head(MOST_ROWS).reset_index(drop=True)
    percent = [column for column in shares if column in first]
    first = first.assign(**{column: [formatted(value, "share", scene.language) if pd.notna(value) else NO_VALUE
                                     for value in first[column]] for column in percent})
    shown_frame = customer_table(scene.book, first, labels, scene.language, scene.hides_names, scene.money_unit)
    if not scene.hides_names and _are_named(first):  # whoever reads slides knows customers by their names
        shown_frame = shown_frame.iloc[:, 1:]
    wide = {labels[column].text(scene.language) for column in sentences if column in labels}
    return [grid_of(scene, id, title, shown_frame, footnote, total=len(frame), wide=wide, subtitle=subtitle,
                    period=period, percent={labels[one].text(scene.language) for one in percent if one in labels})]


def _are_named(frame: pd.DataFrame) -> bool:
    return "customer_name" in frame and bool((frame["customer_name"].astype(str)
                                              != frame["customer_id"].astype(str)).any())


def grid_of(scene: Scene, id: str, title: Message, frame: pd.DataFrame, footnote: Message, *, total: int | None = None,
            wide: Collection[str] = (), subtitle: Message | None = None, period: str = "",
            percent: Collection[str] = ()) -> Grid:
    """A frame whose columns are named for the reader, as a table of words; numbers to the right."""
    frame = frame.loc[:, [not frame.iloc[:, place].isna().all() for place in range(frame.shape[1])]]
    heads = unique([str(head) for head in frame.columns])
    kinds = [_is_number(frame.iloc[:, place]) or heads[place] in percent for place in range(len(heads))]
    rows = tuple(tuple(_said(value, scene) for value in row)
                 for row in frame.head(MOST_ROWS).itertuples(index=False, name=None))
    count = len(frame) if total is None else total
    return Grid(id, title, tuple(heads), rows, _("{said} {data}", said=footnote, data=data_date(scene)), period,
                subtitle, frozenset(place for place, one in enumerate(kinds) if one),
                frozenset(place for place, head in enumerate(heads) if head in wide), total=count)


def _is_number(column: pd.Series) -> bool:
    return column.dtype.kind in "iuf"


def _said(value: object, scene: Scene) -> str:
    """A cell in the reader's form."""
    if value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and not math.isfinite(value)):
        return ""
    if isinstance(value, (pd.Timestamp, dt.datetime)):
        value = value.date()
    return shown(value.item() if hasattr(value, "item") else value, scene.language)
