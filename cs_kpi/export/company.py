"""A company's own template as the stage of a deck: its layouts, placeholders, fonts and colours."""

from __future__ import annotations

import copy
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cs_kpi.charts.words import width_em
from cs_kpi.export.canvas import Box
from cs_kpi.export.chart_xml import EDITING
from cs_kpi.export.stage import Sheet
from cs_kpi.export.theming import Palette, palette_of, themed
from cs_kpi.locale import Language, Message, _

TITLES = ("title", "ctrTitle")
CONTENTS = ("obj", "chart", "tbl")
FREE = ("body",)
"""Places for text: a chart stands in their place, but is not theirs."""
LARGE = (0.5, 0.4)
"""Shares of the slide's width and height that a place for a chart takes at least."""
MARGIN, TITLE_SHARE, GAP = 0.05, 0.14, 0.02
"""Of the slide's width and height, where the template says nothing."""
PT, LINE = 12_700, 1.2
USUAL_TITLE_PT, LEAST_TITLE_PT = 44.0, 16.0


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


@dataclass(frozen=True, slots=True)
class Taken:
    """The placeholder whose place a chart or table takes."""

    kind: str
    idx: int
    is_own: bool

    def taken_by(self, shape: Any) -> None:
        """A chart in a place for objects is the placeholder's own: another layout moves it along."""
        from pptx.oxml.ns import qn

        if not self.is_own or not shape._element.tag.endswith("graphicFrame"):
            return
        nothing = shape._element.xpath("./p:nvGraphicFramePr/p:nvPr")[0]
        held = "tbl" if shape.has_table else "chart"
        if self.kind in ("obj", held):
            mark = nothing.makeelement(qn("p:ph"), {"idx": str(self.idx)})
            if self.kind != "obj":
                mark.set("type", self.kind)
            nothing.insert(0, mark)


class CompanyStage:
    """A deck in a template that was taken in. `missing` says what it lacks, in whole sentences."""

    keeps_subtitle_free = False
    footer_lines, footer_pt = 2, 10

    def __init__(self, name: str, data: bytes) -> None:
        from pptx import Presentation

        self.presentation: Any = Presentation(io.BytesIO(data))
        self.size = (int(self.presentation.slide_width or 0), int(self.presentation.slide_height or 0))
        layouts = [layout for master in self.presentation.slide_masters for layout in master.slide_layouts]
        self._content, self._cover = _content_layout(layouts, self.size), _cover_layout(layouts, self.size)
        self.missing = tuple(_missing(name, self._content, self._cover))
        self.inner: Box = _inner(self._content, self.size)
        self._palette: Palette = palette_of(self._content.layout)

    def cover(self, title: str, lines: list[str], language: Language) -> None:
        if self._cover is None:
            sheet = self.sheet(title, language)
            left, top, width, height = self.inner
            self._free(sheet.slide, (left, top, width, height // 3), lines, language, 18)
            self.finish(sheet)
            return
        slide = self.presentation.slides.add_slide(self._cover.layout)
        for place, words in ((self._cover.title, [title]), (self._cover.content, lines)):
            assert place is not None
            self._fill(_of_index(slide, place.idx), words, place.box, language, is_title=place == self._cover.title)
        self._tidy(slide, {self._cover.title.idx if self._cover.title else 0,
                           self._cover.content.idx if self._cover.content else 0})

    def sheet(self, title: str, language: Language) -> Sheet:
        chosen = self._content
        slide = self.presentation.slides.add_slide(chosen.layout)
        kept = set()
        if chosen.title:
            self._fill(_of_index(slide, chosen.title.idx), [title], chosen.title.box, language, is_title=True)
            kept.add(chosen.title.idx)
        else:
            self._free(slide, _title_box(self.size), [title], language, 24, is_bold=True)
        self._tidy(slide, kept)
        place = chosen.content
        taken = Taken(place.kind, place.idx, place.kind in CONTENTS) if place else None
        return Sheet(slide, self.inner, None, taken)

    def finish(self, sheet: Sheet) -> None:
        """Fonts and colours of the theme take the place of ours, in the charts as well."""
        themed(sheet.slide._element, self._palette)
        for shape in sheet.slide.shapes:
            if getattr(shape, "has_chart", False):
                themed(shape.chart._chartSpace, self._palette)

    def _fill(self, shape: Any, lines: Sequence[str], box: Box, language: Language, *, is_title: bool) -> None:
        """Words into a placeholder, as large as the template has them; smaller only where they would not fit."""
        from pptx.util import Pt

        shape.text_frame.text = "\n".join(lines)
        usual = _usual_pt(shape, is_title=is_title)
        size = _fitting_pt(lines, box, usual)
        for paragraph in shape.text_frame.paragraphs:
            for run in paragraph.runs:
                run.font._element.set("lang", EDITING[language])
                if size < usual:
                    run.font.size = Pt(size)

    def _free(self, slide: Any, box: Box, lines: Sequence[str], language: Language, size: float, *,
              is_bold: bool = False) -> None:
        from cs_kpi.charts.theme import LIGHT
        from cs_kpi.export.written import write

        shape = slide.shapes.add_textbox(*box)
        write(shape, lines, language, _fitting_pt(lines, box, size), LIGHT.ink, bold=is_bold)
        shape.name = "Title" if is_bold else "Subtitle"

    def _tidy(self, slide: Any, kept: set[int]) -> None:
        """Placeholders that stay empty go; the number of the slide comes, where the layout has one."""
        for shape in list(slide.placeholders):
            if shape.placeholder_format.idx not in kept:
                shape._element.getparent().remove(shape._element)
        for one in slide.slide_layout.placeholders:
            if _kind(one) == "sldNum":
                number = copy.deepcopy(one._element)
                number.xpath("./p:nvSpPr/p:cNvPr")[0].set("id", str(slide.shapes._next_shape_id))
                slide.shapes._spTree.append(number)
                break


def _places(layout: Any) -> list[Place]:
    found = []
    for shape in layout.placeholders:
        box = tuple(int(value or 0) for value in (shape.left, shape.top, shape.width, shape.height))
        is_vertical = shape._element.xpath("./p:nvSpPr/p:nvPr/p:ph/@orient") == ["vert"]
        found.append(Place(shape.placeholder_format.idx, _kind(shape), box, is_vertical))  # type: ignore[arg-type]
    return found


def _kind(shape: Any) -> str:
    return str((shape._element.xpath(".//p:nvPr/p:ph/@type") or ["obj"])[0])


def _content_layout(layouts: Sequence[Any], size: tuple[int, int]) -> Chosen:
    """A title with one large place for an object; else ever less, down to a layout with nothing on it."""
    ranked = [(_rank(layout, size), place, _chosen(layout, size)) for place, layout in enumerate(layouts)]
    return min(ranked, key=lambda one: (one[0], one[1]))[2]


def _chosen(layout: Any, size: tuple[int, int]) -> Chosen:
    places = _places(layout)
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
    chosen, others = _chosen(layout, size), [
        one for one in _places(layout) if one.kind in (*CONTENTS, *FREE, "pic", "media", "subTitle", "clipArt", "dgm")]
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


def _cover_layout(layouts: Sequence[Any], size: tuple[int, int]) -> Chosen | None:
    """The layout of the first slide: a title and a subtitle; None where there is no such one."""
    found = []
    for layout in layouts:
        places = _places(layout)
        title = next((one for one in places if one.kind in TITLES and not one.is_vertical and one.area), None)
        under = next((one for one in places if one.kind == "subTitle" and one.area), None)
        if title and under:
            is_for_it = layout._element.get("type") == "title" or title.kind == "ctrTitle"
            found.append((not is_for_it, len(places), Chosen(layout, title, under)))
    return min(found, key=lambda one: one[:2])[2] if found else None


def _missing(name: str, content: Chosen, cover: Chosen | None) -> Iterator[Message]:
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


def _title_box(size: tuple[int, int]) -> Box:
    width, height = size
    return (round(MARGIN * width), round(MARGIN * height), round((1 - 2 * MARGIN) * width),
            round(TITLE_SHARE * height))


def _inner(chosen: Chosen, size: tuple[int, int]) -> Box:
    """The place for a chart: the placeholder's, else what is free under the title and over what stands at the foot."""
    if chosen.content:
        return chosen.content.box
    left, top, width, height = chosen.title.box if chosen.title else _title_box(size)
    begin = top + height + round(GAP * size[1])
    feet = [one.box[1] for one in _places(chosen.layout) if one.kind in ("ftr", "dt", "sldNum")
            and one.box[1] > size[1] // 2]
    end = min([*feet, round((1 - MARGIN) * size[1])])
    if end - begin < LARGE[1] * size[1]:  # a title that stands low or fills the slide leaves no place under it
        begin, end = round(0.3 * size[1]), round((1 - MARGIN) * size[1])
    wide = max(width, round(LARGE[0] * size[0]))
    return (min(left, size[0] - wide), begin, wide, end - begin)


def _of_index(slide: Any, idx: int) -> Any:
    return next(shape for shape in slide.placeholders if shape.placeholder_format.idx == idx)


def _usual_pt(shape: Any, *, is_title: bool) -> float:
    """The size that the template gives a placeholder's words: of its layout, its master, or the master's style."""
    from pptx.oxml.ns import qn

    layout, idx = shape.part.slide.slide_layout, shape.placeholder_format.idx
    master = layout.slide_master
    kind = _kind(shape)
    own = [one._element for one in layout.placeholders if one.placeholder_format.idx == idx]
    own += [one._element for one in master.placeholders if _kind(one) == ("title" if is_title else "body")
            or _kind(one) == kind]
    for element in own:
        for size in element.xpath("./p:txBody/a:lstStyle/a:lvl1pPr/a:defRPr/@sz"):
            return int(size) / 100
    style = master._element.find(f"{qn('p:txStyles')}/{qn('p:titleStyle' if is_title else 'p:bodyStyle')}")
    look = style.find(f"{qn('a:lvl1pPr')}/{qn('a:defRPr')}") if style is not None else None
    return int(look.get("sz") or USUAL_TITLE_PT * 100) / 100 if look is not None else USUAL_TITLE_PT


def _fitting_pt(lines: Sequence[str], box: Box, usual: float) -> float:
    """The largest size up to the usual one at which the words fit the box."""
    size = usual
    while size > LEAST_TITLE_PT:
        room = max(box[2] / PT - 14, 1) / size / 1.06
        needed = sum(max(1, -(-width_em(line) // room)) for line in lines)
        if needed * size * LINE * PT <= max(box[3], round(size * LINE * PT)) and needed <= max(2, len(lines)):
            return size
        size -= 2
    return max(size, min(usual, LEAST_TITLE_PT))


