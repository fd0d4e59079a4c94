"""A company's own template as the stage of a deck: its layouts, placeholders, fonts and colours."""

from __future__ import annotations

import copy
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cs_kpi.charts.words import width_em
from cs_kpi.export.canvas import Box
from cs_kpi.export.chart_xml import EDITING
from cs_kpi.export.layouts import CONTENTS, chart_box, content_layout, cover_layout, kind_of, lacking, title_box
from cs_kpi.export.stage import Sheet
from cs_kpi.export.theming import Palette, palette_of, themed
from cs_kpi.locale import Language

PT, LINE = 12_700, 1.2
USUAL_TITLE_PT, LEAST_TITLE_PT = 44.0, 16.0


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
        self._content, self._cover = content_layout(layouts, self.size), cover_layout(layouts, self.size)
        self.missing = tuple(lacking(name, self._content, self._cover))
        self.inner: Box = chart_box(self._content, self.size)
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
            self._free(slide, title_box(self.size), [title], language, 24, is_bold=True)
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
            if kind_of(one) == "sldNum":
                number = copy.deepcopy(one._element)
                number.xpath("./p:nvSpPr/p:cNvPr")[0].set("id", str(slide.shapes._next_shape_id))
                slide.shapes._spTree.append(number)
                break


def _of_index(slide: Any, idx: int) -> Any:
    return next(shape for shape in slide.placeholders if shape.placeholder_format.idx == idx)


def _usual_pt(shape: Any, *, is_title: bool) -> float:
    """The size that the template gives a placeholder's words: of its layout, its master, or the master's style."""
    from pptx.oxml.ns import qn

    layout, idx = shape.part.slide.slide_layout, shape.placeholder_format.idx
    master = layout.slide_master
    kind = kind_of(shape)
    own = [one._element for one in layout.placeholders if one.placeholder_format.idx == idx]
    own += [one._element for one in master.placeholders if kind_of(one) == ("title" if is_title else "body")
            or kind_of(one) == kind]
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


