"""Sheets that would fill the memory are told from their XML; real ones, however they end, are read."""

import io
import zipfile

import pytest

from cs_kpi.errors import DataError
from cs_kpi.ingest.files import sheets
from cs_kpi.ingest.parsing.extents import CHUNK, Extent, is_absurd, of_content, of_worksheet
from tests.ingest.given import workbook
from tests.ingest.test_files import with_part

MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = b"""<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>"""
CONTENT = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    "{}</office:spreadsheet></office:body></office:document-content>"
)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def filled(value="1", repeated=1):
    return (
        f'<table:table-cell table:number-columns-repeated="{repeated}" office:value-type="string">'
        f"<text:p>{value}</text:p></table:table-cell>"
    )


def empty(repeated=1):
    return f'<table:table-cell table:number-columns-repeated="{repeated}"/>'


def row(*cells, repeated=1):
    return f'<table:table-row table:number-rows-repeated="{repeated}">{"".join(cells)}</table:table-row>'


def ods(*rows):
    content = CONTENT.format(f'<table:table table:name="a">{"".join(rows)}</table:table>')
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in (("mimetype", MIMETYPE), ("content.xml", content), ("META-INF/manifest.xml", MANIFEST)):
            archive.writestr(name, part)
    return held.getvalue()


def worksheet(cells):
    return f'<worksheet xmlns="{MAIN}"><sheetData>{cells}</sheetData></worksheet>'.encode()


def test_an_ods_that_repeats_a_cell_over_millions_is_not_opened():
    with pytest.raises(DataError, match="so far apart"):
        sheets("repeated.ods", ods(row(filled(repeated=3000), repeated=3000)))


@pytest.mark.parametrize(
    "rows",
    [
        [row(filled(), empty(16_383)), row(empty(16_384), repeated=1_048_575)],
        [row(filled()), '<table:table-row table:number-rows-repeated="1048575"/>'],
        [row(filled()), row(empty(16_384), repeated=1_048_574), row(empty(16_384))],
    ],
)
def test_an_ods_that_ends_with_repeated_empty_rows_is_read(rows):
    assert sheets("real.ods", ods(*rows))[0].cells.values.tolist() == [["1"]]


def test_extents_of_an_ods_count_what_stands_before_the_last_cell():
    rows = row(filled(repeated=2), empty(3), filled(), empty(9)), row(empty(), repeated=7), row(filled(), repeated=2)
    stream = io.BytesIO(f"<table:table>{''.join(rows)}</table:table><table:table/>".encode())
    assert of_content(stream)[0] == Extent(rows=10, columns=6, written=3)


@pytest.mark.parametrize(
    ("cells", "extent"),
    [
        ('<row r="2"><c r="B2"><v>1</v></c><c r="XFD2" s="1"/></row><row r="9"/>', (2, 2, 1)),
        ("<x:row r='2'><x:c s='1' r = 'aa30' t='s'><x:v>1</x:v></x:c></x:row>", (30, 27, 1)),
        ("<row><c><v>1</v></c><c><v>1</v></c></row><row r='7'><c><v>1</v></c></row><row/>", (9, 2, 3)),
        ('<row r="1"/><cols><col min="1"/></cols>', (0, 0, 0)),
        ('<row r="3"><c r="A3"><v>1</v></c><c r="aA3"><v>1</v></c></row>', (3, 27, 2)),
        ('<row r="3"><c r="A3"><v>1</v></c><c> r="B3"<v>1</v></c></row>', (3, 3, 2)),
        ('<row r="3"><c r="A3"><v>1</v></c><c r="AB3"><v>1</v></c></row>', (3, 28, 2)),
    ],
)
def test_extents_of_a_worksheet(cells, extent):
    assert of_worksheet(io.BytesIO(worksheet(cells))) == Extent(*extent)


def test_the_far_corner_is_seen_behind_megabytes_of_cells_and_across_pieces():
    near = b'<row r="1"><c r="A1"><v>1</v></c></row>'
    for shift in (0, 7, 19, 30):
        padding = b"<!--" + b" " * (CHUNK - 60 - shift) + b"-->"
        stream = io.BytesIO(near + padding + b'<row r="99"><c s="12345" r="ZZ99"><v>1</v></c></row>' + padding * 2)
        assert of_worksheet(stream) == Extent(99, 702, 2)


def test_stray_cells_in_a_large_part_are_not_opened():
    cells = "".join(f'<row r="{n}"><c r="A{n}"><v>{n * 7919 % 9973}</v></c></row>' for n in range(1, 200_001))
    part = worksheet(cells + '<row r="300000"><c r="ZZ300000"><v>1</v></c></row>')
    assert len(part) > 8 << 20
    with pytest.raises(DataError, match="so far apart"):
        sheets("large.xlsx", with_part(workbook(["a"]), "xl/worksheets/sheet1.xml", part))


def test_a_sheet_under_any_name_is_looked_at():
    far = worksheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    data = with_part(workbook(["a"]), "xl/worksheets/sheet1.xml", far)
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            content = old.read(item).replace(b"worksheets/sheet1.xml", b"parts/first.dat")
            new.writestr(item.filename.replace("worksheets/sheet1.xml", "parts/first.dat"), content)
    with pytest.raises(DataError, match="so far apart"):
        sheets("renamed.xlsx", held.getvalue())


def test_a_text_with_one_endless_line_among_many_short_ones_is_not_opened():
    with pytest.raises(DataError, match="very many columns"):
        sheets("wide.csv", b"a" + b"," * 9_000 + b"\n" + b"a\n" * 9_000)


def test_commas_inside_a_cell_make_no_columns():
    cells = sheets("long.csv", b'id,note\nA,"' + b"x," * 20_000 + b'"\n' + b"B,y\n" * 9_000)[0].cells
    assert cells.shape == (9_002, 2)


@pytest.mark.parametrize(
    ("extent", "absurd"),
    [
        (Extent(1_000_000, 12, 12_000_000), False),
        (Extent(90_000, 200, 800_000), False),
        (Extent(16_384, 100, 10), False),
        (Extent(1_048_576, 10, 5_000), True),
        (Extent(1_048_576, 40, 40_000_000), True),
    ],
)
def test_what_is_absurd(extent, absurd):
    assert is_absurd([extent]) == absurd
    assert is_absurd([Extent(2, 2, 4), extent]) == absurd
