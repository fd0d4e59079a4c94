"""The layouts of a company's template: which one takes a chart, which one the first slide, and where things stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cs_kpi.export.canvas import Box
from cs_kpi.locale import Message, _

TITLES = ("title", "ctrTitle")
CONTENTS = ("obj", "chart", "tbl")
FREE = ("body",)
"""Places for text: a chart stands in their place, but is not theirs."""
LARGE = (0.5, 0.4)
"""Shares of the slide's width and height that a place for a chart takes at least."""
MARGIN, TITLE_SHARE, GAP = 0.05, 0.14, 0.02
"""Of the slide's width and height, where the template says nothing."""


@dataclass(frozen=True, slots=True)
class Place:
    """A placeholder of a layout. kind : title, ctrTitle, subTitle, obj, chart, tbl, body, pic, ..."""

    idx: int
    kind: str
    box: Box
    is_vertical: bool = False

    @property
    def area(self) -> int:
        return self.box[2] * self.box[3]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A layout with the places that are used of it; None: it has none, and what belongs there stands freely."""

    layout: Any
    title: Place | None
    content: Place | None


def places_of(layout: Any) -> list[Place]:
    found = []
    for shape in layout.placeholders:
        box = tuple(int(value or 0) for value in (shape.left, shape.top, shape.width, shape.height))
        is_vertical = shape._element.xpath("./p:nvSpPr/p:nvPr/p:ph/@orient") == ["vert"]
        found.append(Place(shape.placeholder_format.idx, kind_of(shape), box, is_vertical))  # type: ignore[arg-type]
    return found


def kind_of(shape: Any) -> str:
    return str((shape._element.xpath(".//p:nvPr/p:ph/@type") or ["obj"])[0])


def content_layout(layouts: Sequence[Any], size: tuple[int, int]) -> Chosen:
    """A title with one large place for an object; else ever less, down to a layout with nothing on it."""
    ranked = [(_rank(layout, size), place, _chosen(layout, size)) for place, layout in enumerate(layouts)]
    return min(ranked, key=lambda one: (one[0], one[1]))[2]


def _chosen(layout: Any, size: tuple[int, int]) -> Chosen:
    places = places_of(layout)
    title = next((one for one in places if one.kind in TITLES and not one.is_vertical and one.area), None)
    large = list(_large(places, size))
    return Chosen(layout, title, max(large, key=lambda one: (one.kind in CONTENTS, one.area)) if large else None)


def _large(places: Sequence[Place], size: tuple[int, int]) -> Iterator[Place]:
    for one in places:
        if (one.kind in (*CONTENTS, *FREE) and not one.is_vertical and one.box[2] >= LARGE[0] * size[0]
                and one.box[3] >= LARGE[1] * size[1]):
            yield one


def _rank(layout: Any, size: tuple[int, int]) -> int:
    """The lower, the better a layout suits a chart under a title."""
    chosen = _chosen(layout, size)
    others = [one for one in places_of(layout)
              if one.kind in (*CONTENTS, *FREE, "pic", "media", "subTitle", "clipArt", "dgm")]
    if chosen.title is None:
        return 9 if others else 8
    if chosen.title.kind == "ctrTitle":
        return 7
    if chosen.content is None:
        return 3 if not others else 6
    is_alone = len(others) == 1
    if chosen.content.kind in CONTENTS:
        return 0 if is_alone else 4
    return 2 if is_alone else 5


def cover_layout(layouts: Sequence[Any], size: tuple[int, int]) -> Chosen | None:
    """The layout of the first slide: a title and a subtitle; None where there is no such one."""
    found = []
    for layout in layouts:
        places = places_of(layout)
        title = next((one for one in places if one.kind in TITLES and not one.is_vertical and one.area), None)
        under = next((one for one in places if one.kind == "subTitle" and one.area), None)
        if title and under:
            is_for_it = layout._element.get("type") == "title" or title.kind == "ctrTitle"
            found.append((not is_for_it, len(places), Chosen(layout, title, under)))
    return min(found, key=lambda one: one[:2])[2] if found else None


def lacking(name: str, content: Chosen, cover: Chosen | None) -> Iterator[Message]:
    """What the template lacks, and what is done instead."""
    layout = content.layout.name
    if cover is None:
        yield _("The template '{file}' has no layout with a title and a subtitle; the first slide is made on its "
                "layout '{layout}'.", file=name, layout=layout)
    if content.title is None:
        yield _("The template '{file}' has no layout with a place for a title; titles and charts stand freely on its "
                "layout '{layout}'.", file=name, layout=layout)
    elif content.content is None:
        yield _("The template '{file}' has no layout with a title and a large place for an object, chart or table; "
                "charts stand freely under the title of its layout '{layout}'.", file=name, layout=layout)


def title_box(size: tuple[int, int]) -> Box:
    width, height = size
    return (round(MARGIN * width), round(MARGIN * height), round((1 - 2 * MARGIN) * width),
            round(TITLE_SHARE * height))


def chart_box(chosen: Chosen, size: tuple[int, int]) -> Box:
    """The place for a chart: the placeholder's, else what is free under the title and over what stands at the foot."""
    if chosen.content:
        return chosen.content.box
    left, top, width, height = chosen.title.box if chosen.title else title_box(size)
    begin = top + height + round(GAP * size[1])
    feet = [one.box[1] for one in places_of(chosen.layout) if one.kind in ("ftr", "dt", "sldNum")
            and one.box[1] > size[1] // 2]
    end = min([*feet, round((1 - MARGIN) * size[1])])
    if end - begin < LARGE[1] * size[1]:  # a title that stands low or fills the slide leaves no place under it
        begin, end = round(0.3 * size[1]), round((1 - MARGIN) * size[1])
    wide = max(width, round(LARGE[0] * size[0]))
    return (min(left, size[0] - wide), begin, wide, end - begin)
