"""What was understood of some files, as one document: shown, corrected by hand, saved and applied again."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from cs_kpi.errors import DataError
from cs_kpi.ingest.columns import is_known_field
from cs_kpi.ingest.records import Question, SheetMapping, SheetReading
from cs_kpi.locale import Language, _


class _Document(BaseModel):
    model_config = ConfigDict(extra="ignore")

    sheets: list[SheetMapping]


def understanding(readings: Iterable[SheetReading], language: Language = "en") -> dict[str, Any]:
    """The document that `map --format json` prints; `mappings` reads it back."""
    listed = list(readings)
    return {"sheets": [_sheet(reading, language) for reading in listed],
            "questions": [_question(question, reading.mapping, language)
                          for reading in listed for question in reading.questions]}


def _sheet(reading: SheetReading, language: Language) -> dict[str, Any]:
    mapping = reading.mapping
    return {
        "file": mapping.file, "sheet": mapping.sheet, "tables": list(mapping.tables), "shape": mapping.shape,
        "header_row": mapping.header_row, "header_levels": mapping.header_levels, "columns": dict(mapping.columns),
        "months": dict(mapping.months),
        "months_of": dict(mapping.months_of), "milestones": dict(mapping.milestones), "scores": dict(mapping.scores),
        "attributes": list(mapping.attributes), "headers": list(mapping.headers),
        "confidence": dict(mapping.confidence), "answers": dict(mapping.answers), "is_used": mapping.is_used,
        "rows_read": reading.rows_read, "rows_refused": reading.rows_refused,
        "refused": [{"row": refusal.row, "column": refusal.column, "value": refusal.value,
                     "reason": refusal.reason.text(language)} for refusal in reading.refusals],
        "left_blank": [{"row": cell.row, "column": cell.column, "value": cell.value,
                        "reason": cell.reason.text(language)} for cell in reading.blanks],
        "notes": [note.text(language) for note in reading.notes]}


def _question(question: Question, mapping: SheetMapping, language: Language) -> dict[str, Any]:
    return {"id": question.id, "file": question.file, "sheet": question.sheet, "column": question.column,
            "text": question.text.text(language),
            "options": {option: wording.text(language) for option, wording in question.options.items()},
            "assumed": question.assumed, "answer": mapping.answers.get(question.id)}


def mappings(payload: dict[str, Any] | str) -> list[SheetMapping]:
    """The mappings of such a document, given as its text or parsed.

    Raises DataError where it is no such document, or maps to a field that does not exist.
    """
    try:
        document = _Document.model_validate_json(payload) if isinstance(payload, str) else \
            _Document.model_validate(payload)
    except ValidationError as error:
        first = error.errors()[0]
        raise DataError(_("The mapping cannot be used, because it is not in the form in which it is downloaded (at "
                          "{place}). Download it again from the data page and correct a copy of it.",
                          place=".".join(map(str, first["loc"])) or _("the beginning"))) from error
    for mapping in document.sheets:
        _check(mapping)
    return document.sheets


def _check(mapping: SheetMapping) -> None:
    unknown = [place for place in mapping.columns if not is_known_field(place)]
    if unknown:
        raise DataError(_("The mapping of sheet '{sheet}' names {fields}, which does not exist. Correct the names, or "
                          "download the mapping again from the data page.", sheet=mapping.sheet, fields=unknown))


def document_text(readings: Iterable[SheetReading], language: Language = "en") -> str:
    """The document as text, to download."""
    return json.dumps(understanding(readings, language), ensure_ascii=False, indent=2)
