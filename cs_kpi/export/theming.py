"""The theme of a company's template on our shapes and charts: its fonts, its text, its accents.

Colours that mean something (new, churn, bands, cells of a heatmap) stay what they are on every page and slide.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from cs_kpi.charts.theme import LIGHT, contrast
from cs_kpi.export.chart_xml import EAST_ASIAN_FONT, LATIN_FONT

READABLE = 4.5
"""WCAG AA for text."""
SEEN = 3.0
"""WCAG AA for lines and areas."""
TEXT_TAGS = ("rPr", "defRPr", "endParaRPr")


@dataclass(frozen=True, slots=True)
class Palette:
    """A theme as far as it is used. has_japanese : whether its minor font names one for Japanese

    accents : the slots of our first and second line that can be seen on its background, by our colour
    """

    has_japanese: bool
    background: str
    accents: dict[str, tuple[str, str]]


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
            accents[LIGHT.roles[role].lstrip("#").upper()] = (slot, known)  # type: ignore[index]
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
        if not (is_text and _is_on_a_cell(colour)):
            _replace(colour, palette, is_text=is_text)


def _is_text(colour: Any) -> bool:
    return any(str(parent.tag).rpartition("}")[2] in TEXT_TAGS for parent in colour.iterancestors())


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
    if value in palette.accents:
        slot, known = palette.accents[value]
        if not is_text or contrast(known, palette.background) >= (SEEN if _is_mark(colour) else READABLE):
            _scheme(colour, slot)
        else:
            _scheme(colour, "tx1")
    elif value == ink or (is_text and contrast(f"#{value}", palette.background) < READABLE):
        _scheme(colour, "tx1")
    elif value == muted:
        _scheme(colour, "tx1", lumMod="75000", lumOff="25000")
    elif value == grid:
        _scheme(colour, "tx1", alpha="18000")
    elif value == paper and not is_text:
        _scheme(colour, "bg1")


def _scheme(colour: Any, slot: str, **changes: str) -> None:
    from pptx.oxml.ns import qn

    new = colour.makeelement(qn("a:schemeClr"), {"val": slot})
    for name, value in changes.items():
        new.append(new.makeelement(qn(f"a:{name}"), {"val": value}))
    colour.getparent().replace(colour, new)


