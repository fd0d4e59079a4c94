"""What a command of the command line is given: files, mapping, settings and periods, made ready to compute on."""

from __future__ import annotations

import argparse
import datetime as dt
import errno
import hashlib
import sys
from pathlib import Path

from pydantic import ValidationError

from cs_kpi.binding import book_of
from cs_kpi.book import Book
from cs_kpi.errors import DataError
from cs_kpi.identity.records import Identities, identities_of
from cs_kpi.ingest import farewells, lacking, twice, unnamed
from cs_kpi.ingest.files import sheets
from cs_kpi.ingest.fitting import applied
from cs_kpi.ingest.reading import read
from cs_kpi.ingest.records import Sheet, SheetReading
from cs_kpi.ingest.understanding import mappings
from cs_kpi.ingest.versions import Loaded, answers, versions, wording
from cs_kpi.locale import Message, _
from cs_kpi.periods import SNAPSHOT, Period, parse, periods
from cs_kpi.settings import Settings
from cs_kpi.who_is_who import findings, left_open


def sheet_readings(options: argparse.Namespace) -> list[SheetReading]:
    """Every sheet of every file that can be read; the others are named on stderr.

    Open questions are named there too, with the answer that was taken. Raises DataError where no file can be read.
    """
    return [one.reading for one in _loaded(options)]


def _loaded(options: argparse.Namespace) -> list[Loaded]:
    """The same, each with the path of its file."""
    saved = mappings(text_of(options.mapping)) if options.mapping else []
    paths, found = zip(*_sheets(options), strict=True)
    readings = [read(sheet, mapping) for sheet, mapping in zip(found, applied(saved, found), strict=True)]
    readings = farewells.asked(unnamed.asked(readings, settings(options).unnamed_currency))
    readings = lacking.told(twice.asked(readings))
    for reading in readings:
        for question in reading.questions:
            if reading.mapping.is_used and question.id not in reading.mapping.answers:
                _tell(_("{file} / {sheet}: {question} Taken: {answer}", file=question.file, sheet=question.sheet,
                        question=question.text, answer=question.options[question.assumed]), options)
    return [Loaded(f"{path} / {reading.mapping.sheet}", path, reading)
            for path, reading in zip(paths, readings, strict=True)]


def _sheets(options: argparse.Namespace) -> list[tuple[str, Sheet]]:
    """Every sheet with the path of its file."""
    found: list[tuple[str, Sheet]] = []
    seen: dict[str, Path] = {}
    for path in options.files:
        try:
            data = path.read_bytes()
            same = seen.setdefault(hashlib.sha256(data).hexdigest(), path)
            if same is not path:
                _tell(_("'{file}' holds the same bytes as '{other}' and is read once.", file=str(path),
                        other=str(same)), options)
                continue
            found += [(str(path), sheet) for sheet in sheets(path.name, data)]
        except DataError as error:
            _tell(error.message, options)
        except OSError as error:
            _tell(_cannot_open(path, error), options)
    if not found:
        raise DataError(_("None of the files could be read. Correct what is said above, then try again."))
    return found


def _in_force(loaded: list[Loaded], options: argparse.Namespace) -> list[SheetReading]:
    """What counts where one file is a newer export of another; named on stderr with the reading that was taken."""
    found = versions(loaded, always=options.newer)
    for pair in found.found:
        _tell(_("{question} Taken: {answer} (--newer decides otherwise).", question=wording(pair),
                answer=answers(pair)[pair.choice]), options)
    return found.readings


def book(options: argparse.Namespace) -> Book:
    """The Book of all sheets in use. Raises DataError where none of them is a table of ours."""
    chosen = settings(options)
    used = [one for one in _loaded(options) if one.reading.mapping.is_used and one.reading.tables]
    if not used:
        raise DataError(_("No table was recognised in these files. See with the command 'map' what was understood, "
                          "correct its JSON by hand, and give it with --mapping."))
    counted = _in_force(used, options)
    known = identities_of(text_of(options.identities)) if options.identities else Identities()
    data = book_of(counted, chosen, identities=known)
    _tell_who_is_who(data, counted, known, options)
    if data.dates.asks_for_as_of and data.as_of:
        _tell(_("Until which day does the data speak? Taken: {day}, the last date of the contracts. Give --as-of if it "
                "is another day.", day=data.as_of), options)
    return data


def _tell_who_is_who(data: Book, used: list[SheetReading], known: Identities, options: argparse.Namespace) -> None:
    """What was done so that one customer is one, and how much is left open; the page shows each."""
    for note in (*data.notes, *data.remarks):
        _tell(note, options)
    alone = data.settings.model_copy(update={"rolls_up_to_parent": False})
    for left in left_open(findings(data if alone == data.settings else book_of(used, alone, identities=known),
                                   known.declined)):
        _tell(left, options)


def settings(options: argparse.Namespace) -> Settings:
    """The settings of `--settings`, with the data date of `--as-of`."""
    try:
        chosen = Settings.model_validate_json(text_of(options.settings)) if options.settings else Settings()
    except ValidationError as error:
        first = error.errors()[0]
        raise DataError(_("The settings in '{file}' cannot be used: {problem} (at {place}). Correct the file, then try "
                          "again.", file=str(options.settings), problem=first["msg"],
                          place=".".join(map(str, first["loc"])) or _("the beginning"))) from error
    return chosen.model_copy(update={"as_of": options.as_of}) if options.as_of else chosen


def chosen_period(data: Book, options: argparse.Namespace) -> Period:
    return _snapshot(options) if data.is_snapshot else parse(options.period, data.settings.fiscal_year_start)


def _snapshot(options: argparse.Namespace) -> Period:
    """The one period of a list without dates; another that was asked for is named on stderr."""
    if options.period != SNAPSHOT.id:
        _tell(_("The files tell who has left, but not when. The numbers are of the one period 'snapshot', not of "
                "'{period}'.", period=options.period), options)
    return SNAPSHOT


def chosen_periods(data: Book, options: argparse.Namespace) -> list[Period]:
    """Every period of the chosen kind from `--from` to `--to`.

    By default from the day on which the first customer was active to the data date.
    """
    if data.is_snapshot:
        return [_snapshot(options)]
    if options.period == SNAPSHOT.id:
        return [SNAPSHOT]
    first_month = data.settings.fiscal_year_start
    first = _edge(options.first, options.period, first_month)[0] if options.first else data.first_day or data.as_of
    last = _edge(options.last, options.period, first_month)[1] if options.last else data.as_of
    if first is None or last is None:
        raise DataError(_("The files hold no date that lies in the past, so there is no period to compute. Check the "
                          "date columns with the command 'map', or give --from and --to."))
    if last < first:
        raise DataError(_("The first period begins on {first}, after the last one ends on {last}. Correct --from, --to "
                          "or --as-of.", first=first, last=last))
    return periods(options.period, first, last, first_month)


def _edge(text: str, kind: str, first_month: int) -> tuple[dt.date, dt.date]:
    """First and last day of what `text` writes, a day or a period; a trailing period stands at its end."""
    try:
        day = dt.date.fromisoformat(text)
        return day, day
    except ValueError:
        written = parse(text, first_month)
    is_trailing = kind == written.kind == "ttm"
    return written.end if is_trailing else written.start, written.end


def text_of(path: Path) -> str:
    """What a file says. Raises DataError where it cannot be opened or is no text in utf-8."""
    try:
        return path.read_text("utf-8-sig")
    except OSError as error:
        raise DataError(_cannot_open(path, error)) from error
    except UnicodeDecodeError as error:
        raise DataError(_("The file '{file}' is not a text in utf-8. Save it as utf-8, then try again.",
                          file=str(path))) from error


def os_words(error: OSError) -> Message | str:
    """What the system says of a file, in the reader's language where it is one of the usual reasons."""
    return _SYSTEM.get(error.errno or 0) or error.strerror or str(error)


_FORBIDDEN = _("no permission")
_SYSTEM: dict[int, Message] = {
    errno.ENOENT: _("there is no such file or folder"), errno.EACCES: _FORBIDDEN, errno.EPERM: _FORBIDDEN,
    errno.EISDIR: _("it is a folder"), errno.ENOTDIR: _("its folder is a file"), errno.ENOSPC: _("the disk is full"),
    errno.EROFS: _("the disk is read-only")}


def unwritable(path: Path, error: OSError) -> Message:
    return _("The file '{file}' cannot be written ({reason}). Check its name and its rights, and that no program has "
             "it open, then try again.", file=str(path), reason=os_words(error))


def _cannot_open(path: Path, error: OSError) -> Message:
    return _("The file '{file}' cannot be opened ({reason}). Check its name and its rights, then try again.",
             file=str(path), reason=os_words(error))


def _tell(message: Message, options: argparse.Namespace) -> None:
    print(message.text(options.language), file=sys.stderr)
