"""Lists of today's customers narrowed to a segment that the reader picks."""

from __future__ import annotations

from cs_kpi.book import Book
from cs_kpi.kpi.readings import Segment, segment_name
from cs_kpi.measures.segments import segment_field, segment_fields, segment_values
from pages._ui.cache import cached
from pages._ui.picks import pick
from pages._ui.view import NOT_SET
from pages._ui.words import _, say


def segment_pick(book: Book, name: str) -> Segment | None:
    """The picked segment of any field but the owner, who is picked beside it; None: everybody. name : of the list"""
    fields = {one.id: say(one.label) for one in cached(segment_fields, book) if one.id != "owner"}
    by = pick(f"{name}-by", _("Cut by"), {"": say(_("Everything"))} | fields)
    if not by:
        return None
    values = {NOT_SET if one is None else one: one for one in cached(segment_values, book, segment_field(book, by))}
    names = {key: say(segment_name(Segment(by, one))) for key, one in values.items()}
    return Segment(by, values[pick(f"{name}-segment-{by}", _("Segment"), names)])
