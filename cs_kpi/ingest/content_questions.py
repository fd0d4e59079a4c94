"""What is said and asked of fields that content alone told."""

from __future__ import annotations

from collections.abc import Mapping

from cs_kpi.ingest import content_names, content_terms
from cs_kpi.ingest.content import END, free_columns
from cs_kpi.ingest.content_names import Candidates
from cs_kpi.ingest.headerless import GUESSED
from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.log import Log
from cs_kpi.ingest.records import SheetMapping
from cs_kpi.locale import Message, _
from cs_kpi.tables import TABLES

ANSWERS: dict[str, Message] = {"yes": _("Yes, read them so"), "no": _("No, leave these columns aside")}
NONE = "none"


def confirmed(mapping: SheetMapping, table: Area, log: Log) -> SheetMapping:
    """The mapping with what content told as the user answered: said where one column stands out, asked where several
    might be it, or where the whole of a table was told by content alone."""
    guessed = {at: header for at, header in mapping.columns.items() if mapping.confidence.get(at, 1.0) <= GUESSED}
    if not mapping.header_row or not guessed:
        return mapping
    fields = {at.split(".")[1]: header for at, header in guessed.items()}
    if "start_date" in fields and {"mrr", "amount"} & set(fields) and set(fields) & {"customer_id", "customer_name"}:
        return _as_a_whole(mapping, guessed, log)
    columns = dict(mapping.columns)
    for header in dict.fromkeys(fields.values()):
        at = [place for place, name in guessed.items() if name == header]
        chosen = _chosen(mapping, table, header, at, log)
        if chosen != header:
            columns = {place: chosen if place in at else name for place, name in columns.items()
                       if place not in at or chosen}
    return mapping.model_copy(update={"columns": columns})


def _as_a_whole(mapping: SheetMapping, guessed: Mapping[str, str], log: Log) -> SheetMapping:
    named = {header: _("{column}: {field}", column=header, field=TABLES[table].by_name[name].label)
             for at, header in guessed.items() for table, name in [at.split(".")]}
    text = _("No header of this sheet says what its columns hold, so that was guessed from their content: {columns}. "
             "Is that right?", columns=list(named.values()))
    if log.ask("by_content", mapping.sheet, text, ANSWERS, "yes") == "yes":
        return mapping
    return mapping.model_copy(update={"columns": {at: header for at, header in mapping.columns.items()
                                                  if at not in guessed}})


def _chosen(mapping: SheetMapping, table: Area, header: str, places: list[str], log: Log) -> str:
    """The column for the fields of a guessed one: itself where it stands out, else as the user says; none for none."""
    tables, fields = [at.split(".")[0] for at in places], [at.split(".")[1] for at in places]
    label = TABLES[tables[-1]].by_name[fields[-1]].label
    rivals = _rivals(mapping, table, header, fields, log)
    is_doubtful = fields == ["end_date"] or content_names.barred(header) or (
        fields == ["customer_id"] and _is_of_events(mapping) and not content_names.stands_out(
            free_columns(log.sheet, table, set(mapping.columns.values()) - {header}), header))
    if not rivals.others and not is_doubtful:
        log.note(_("Column '{column}' was taken for {field} by its content, since no header says so. If that is "
                   "wrong, choose another column on the data page.", column=header, field=label))
        return header
    options: dict[str, Message] = {name: _("Column '{column}'", column=name) for name in (header, *rivals.others)}
    options[NONE] = _("None of them")
    text = _("No header says which column is {field}. By its content it may be one of {columns}. Which is it?",
             field=label, columns=[header, *rivals.others]) if rivals.others else _(
        "No header says which column is {field}. By its content it may be '{column}'. Is that so?", field=label,
        column=header)
    answer = log.ask("by_content", header, text, options, header)
    return "" if answer == NONE else answer


def _is_of_events(mapping: SheetMapping) -> bool:
    """Whether rows are contacts, answers or use, of which a customer may have any number."""
    return not any(at.startswith(("customers.", "subscriptions.")) for at in mapping.columns)


def _rivals(mapping: SheetMapping, table: Area, header: str, fields: list[str], log: Log) -> Candidates:
    """The guessed column, and others that no field has and that might be it as well."""
    free = free_columns(log.sheet, table, set(mapping.columns.values()) - {header})
    key = next((name for at, name in mapping.columns.items() if at.endswith(".customer_id")), "")
    if fields == ["customer_id"] and _is_of_events(mapping):
        found = content_names.alone(free, is_of_events=True)
        found = found if found.best else content_names.most_different(free)
    elif "customer_name" in fields:
        found = content_names.beside(free, key) if key and key != header else content_names.alone(free)
    elif {"mrr", "amount"} & set(fields):
        found = content_terms.fees(free)
    elif "start_date" in fields:
        found = content_terms.starts(free, mapping.columns.get(str(END), ""))
    else:
        return Candidates(header)
    return Candidates(header, tuple(name for name in found.others if name != header))
