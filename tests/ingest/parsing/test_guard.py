"""Parsing in a child process: whatever becomes of the child, the user gets one sentence and the server lives on."""

import datetime as dt
import subprocess
import sys
import threading
from array import array

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cs_kpi.errors import DataError
from cs_kpi.ingest.files import LARGE, sheets
from cs_kpi.ingest.parsing import guard, text_files
from cs_kpi.ingest.parsing.containers import LARGE_SHEETS
from cs_kpi.ingest.parsing.grid_cells import Cells
from cs_kpi.ingest.parsing.guard import Limits, grids, limits
from cs_kpi.ingest.parsing.incoming import Coding, Incoming, Room, coded
from cs_kpi.ingest.parsing.wire import Grid, Mixed, Texts, packed, unpacked
from cs_kpi.locale import LANGUAGES, _
from tests.ingest.given import workbook
from tests.ingest.test_files import with_part

MB = 1 << 20
AMPLE = Limits(1024 * MB, 60)
LEDGER = workbook(["顧客ID", "契約日", "月額"], ["C1", dt.datetime(2024, 4, 1), 12_000], ["C2", None, 0.5])
CELL = st.one_of(st.none(), st.text(max_size=5), st.floats(), st.booleans(), st.dates(), st.times(), st.timedeltas(),
                 st.datetimes())


def instead(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    """Another child, which runs this program."""
    monkeypatch.setattr(guard, "COMMAND", [sys.executable, "-c", program])


def refused(within: Limits, data: bytes = LEDGER) -> str:
    """The one sentence for the file."""
    with pytest.raises(DataError) as error:
        grids("given.xlsx", data, within)
    assert "'given.xlsx'" in str(error.value)
    return str(error.value)


@pytest.mark.parametrize("seconds", [0.0, 0.01])
def test_a_file_that_takes_too_long_is_stopped(seconds: float) -> None:
    assert "took too long" in refused(Limits(AMPLE.memory, seconds))


@pytest.mark.parametrize("program", ["import time; time.sleep(99)", "while True: pass",
                                     "import sys, time; sys.stdin.buffer.read(); time.sleep(99)"])
def test_so_is_a_child_that_hangs(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    instead(monkeypatch, program)
    assert "took too long" in refused(Limits(AMPLE.memory, 0.3), LEDGER + bytes(5 * MB))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps to a limit of the address space")
@pytest.mark.parametrize("memory", [1, 100])
def test_a_file_that_needs_too_much_memory_is_stopped_by_the_system(memory: int) -> None:
    """At once when the file is handed over, or somewhere inside of the parser."""
    rows = b"".join(b'<row r="%d"><c r="A%d" t="str"><v>%s</v></c></row>' % (row, row, b"x" * 10_000)
                    for row in range(1, 10_000))
    part = (b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>' + rows
            + b"</sheetData></worksheet>")
    data = with_part(LEDGER, "xl/worksheets/sheet1.xml", part)
    assert len(grids("given.xlsx", data, AMPLE)[0].columns) == 1
    assert "more memory than this computer can spare" in refused(Limits(memory * MB, 60), data)


def test_the_parent_stops_it_where_the_system_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    instead(monkeypatch, "import time; held = b'x' * (200 << 20); time.sleep(99)")
    assert "more memory than this computer can spare" in refused(Limits(100 * MB, 60))


@pytest.mark.parametrize("program", [
    "raise MemoryError", "import os; os.abort()", "import ctypes; ctypes.string_at(0)", "import sys; sys.exit(3)", "",
    "print('{}')", "import os; os.write(1, bytes(8) + b'null')",
    "import os; os.write(1, bytes(7) + b'\\x0c{\"date\": [1]}')", "import os; os.write(1, b'\\xff' * 99)",
])
def test_a_child_that_crashes_or_talks_nonsense_costs_one_sentence(program: str, monkeypatch) -> None:
    instead(monkeypatch, program)
    assert "damaged or unusual" in refused(AMPLE)


def test_the_last_words_of_a_parser_without_memory_are_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    instead(monkeypatch, "import os; os.write(2, b'memory allocation of 99 bytes failed'); os.abort()")
    assert "more memory than this computer can spare" in refused(AMPLE)


def test_where_the_parser_breaks_before_the_cells_are_looked_at_their_sentence_is_told_all_the_same(
        monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "CHILD", "no.such.parser")
    far = (b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1048576">'
           b'<c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>')
    assert "so far apart" in refused(AMPLE, with_part(LEDGER, "xl/worksheets/sheet1.xml", far))
    assert "damaged or unusual" in refused(AMPLE)


def test_no_child_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[subprocess.Popen[bytes]] = []
    start = subprocess.Popen

    def noted(*given, **options):
        begun.append(start(*given, **options))
        return begun[-1]

    monkeypatch.setattr(subprocess, "Popen", noted)
    grids("given.xlsx", LEDGER, AMPLE)
    refused(Limits(AMPLE.memory, 0.0))
    assert [child.poll() is not None for child in begun] == [True, True]


def test_other_sessions_notice_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    command, told = guard.COMMAND, []
    instead(monkeypatch, "import time; time.sleep(99)")
    hanging = threading.Thread(target=lambda: told.append(refused(Limits(AMPLE.memory, 1.5))))
    hanging.start()
    monkeypatch.setattr(guard, "COMMAND", command)
    assert sheets("given.xlsx", LEDGER)[0].cells.shape == (3, 3)
    assert told == []
    hanging.join()
    assert "took too long" in told[0]


def test_the_childs_own_sentence_arrives_in_both_languages() -> None:
    with pytest.raises(DataError) as error:
        sheets("台帳.xlsx", LEDGER[:-200])
    here = guard.unreadable("damaged", "台帳.xlsx").message
    assert error.value.message == here
    assert [error.value.message.text(language) for language in LANGUAGES] == list(map(here.text, LANGUAGES))


def test_a_name_may_hold_anything() -> None:
    for name in ("a\nb.xlsx", "\x00", "\ud800.xlsx", "-m", "x" * 300_000):
        assert sheets(name, LEDGER)[0].file == name


LARGE_TEXT = "顧客ID,顧客名,備考\n".encode() + "C1,㈱山田,\nC2,,x\n".encode() * 300_000


def test_a_large_text_is_read_by_the_child_as_a_small_one_is_here() -> None:
    assert len(LARGE_TEXT) > LARGE
    pd.testing.assert_frame_equal(sheets("a.csv", LARGE_TEXT)[0].cells, text_files.cells("a.csv", LARGE_TEXT))


@pytest.mark.parametrize(("data", "words"), [(b'a,b\n1,"x\n' + b"2,y\n" * 2_000_000, "quotation mark"),
                                             (b"\x01" * 6_000_000, "no text that can be read")])
def test_what_is_wrong_with_a_large_text_is_said_by_the_child(data: bytes, words: str) -> None:
    with pytest.raises(DataError, match=words):
        sheets("a.csv", data)


@pytest.mark.parametrize("program", ["", "import os; os.abort()", "import os; os.write(1, b'\\xff' * 99)",
                                     "import os; os.write(1, bytes(7) + b'\\x02[]')"])
def test_so_is_a_child_that_crashes_over_it(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    instead(monkeypatch, program)
    with pytest.raises(DataError, match="damaged or unusual"):
        sheets("a.csv", LARGE_TEXT)


def test_a_workbook_whose_cells_are_looked_at_while_it_is_parsed_has_the_same_values() -> None:
    rows = b"".join(b'<row r="%d"><c r="C%d"><v>%d</v></c></row>' % (row, row, row % 7) for row in range(3, 250_000))
    part = (b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>' + rows
            + b'<row r="250001"><c r="B250001" t="e"><v>#REF!</v></c><c r="C250001" t="b"><v>1</v></c></row>'
            b"</sheetData></worksheet>")
    assert len(part) > LARGE_SHEETS
    [sheet] = sheets("given.xlsx", with_part(LEDGER, "xl/worksheets/sheet1.xml", part))
    empty, errors, numbers = (sheet.cells[place] for place in range(3))
    assert empty.isna().all()
    assert errors[errors.notna()].to_dict() == {250_000: "#REF!"}
    assert numbers.tolist() == [None, None, *(float(row % 7) for row in range(3, 250_000)), None, True]
    assert numbers[250_000] is True


def test_limits_grow_with_the_file_and_end() -> None:
    assert [limits(size * MB).seconds for size in (0, 4, 5_000)] == [20, 40, 600]
    assert guard.LEAST_MEMORY <= limits(0).memory <= guard.MOST_MEMORY


def test_a_sentence_with_sentences_and_numbers_inside_arrives_equal() -> None:
    sent = _("Row {row} of sheet '{sheet}'.", row=_("Customers"), sheet=["a", 2, 0.5])
    assert unpacked(packed(sent)) == sent


@given(st.lists(st.lists(CELL, max_size=4), max_size=4))
def test_a_column_that_comes_in_blocks_is_the_same_column(blocks: list[list]) -> None:
    coding = Coding()
    for block in blocks:
        coding.extend(block)
    words, codes = coded([value for block in blocks for value in block])
    assert (list(map(repr, coding.column[0])), coding.column[1]) == (list(map(repr, words)), codes)


NUMBERS = st.one_of(st.just(""), st.floats(allow_nan=False))
OTHERS = st.one_of(st.text(max_size=3), st.sampled_from(["", "\0", "\ud800", 1.0, True, dt.date(2024, 4, 1)]))
BLOCKS = st.one_of(st.lists(kind, min_size=1, max_size=4) for kind in (NUMBERS, OTHERS, st.text(max_size=3)))


@given(st.lists(BLOCKS, min_size=1, max_size=5), st.sampled_from([1 << 20, 12]))
def test_what_comes_in_block_by_block_stands_in_the_cells(blocks: list[list], room: int) -> None:
    column = Incoming(Room(room))
    for block in blocks:
        column.extend(block)
    [sent] = unpacked(packed([Grid("a", False, [column.column])]))
    found = Cells.of(sent.columns[0])
    values = [None if value == "" else value for block in blocks for value in block]
    assert [None if value is None or value != value else (type(value), value) for value in found.values] == [
        None if value is None else (type(value), value) for value in values]
    assert found.height == max((row for row, value in enumerate(values, 1) if value is not None), default=0)
    texts = [len(value) for value in values if isinstance(value, str)]
    assert (found.longest, found.signs) == (max(texts, default=0), sum(texts))


def test_numbers_without_texts_cross_as_they_are() -> None:
    column = Incoming(Room())
    for block in (["月額", 5.0], [1.5, "", 2.5], [3.5], ["計", 7.5], [True]):
        column.extend(block)
    assert column.column == Mixed((["月額", 5.0, "計", 7.5, True], array("i", [0, 1, 2, 3, 4])),
                                  column.column.numbers, [2, 4, 3])
    assert repr(column.column.numbers) == "array('d', [1.5, nan, 2.5, 3.5])"


@pytest.mark.parametrize("sent", [Texts(b"a\0b", 3), Texts(b"a\0b", 1), Texts(b"", 0), Texts(b"\xff\0b", 2)])
def test_texts_that_no_child_writes_are_refused(sent: Texts) -> None:
    with pytest.raises(ValueError, match=r"as many texts|UTF8"):
        Cells.of(sent)


@given(st.lists(st.lists(CELL, min_size=3, max_size=3), max_size=8), st.text(), st.booleans())
def test_every_value_crosses_the_pipe_as_it_is(columns: list[list], name: str, is_hidden: bool) -> None:
    [there] = unpacked(packed([Grid(name, is_hidden, [coded(column) for column in columns])]))
    values = [[words[code] for code in codes] for words, codes in there.columns]
    assert (there.name, there.is_hidden) == (name, is_hidden)
    assert [[(type(value), value if value == value else None) for value in column] for column in values] == [
        [(type(value), value if value == value else None) for value in column] for column in columns]
