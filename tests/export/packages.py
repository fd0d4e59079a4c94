"""A strict look at a .pptx: parts, content types, relationships, ids and names, as another program takes them."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections import Counter

from lxml import etree

RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def faults(data: bytes) -> list[str]:
    """Whatever a strict reader would repair: empty for a sound package."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        found = [f"twice: {name}" for name, count in Counter(names).items() if count > 1]
        roots = {name: etree.fromstring(archive.read(name)) for name in names if name.endswith((".xml", ".rels"))}
    types = roots["[Content_Types].xml"]
    overrides = {one.get("PartName").lstrip("/") for one in types.iter(f"{TYPES}Override")}
    defaults = {one.get("Extension").casefold() for one in types.iter(f"{TYPES}Default")}
    found += [f"no part: {name}" for name in overrides - set(names)]
    found += [f"no content type: {name}" for name in names if name != "[Content_Types].xml" and name not in overrides
              and name.rpartition(".")[2].casefold() not in defaults]
    for name, root in roots.items():
        if name.endswith(".rels"):
            found += _dangling(name, root, names)
        elif "/_rels/" not in name and name != "[Content_Types].xml":
            found += _unknown_ids(name, root, roots)
        if name.startswith("ppt/slides/slide"):
            found += _not_unique(name, root)
    return found


def _base(rels: str) -> str:
    folder, _slash, file = rels.rpartition("/")
    return posixpath.join(posixpath.dirname(folder), file.removesuffix(".rels"))


def _dangling(rels: str, root: etree._Element, names: list[str]) -> list[str]:
    folder = posixpath.dirname(_base(rels))
    targets = [(one.get("Id"), posixpath.normpath(posixpath.join("/", folder, one.get("Target"))).lstrip("/"))
               for one in root.iter(RELS) if one.get("TargetMode") != "External"]
    return [f"{rels}: {id} points to {target}" for id, target in targets if target not in names]


def _unknown_ids(name: str, root: etree._Element, roots: dict[str, etree._Element]) -> list[str]:
    folder, file = posixpath.split(name)
    rels = roots.get(f"{folder}/_rels/{file}.rels")
    known = {one.get("Id") for one in rels.iter(RELS)} if rels is not None else set()
    used = {value for one in root.iter() for key, value in one.attrib.items() if key.startswith(ID)}
    return [f"{name}: {id} is no relationship" for id in used - known]


def _not_unique(name: str, root: etree._Element) -> list[str]:
    shapes = [one for one in root.iter() if str(one.tag).endswith("}cNvPr")]
    return [f"{name}: {key} {value} twice" for key in ("id", "name")
            for value, count in Counter(one.get(key) for one in shapes).items() if count > 1]
