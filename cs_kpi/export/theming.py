"""The theme of a company's template on our shapes and charts: its fonts, its text, its accents.

Colours that mean something (new, churn, bands, cells of a heatmap) stay what they are on every page and slide; on a
dark background they are those of the dark pages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from cs_kpi.charts.theme import DARK, LIGHT, blended, contrast, on_ramp
from cs_kpi.export.chart_xml import EAST_ASIAN_FONT, LATIN_FONT
from cs_kpi.export.tints import Tint, shaded, tints

READABLE = 4.5
"""WCAG AA for text."""
SEEN = 3.0
"""WCAG AA for lines and areas."""
LARGE_PT = 14
"""Bold words of this size are read as easily as areas are seen (WCAG)."""
DARKEST_LAYER, LIGHTEST_LAYER = (0.5, 0.0), (0.4, 0.6)
"""What is kept of an accent's lightness, and added to it, in the oldest layer and in the newest."""
STRONGER = {False: ((1.0, 0.0), (0.75, 0.0), (0.5, 0.0)), True: ((1.0, 0.0), (0.6, 0.4), (0.4, 0.6))}
"""Shades that words are tried in, by whether the background is dark."""
LAYER_STEPS, DARKENED = 100, 0.85
TEXT_TAGS = ("rPr", "defRPr", "endParaRPr")


@dataclass(frozen=True, slots=True)
class Palette:
    """A theme as far as it is used. has_japanese : whether its minor font names one for Japanese

    accents : the slots of our first and second line and their colours, where they can be seen on its background
    """

    has_japanese: bool
    background: str
    accents: dict[str, tuple[str, str]]

    @property
    def is_dark(self) -> bool:
        return contrast(self.background, "#FFFFFF") > contrast(self.background, "#000000")


def palette_of(layout: Any) -> Palette:
    """The palette of a layout's theme."""
    from pptx.opc.constants import RELATIONSHIP_TYPE
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import qn

    master = layout.slide_master
    theme = master.part.part_related_by(RELATIONSHIP_TYPE.THEME).blob
    root = parse_xml(theme)
    scheme = root.find(f".//{qn('a:clrScheme')}")
    colours = {str(slot.tag).rpartition("}")[2]: _colour(slot) for slot in scheme} if scheme is not None else {}
    mapping = master._element.find(qn("p:clrMap"))
    paper = colours.get(mapping.get("bg1", "lt1") if mapping is not None else "lt1") or LIGHT.paper
    accents = {}
    for role, slot in (("accent", "accent1"), ("second", "accent2")):
        known = colours.get(slot)
        if known and contrast(known, paper) >= SEEN:
            accents[role] = (slot, known)
    minor = root.find(f".//{qn('a:minorFont')}")
    return Palette(minor is not None and _has_japanese(minor), paper, accents)


def _colour(slot: Any) -> str | None:
    found = slot.xpath("./*[local-name()='srgbClr']/@val | ./*[local-name()='sysClr']/@lastClr")
    return f"#{found[0]}" if found and re.fullmatch("[0-9A-Fa-f]{6}", found[0]) else None


def _has_japanese(minor: Any) -> bool:
    from pptx.oxml.ns import qn

    east = minor.find(qn("a:ea"))
    return (east is not None and bool(east.get("typeface"))) or any(
        font.get("script") == "Jpan" and font.get("typeface") for font in minor.findall(qn("a:font")))


def themed(element: Any, palette: Palette) -> None:
    """Our fonts and colours in a slide's or chart's XML replaced by those of the theme."""
    from pptx.oxml.ns import qn

    for latin in element.iter(qn("a:latin")):
        if latin.get("typeface") == LATIN_FONT:
            latin.set("typeface", "+mn-lt")
    if palette.has_japanese:
        for east in element.iter(qn("a:ea")):
            if east.get("typeface") == EAST_ASIAN_FONT:
                east.set("typeface", "+mn-ea")
    for colour in list(element.iter(qn("a:srgbClr"))):
        is_text = _is_text(colour)
        if not (_is_on_a_cell(colour) if is_text else _fills_a_cell(colour)):
            _replace(colour, palette, is_text=is_text)


def _is_text(colour: Any) -> bool:
    return any(str(parent.tag).rpartition("}")[2] in TEXT_TAGS for parent in colour.iterancestors())


def _fills_a_cell(colour: Any) -> bool:
    return bool(colour.xpath("./parent::a:solidFill/parent::a:tcPr"))


def _is_large(colour: Any) -> bool:
    """Whether it colours bold words of such a size."""
    look = next(parent for parent in colour.iterancestors() if str(parent.tag).rpartition("}")[2] in TEXT_TAGS)
    return look.get("b") == "1" and int(look.get("sz") or 0) >= LARGE_PT * 100


def _is_mark(colour: Any) -> bool:
    """Whether it colours a single sign, as in a legend in words, which is seen and not read."""
    from pptx.oxml.ns import qn

    run = next(colour.iterancestors(qn("a:r")), None)
    return run is not None and len((run.findtext(qn("a:t")) or "").strip()) == 1


def _is_on_a_cell(colour: Any) -> bool:
    """Whether it writes on a coloured cell, whose words are black or white by that colour."""
    from pptx.oxml.ns import qn

    cell = next(colour.iterancestors(qn("a:tc")), None)
    return cell is not None and bool(cell.xpath("./a:tcPr/a:solidFill"))


def _replace(colour: Any, palette: Palette, *, is_text: bool) -> None:
    value = str(colour.get("val")).upper()
    ink, muted, grid, paper = (one.lstrip("#").upper() for one in (LIGHT.ink, LIGHT.muted, LIGHT.grid, LIGHT.paper))
    if value == muted:
        _scheme(colour, "tx1", lumMod="75000", lumOff="25000")
    elif value == grid:
        _scheme(colour, "tx1", alpha="18000")
    elif value == paper and not is_text:
        _scheme(colour, "bg1")
    elif value == ink:
        _scheme(colour, "tx1")
    elif tint := tints().get(value):
        (_word if is_text else _area)(colour, tint, palette)
    elif is_text and contrast(f"#{value}", palette.background) < READABLE:
        _scheme(colour, "tx1")


def _area(colour: Any, tint: Tint, palette: Palette) -> None:
    """A fill or line in the theme's accent, as much lighter as ours is; else in the colour that means something."""
    slot, _known = palette.accents.get("accent" if tint.role == "layer" else tint.role, ("", ""))
    if not slot:
        colour.set("val", blended(_meant(tint, palette), palette.background, tint.share).lstrip("#").upper())
    elif tint.role == "layer":
        ends = zip(DARKEST_LAYER, LIGHTEST_LAYER, strict=True)
        kept, added = (low + (high - low) * tint.place for low, high in ends)
        _towards_paper(colour, slot, tint.share, palette, kept, added)
    else:
        _towards_paper(colour, slot, tint.share, palette)


def _towards_paper(colour: Any, slot: str, share: float, palette: Palette, kept: float = 1.0,
                   added: float = 0.0) -> None:
    """A slot's shade with so much paper in it: lighter on a light one; darker on a dark one, and still seen there."""
    if palette.is_dark:
        share = DARKENED * share
        _shade(colour, slot, kept * (1 - share), added * (1 - share))
    else:
        _shade(colour, slot, kept * (1 - share), added * (1 - share) + share)


def _word(colour: Any, tint: Tint, palette: Palette) -> None:
    """Words in the colour of what they name, in the first shade of it that can be read; else as all text."""
    needed = SEEN if _is_mark(colour) or _is_large(colour) else READABLE
    slot, known = palette.accents.get("accent" if tint.role == "layer" else tint.role, ("", ""))
    if not slot:
        meant = _meant(tint, palette) if palette.is_dark else f"#{colour.get('val')}"
        if contrast(meant, palette.background) >= needed:
            colour.set("val", meant.lstrip("#").upper())
            return
    for kept, added in STRONGER[palette.is_dark] if slot else ():
        if contrast(shaded(known, kept, added), palette.background) >= needed:
            _shade(colour, slot, kept, added)
            return
    _scheme(colour, "tx1")


def _meant(tint: Tint, palette: Palette) -> str:
    look = DARK if palette.is_dark else LIGHT
    if tint.role == "layer":
        return on_ramp(look.ramp, tint.place * LAYER_STEPS, LAYER_STEPS + 1)
    return look.roles[tint.role]


def _shade(colour: Any, slot: str, kept: float, added: float) -> None:
    changes = {"lumMod": kept, "lumOff": added} if (kept, added) != (1.0, 0.0) else {}
    _scheme(colour, slot, **{name: str(round(share * 100_000)) for name, share in changes.items()
                             if share or name == "lumMod"})


def _scheme(colour: Any, slot: str, **changes: str) -> None:
    from pptx.oxml.ns import qn

    new = colour.makeelement(qn("a:schemeClr"), {"val": slot})
    for name, value in changes.items():
        new.append(new.makeelement(qn(f"a:{name}"), {"val": value}))
    colour.getparent().replace(colour, new)
