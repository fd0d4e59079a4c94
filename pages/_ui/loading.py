"""From the saved files to the Book, each step cached by the bytes and the mapping it depends on, never by a name."""

from __future__ import annotations

import datetime as dt
import gc
import hashlib
from dataclasses import dataclass, replace

import streamlit as st

from cs_kpi.binding import book_of, written_down
from cs_kpi.book import Book
from cs_kpi.errors import DataError
from cs_kpi.exit_reasons import ExitReason
from cs_kpi.identity.records import Identities
from cs_kpi.ingest import farewells, lacking, twice, unnamed
from cs_kpi.ingest.files import sheets
from cs_kpi.ingest.fitting import Correction, Fitted, KeptGuess, remembered
from cs_kpi.ingest.keys import Known
from cs_kpi.ingest.mapping import guess
from cs_kpi.ingest.reading import read
from cs_kpi.ingest.records import Question, Sheet, SheetMapping, SheetReading
from cs_kpi.ingest.together import again, known_fields
from cs_kpi.ingest.versions import Loaded, VersionChoice, Versions, versions
from cs_kpi.locale import Message
from cs_kpi.pulse_notes import PulseNote
from cs_kpi.settings import Settings
from cs_kpi.workspace import StoredFile
from pages._ui.words import _, counts_seconds, say
from pages._ui.work import identities, settings, workspace

FILES_KEPT = 64
BOOKS_KEPT = 8


@dataclass(frozen=True, slots=True)
class LoadedSheet:
    """One sheet of a saved file, how it is mapped, and what that mapping read.

    like : the correction of another sheet that fits this one; in force where this one has none and the user did not
        want the app's own guess (`keeps_guess`)
    """

    file: StoredFile
    place: int
    mapping: SheetMapping
    reading: SheetReading
    is_corrected: bool
    like: Fitted | None = None
    keeps_guess: bool = False

    @property
    def open_questions(self) -> list[Question]:
        """What the sheet leaves open and the user has not answered yet."""
        if not self.mapping.is_used:
            return []
        return [asked for asked in self.reading.questions if asked.id not in self.mapping.answers]

    @property
    def key(self) -> str:
        return mapping_key(self.file.sha, self.mapping.sheet)


def mapping_key(sha: str, sheet: str) -> str:
    """Under which the corrections of a sheet are saved."""
    return f"{sha}:{sheet}"


@st.cache_resource(max_entries=FILES_KEPT, show_spinner=False)
def _sheets(sha: str, name: str, _data: bytes | None = None, _found: list[Sheet] | None = None
            ) -> list[Sheet] | Message:
    """The sheets of a file, of the workspace or just given or found; parsed once for its bytes and name."""
    if _found is not None:
        return _found
    try:
        return sheets(name, workspace().data(sha) if _data is None else _data)
    except DataError as error:
        return error.message


@st.cache_resource(max_entries=FILES_KEPT * 8, show_spinner=False)
def _guess(sha: str, name: str, place: int, _sheet: Sheet) -> SheetMapping:
    return guess(_sheet)


@st.cache_resource(max_entries=FILES_KEPT * 8, show_spinner=False)
def _guess_beside(sha: str, name: str, place: int, others: Known, _sheet: Sheet, _guessed: SheetMapping
                  ) -> SheetMapping:
    return again(_sheet, _guessed, others)


@st.cache_resource(max_entries=FILES_KEPT * 8, show_spinner=False)
def _remembered(sha: str, name: str, place: int, corrections_key: str, _corrections: list[Correction],
                _file: StoredFile, _inside: list[Sheet]) -> Fitted | None:
    return remembered(_corrections, _inside[place], _file.added_at, is_alone=len(_inside) == 1)


@st.cache_resource(max_entries=FILES_KEPT * 8, show_spinner=False)
def _read(sha: str, mapping: str, place: int, today: dt.date, _sheet: Sheet, _mapping: SheetMapping) -> SheetReading:
    return read(_sheet, _mapping, today)


@st.cache_resource(max_entries=BOOKS_KEPT, show_spinner=False)
def _book(key: tuple[tuple[str, str], ...], settings_key: str, identities_key: str, recorded_key: str, today: dt.date,
          _readings: list[SheetReading], _settings: Settings, _identities: Identities, _reasons: list[ExitReason],
          _pulses: list[PulseNote]) -> Book:
    """The Book of the files under all settings and with what was written down, neither of which reads them again."""
    files = _of_files(key, _settings.unnamed_currency, _settings.rolls_up_to_parent, identities_key, today, _readings,
                      _settings, _identities)
    return written_down(files.under(_settings), _reasons, _pulses)


@st.cache_resource(max_entries=BOOKS_KEPT, show_spinner=False)
def _of_files(key: tuple[tuple[str, str], ...], unnamed_currency: str | None, rolls_up: bool, identities_key: str,
              today: dt.date, _readings: list[SheetReading], _settings: Settings, _identities: Identities) -> Book:
    """The files as one Book: of the settings only those count here by which it is kept."""
    gc.collect()  # what went with the last Book: reruns do not collect (config.toml), and tables are few and large
    return book_of(_readings, _settings, today, _identities)


@st.cache_resource(max_entries=BOOKS_KEPT, show_spinner=False)
def _versions(key: tuple[tuple[str, str], ...], said: str, _loaded: list[Loaded],
              _choices: dict[str, VersionChoice]) -> Versions:
    return versions(_loaded, _choices)


def loaded_sheets() -> list[LoadedSheet]:
    """Every sheet of every saved file, in order; `unreadable_files` names those that cannot be read any more."""
    known = _Known.of_workspace()
    with st.spinner(say(_("Reading the files …")), show_time=counts_seconds()):
        mapped = [_mapped(file, inside, place, known) for file in workspace().files()
                  if isinstance(inside := _sheets(file.sha, file.name), list) for place in range(len(inside))]
        others = known_fields(one.mapping for one in mapped)
        found = [_loaded(one.beside(others)) for one in mapped]
    readings = farewells.asked(unnamed.asked([one.reading for one in found], settings().unnamed_currency))
    readings = lacking.told(twice.asked(readings))
    return [replace(one, reading=reading) for one, reading in zip(found, readings, strict=True)]


@dataclass(frozen=True, slots=True)
class _Known:
    """What the user has said about sheets, read once a run."""

    own: dict[str, SheetMapping]
    corrections: list[Correction]
    key: str
    guesses: set[str]

    @classmethod
    def of_workspace(cls) -> _Known:
        own, signed = workspace().all(SheetMapping), workspace().signatures(SheetMapping)
        said = "".join(f"{key}{signed[key].at}" for key in own if key in signed)
        return cls(own, [Correction(mapping, signed[key].at) for key, mapping in own.items() if key in signed],
                   hashlib.sha256(said.encode()).hexdigest(), set(workspace().all(KeptGuess)))


@dataclass(frozen=True, slots=True)
class _Mapped:
    """One sheet and its mapping, before it is read."""

    file: StoredFile
    sheet: Sheet
    place: int
    mapping: SheetMapping
    is_corrected: bool
    like: Fitted | None
    keeps_guess: bool

    def beside(self, others: Known) -> _Mapped:
        """The same; where it is guessed, by what the other sheets are, too."""
        if self.is_corrected or (self.like and not self.keeps_guess):
            return self
        return replace(self, mapping=_guess_beside(self.file.sha, self.file.name, self.place, others, self.sheet,
                                                   self.mapping))


def _mapped(file: StoredFile, inside: list[Sheet], place: int, known: _Known) -> _Mapped:
    """One sheet: mapped as the user corrected it, else as a sheet like it was corrected, else as guessed."""
    sheet = inside[place]
    key = mapping_key(file.sha, sheet.name)
    corrected = known.own.get(key)
    like = None if corrected else _remembered(file.sha, file.name, place, known.key, known.corrections, file, inside)
    keeps_guess = key in known.guesses
    mapping = corrected or (like.mapping if like and not keeps_guess else _guess(file.sha, file.name, place, sheet))
    return _Mapped(file, sheet, place, mapping, corrected is not None, like, keeps_guess)


def _loaded(one: _Mapped) -> LoadedSheet:
    reading = _read(one.file.sha, one.mapping.model_dump_json(), one.place, dt.date.today(), one.sheet, one.mapping)
    return LoadedSheet(one.file, one.place, one.mapping, reading, one.is_corrected, one.like, one.keeps_guess)


def loaded_book(found: list[LoadedSheet] | None = None, *, rolls_up: bool = True) -> Book | None:
    """The Book of everything that was uploaded; None where no sheet has a table.

    rolls_up : False leaves stores apart from their company, whatever the settings say
    """
    used = _used(loaded_sheets() if found is None else found)
    if not used:
        return None
    chosen, known, (key, said) = settings(), identities(), _key_of(used)
    if not rolls_up:
        chosen = chosen.model_copy(update={"rolls_up_to_parent": False})
    reasons = list(workspace().all(ExitReason).values())
    pulses = list(workspace().all(PulseNote).values())
    told = "".join(one.model_dump_json() for one in (*reasons, *pulses))
    return _book((*key, ("", said)), chosen.fingerprint(), known.model_dump_json(), told, dt.date.today(),
                 loaded_versions(used).readings, chosen, known, reasons, pulses)


def loaded_versions(found: list[LoadedSheet]) -> Versions:
    """What counts of the sheets in use, where some are newer exports of others."""
    used = _used(found)
    key, said = _key_of(used)
    with st.spinner(say(_("Reading the files …")), show_time=counts_seconds()):
        return _versions(key, said, [Loaded(one.key, one.file.sha, one.reading) for one in used],
                         workspace().all(VersionChoice))


def _used(found: list[LoadedSheet]) -> list[LoadedSheet]:
    return [one for one in found if one.mapping.is_used and one.reading.tables]


def _key_of(used: list[LoadedSheet]) -> tuple[tuple[tuple[str, str], ...], str]:
    """What tells these sheets and what the user said of their versions apart from all others."""
    said = workspace().all(VersionChoice)
    return (tuple((one.file.sha, one.mapping.model_dump_json()) for one in used),
            "".join(f"{key} {choice.model_dump_json()}" for key, choice in said.items()))


def unreadable_files() -> list[Message]:
    """Why a saved file cannot be read any more; it is kept all the same."""
    return [found for file in workspace().files() if isinstance(found := _sheets(file.sha, file.name), Message)]


def unreadable(name: str, data: bytes) -> Message | None:
    """Why a file cannot be read, before it is kept; None where it can."""
    found = _sheets(hashlib.sha256(data).hexdigest(), name, data)
    return found if isinstance(found, Message) else None


def kept_sheets(sha: str, name: str, found: list[Sheet]) -> None:
    """Remember what was parsed elsewhere, so that it is not parsed again."""
    _sheets(sha, name, _found=found)


def sheet_of(one: LoadedSheet) -> Sheet:
    inside = _sheets(one.file.sha, one.file.name)
    assert isinstance(inside, list)
    return inside[one.place]
