"""A company's template, taken in: refused where it could do harm, and cleaned down to its masters and layouts.

It is looked into before anything is unpacked, then opened in a child process with limits of memory and time, as every
file is that comes from outside. What comes back has no slides, is a plain presentation, and is what is kept.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from typing import Any

from cs_kpi.errors import DataError
from cs_kpi.ingest.parsing.containers import declares, is_oversized
from cs_kpi.ingest.parsing.guard import Limits, reply_of
from cs_kpi.locale import _

CHILD = "cs_kpi.export.template_child"
MOST_MEGABYTES = 60
CONTENT_TYPES, MAIN_PART = "[Content_Types].xml", "ppt/presentation.xml"
MAIN = "application/vnd.openxmlformats-officedocument.presentationml.{kind}.main+xml"
KINDS = ("presentation", "template", "slideshow")
MACROS = re.compile(rb"macroEnabled|vbaProject", re.IGNORECASE)
OUTSIDE = re.compile(rb"<[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>", re.IGNORECASE)
LINK = b"/relationships/hyperlink"
MOST_RELATIONS_BYTES = 8 << 20
CHOOSE = _("Choose a PowerPoint presentation (.pptx) or template (.potx).")


def taken_in(name: str, data: bytes, within: Limits | None = None) -> bytes:
    """The template as a plain .pptx without slides. Raises DataError with what is wrong and what to do."""
    check(name, data)
    return reply_of(CHILD, name, data, damaged(name), within)


def check(name: str, data: bytes) -> None:
    """Refuse what is no presentation, has macros, points outside, or would harm the machine when it is opened."""
    if not data:
        raise DataError(_("The file '{file}' is empty. {choose}", file=name, choose=CHOOSE))
    if len(data) > MOST_MEGABYTES << 20:
        raise DataError(_("The template '{file}' has {size} MB; at most {most} MB are taken. Remove pictures that the "
                          "layouts do not need, and choose it again.", file=name, size=len(data) >> 20,
                          most=MOST_MEGABYTES))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_parts(name, archive, len(data))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise damaged(name) from error


def _check_parts(name: str, archive: zipfile.ZipFile, packed: int) -> None:
    parts = archive.infolist()
    if is_oversized(parts, packed):
        raise DataError(_("The template '{file}' would unpack to {size} MB, which is not safe to open. Save it again "
                          "from PowerPoint, and choose the new file.", file=name,
                          size=sum(part.file_size for part in parts) >> 20))
    names = {part.filename for part in parts}
    if MAIN_PART not in names or CONTENT_TYPES not in names:
        raise DataError(_("The file '{file}' is not a PowerPoint presentation. {choose}", file=name, choose=CHOOSE))
    if max(Counter(part.filename.casefold() for part in parts).values()) > 1:
        raise damaged(name)
    for part in parts:
        if part.filename.casefold().endswith((".xml", ".rels")) and declares(archive, part):
            raise DataError(_("The template '{file}' contains XML definitions that PowerPoint does not write, and was "
                              "not opened for safety. Save it again from PowerPoint, and choose the new file.",
                              file=name))
    _check_promises(name, archive, parts)


def _check_promises(name: str, archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    """No macros, and nothing that PowerPoint would fetch from elsewhere when the deck is opened."""
    if MACROS.search(_head(archive, CONTENT_TYPES)) or any("vbaproject" in part.filename.casefold() for part in parts):
        raise DataError(_("The template '{file}' contains macros and was not opened for safety. Save it as .pptx or "
                          ".potx, without macros, and choose that file.", file=name))
    for part in parts:
        if part.filename.casefold().endswith(".rels"):
            for found in OUTSIDE.findall(_head(archive, part.filename)):
                if LINK not in found:
                    raise DataError(_("The template '{file}' loads something from outside when it is opened (a linked "
                                      "picture or object), and was not taken for safety. Embed it in PowerPoint under "
                                      "'Edit links to files', and choose the new file.", file=name))


def _head(archive: zipfile.ZipFile, part: str) -> bytes:
    with archive.open(part) as stream:
        return stream.read(MOST_RELATIONS_BYTES).replace(b"\x00", b"")


def damaged(name: str) -> DataError:
    return DataError(_("The template '{file}' is damaged or incomplete. Save it again from PowerPoint, and choose the "
                       "new file.", file=name))


def cleaned(name: str, data: bytes) -> bytes:
    """The same without slides, as a plain presentation; called in the child. Raises DataError where it cannot be."""
    from pptx import Presentation
    from pptx.exc import PythonPptxError

    check(name, data)
    try:
        presentation = Presentation(io.BytesIO(plain_presentation(data)))
        _without_slides(presentation)
        if not len(presentation.slide_layouts):
            raise _no_layouts(name)
        file = io.BytesIO()
        presentation.save(file)
        Presentation(io.BytesIO(file.getvalue()))
    except (PythonPptxError, KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError,
            zipfile.BadZipFile, zlib.error) as error:
        raise damaged(name) from error
    return file.getvalue()


def _no_layouts(name: str) -> DataError:
    return DataError(_("The template '{file}' has no slide layouts. Save it again from PowerPoint with its slide "
                       "master, and choose the new file.", file=name))


def plain_presentation(data: bytes) -> bytes:
    """A template or show as a presentation: its main part's content type is rewritten, which is all they differ in."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            body = old.read(part)
            if part.filename == CONTENT_TYPES:
                for kind in KINDS[1:]:
                    body = body.replace(MAIN.format(kind=kind).encode(), MAIN.format(kind=KINDS[0]).encode())
            new.writestr(part.filename, body)
    return out.getvalue()


def _without_slides(presentation: Any) -> None:
    """No slide stays, nor anything that names one: sections, custom shows, thumbnails."""
    from pptx.oxml.ns import qn

    element, part = presentation.part._element, presentation.part
    slides = presentation.slides._sldIdLst
    for one in list(slides):
        part.drop_rel(one.rId)
        slides.remove(one)
    for shows in element.findall(qn("p:custShowLst")):
        element.remove(shows)
    for extensions in element.findall(qn("p:extLst")):
        for extension in list(extensions):
            if any("section" in str(child.tag).rpartition("}")[2].casefold() for child in extension.iter()):
                extensions.remove(extension)
        if not len(extensions):
            element.remove(extensions)
    for relation in [rel for rel in presentation.part.package._rels.values() if rel.reltype.endswith("/thumbnail")]:
        presentation.part.package._rels.pop(relation.rId)


