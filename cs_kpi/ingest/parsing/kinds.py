"""What a file is, by its first bytes and, for containers, by what lies inside."""

from __future__ import annotations

import io
import re
import zipfile

PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"\x00\x00\x01\x00", b"8BPS")
ARCHIVES = (b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MANIFEST, MANIFEST_BYTES = "META-INF/manifest.xml", 1 << 20
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
JSON = re.compile(rb"\{\s*(?:\"[^\"]*\"\s*:|\}\s*$)|\[\s*(?:\{\s*[\"}]|\]\s*$)")
NOTHING, HEAD = b" \t\r\n\x00\xef\xbb\xbf", 4096
PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"SQLite format 3", b"PAR1")


def is_container(data: bytes) -> bool:
    """Whether parts are packed inside, so that a small file can unpack to anything."""
    return data.startswith((*ZIP, OLE))


def kind_of(data: bytes) -> str:
    """xlsx (xlsm too), xlsb, xls, ods or text where it can be read; else the name of what it is instead."""
    if not (data[:HEAD].strip(NOTHING) or data.strip(NOTHING)):
        return "empty"
    if data.startswith(ZIP):
        return _zip_kind(data)
    if data.startswith(OLE):
        return _ole_kind(data)
    if data.startswith(b"%PDF"):
        return "pdf"
    if data.startswith(PICTURES) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP") or data[4:12] == b"ftypheic":
        return "picture"
    if data.startswith(ARCHIVES):
        return "archive"
    if data.startswith(PROGRAMS):
        return "unknown"
    return _text_kind(data)


def _zip_kind(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {item.filename for item in archive.infolist()}
            if any(item.flag_bits & 1 for item in archive.infolist()):
                return "encrypted"
            mimetype = _start(archive, "mimetype", 100) if "mimetype" in names else b""
            manifest = _start(archive, MANIFEST, MANIFEST_BYTES) if MANIFEST in names else b""
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError, EOFError):
        return "damaged"
    if b"opendocument.spreadsheet" in mimetype:
        return "encrypted" if b"encryption-data" in manifest else "ods"
    folders = {name.split("/")[0] for name in names}
    if "xl" in folders:
        return "xlsb" if "xl/workbook.bin" in names else "xlsx"
    return "document" if folders & {"word", "ppt"} or mimetype else "archive"


def _start(archive: zipfile.ZipFile, part: str, most: int) -> bytes:
    with archive.open(part) as stream:
        return stream.read(most)


def _ole_kind(data: bytes) -> str:
    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        return "encrypted"
    if holds("Workbook") or holds("Book"):
        return "xls"
    return "document" if holds("WordDocument") or holds("PowerPoint Document") else "unknown"


def _text_kind(data: bytes) -> str:
    head = data[:4096].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html", b"<table", b"<meta", b"<head", b"<body", b"<div")):
        return "html"
    if head.startswith((b"<?xml", b"<!doctype", b"<workbook", b"<svg")):
        return "html" if b"<html" in head else "xml"
    if head.startswith(b"version https://git-lfs"):
        return "pointer"
    if JSON.match(head):
        return "json"
    return "unknown" if head.startswith(b"{\\rtf") else "text"
