"""Templates made for tests: 4:3 and 16:9, with Japanese theme fonts, with a hundred layouts, without placeholders."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.util import Inches

TEMPLATE = b"application/vnd.openxmlformats-officedocument.presentationml.template.main+xml"
PRESENTATION = b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
MACROS = b"application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml"


def saved(presentation: Any) -> bytes:
    file = io.BytesIO()
    presentation.save(file)
    return file.getvalue()


def standard() -> bytes:
    """4:3, Calibri, with two slides of its own and a section that names them."""
    presentation = Presentation()
    for text in ("Old one", "Old two"):
        presentation.slides.add_slide(presentation.slide_layouts[5]).shapes.title.text = text
    return saved(presentation)


def wide(layouts: int = 0) -> bytes:
    """16:9, and so many more layouts, blank copies that come first."""
    presentation = Presentation()
    factor = 13.333 / 10
    presentation.slide_width = Inches(13.333)
    for owner in (presentation.slide_master, *presentation.slide_layouts):
        for shape in owner.shapes:
            if shape.element.xpath(".//a:xfrm"):
                shape.left, shape.width = round(shape.left * factor), round(shape.width * factor)
    data = saved(presentation)
    return with_layouts(data, layouts) if layouts else data


def japanese() -> bytes:
    """As a .potx: 游ゴシック and an own accent on a dark background."""
    presentation = Presentation(io.BytesIO(wide()))
    part = presentation.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = part.blob.decode()
    theme = re.sub(r'<a:latin typeface="[^"]*"/><a:ea typeface=""/>',
                   '<a:latin typeface="Arial"/><a:ea typeface="游ゴシック"/>', theme)
    theme = re.sub(r'(<a:accent1><a:srgbClr val=)"\w+"', r'\1"E4007F"', theme)
    part._blob = theme.encode()
    master = presentation.slide_master._element
    mapping = master.find("{http://schemas.openxmlformats.org/presentationml/2006/main}clrMap")
    for one, other in (("bg1", "dk1"), ("tx1", "lt1"), ("bg2", "dk2"), ("tx2", "lt2")):
        mapping.set(one, other)
    return changed(saved(presentation), {"[Content_Types].xml": lambda body: body.replace(PRESENTATION, TEMPLATE)})


def bare() -> bytes:
    """One layout without any placeholder."""
    presentation = Presentation()
    layouts = presentation.slide_layouts
    for layout in list(layouts)[:-1]:
        if layout.name != "Blank":
            layouts.remove(layout)
    for layout in list(layouts):
        if layout.name != "Blank":
            layouts.remove(layout)
    for shape in list(layouts[0].placeholders):
        shape._element.getparent().remove(shape._element)
    return saved(presentation)


def with_layouts(data: bytes, count: int) -> bytes:
    """`count` more layouts before the others, all copies of the blank one."""
    presentation = Presentation(io.BytesIO(data))
    blank = next(one for one in presentation.slide_layouts if one.name == "Blank").part
    master = presentation.slide_master.part
    from pptx.opc.packuri import PackURI

    listed = presentation.slide_master._element.find(
        "{http://schemas.openxmlformats.org/presentationml/2006/main}sldLayoutIdLst")
    for number in range(count):
        part = type(blank).load(PackURI(f"/ppt/slideLayouts/slideLayout{100 + number}.xml"), blank.content_type,
                                blank.package, blank.blob)
        part.relate_to(master, RELATIONSHIP_TYPE.SLIDE_MASTER)
        entry = listed.makeelement(listed[0].tag, {"id": str(2147490000 + number)})
        entry.set("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
                  master.relate_to(part, RELATIONSHIP_TYPE.SLIDE_LAYOUT))
        listed.insert(number, entry)
    return saved(presentation)


def changed(data: bytes, parts: dict[str, Callable[[bytes], bytes]], more: dict[str, bytes] | None = None) -> bytes:
    """The package with some parts rewritten, and further parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name, lambda body: body)(old.read(name)))
        for name, body in (more or {}).items():
            new.writestr(name, body)
    return out.getvalue()
