"""What a deck holds on today's data: the contents of its items in order, and what was left out, with the reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from cs_kpi.charts.figure import Figure
from cs_kpi.deck.content import Content
from cs_kpi.deck.items import ITEMS
from cs_kpi.deck.notes import speaker_notes
from cs_kpi.deck.records import Deck, Slot
from cs_kpi.deck.registry import lacking
from cs_kpi.deck.scene import Scene
from cs_kpi.errors import DataError
from cs_kpi.locale import Message, _

NOTHING = _("There is nothing to show for this period and segment.")


@dataclass(frozen=True, slots=True)
class Page:
    """One chart or table of a deck. note : the team's words; speaker : lines for the speaker notes"""

    item: str
    content: Content
    note: str
    speaker: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An item that this book cannot show, and why."""

    label: Message | str
    reason: Message

    @property
    def said(self) -> Message:
        return _("Left out: {item}. {reason}", item=self.label, reason=self.reason)


@dataclass(frozen=True, slots=True)
class Made:
    pages: tuple[Page, ...]
    left_out: tuple[LeftOut, ...]


def made(scene: Scene, deck: Deck, progress: Callable[[float], object] = lambda _share: None) -> Made:
    """The contents of every item. progress : told the share that is done, after each item"""
    pages: list[Page] = []
    left_out: list[LeftOut] = []
    for place, slot in enumerate(deck.slots, 1):
        found = _of_slot(scene, slot)
        if isinstance(found, LeftOut):
            left_out.append(found)
        else:
            pages += found
        progress(place / len(deck.slots))
    return Made(tuple(pages), tuple(left_out))


def _of_slot(scene: Scene, slot: Slot) -> list[Page] | LeftOut:
    one = ITEMS.get(slot.item)
    if one is None:
        return LeftOut(slot.item, _("This version does not have it. Choose another item."))
    if reason := lacking(one, scene):
        return LeftOut(one.label, reason)
    try:
        contents = [content for content in one.make(scene) if not _is_empty(content)]
    except DataError as error:
        return LeftOut(one.label, error.message)
    if not contents:
        return LeftOut(one.label, NOTHING)
    speaker = tuple(speaker_notes(scene, one))
    return [Page(one.id, _cut(content, slot.rows), slot.note if place == 0 else "",
                 (*_counted(content, scene), *speaker)) for place, content in enumerate(contents)]


def _counted(content: Content, scene: Scene) -> tuple[str, ...]:
    """How many rows a list has in all."""
    if isinstance(content, Figure):
        return ()
    return (_("{name}: {value}", name=_("n (rows)"), value=content.total).text(scene.language),)


def _cut(content: Content, most: int) -> Content:
    """A list with its first rows alone, which its footnote says."""
    if isinstance(content, Figure) or len(content.rows) >= content.total <= most:
        return content
    rows = content.rows[:most]
    footnote = _("{said} Shown: the first {n} of {all}.", said=content.footnote, n=len(rows), all=content.total)
    return replace(content, rows=rows, footnote=footnote,
                   roles={place: role for place, role in content.roles.items() if place[0] < most})


def _is_empty(content: Content) -> bool:
    """Whether there is no value at all to be shown."""
    if isinstance(content, Figure):
        return not any(value is not None and value == value for series in content.series for value in series.values)
    return not content.rows
