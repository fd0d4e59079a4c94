"""A reading's passport: everything a reader needs to believe a number, in one record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from cs_kpi.book import Book
from cs_kpi.kpi import formula, undated
from cs_kpi.kpi.behind import tally_of
from cs_kpi.kpi.formula import scale
from cs_kpi.kpi.methods import METHODS, side_at
from cs_kpi.kpi.movement_table import movement_table
from cs_kpi.kpi.readings import Reading, Segment, missing, selected, series, splits_needed, unknown
from cs_kpi.kpi.registry import Kpi
from cs_kpi.locale import Language, Message, _
from cs_kpi.measures.moments import Moment, moment, span
from cs_kpi.measures.segments import segment_field
from cs_kpi.periods import Period


@dataclass(frozen=True, slots=True)
class Passport:
    """A reading with its interval by bootstrap where customers are few, and what stands behind it.

    totals : measure -> its sum in this period and segment, in currency or customers
    left_out : what is not in the number and why, whole sentences
    sources : (file, sheet, rows) of the tables the KPI reads
    remark : what a reader has to know of this book beside the number
    """

    kpi: Kpi
    reading: Reading
    totals: Mapping[str, float]
    left_out: tuple[Message, ...]
    sources: tuple[tuple[str, str, int], ...]
    remark: Message | None = None


def passport(book: Book, kpi_id: str, period: Period, segment: Segment | None = None,
             convention: str | None = None) -> Passport:
    """The passport of one KPI in one period and segment. Raises DataError for an unknown KPI, field or convention."""
    [kpi] = selected(book, [kpi_id], convention)
    reading = series(book, [period], [kpi_id], segment, convention)[kpi_id][0]
    if missing(book, kpi):
        return Passport(kpi, reading, {}, (), ())
    field = segment_field(book, segment.field) if segment else None
    now = moment(book, period, splits_needed(book, [kpi], field))
    tally, place = tally_of(now, segment)
    totals = {} if unknown(now, kpi) else {
        t.measure.name: int(tally.vector(t.measure.name, side_at(kpi, side), place).sum()) / scale(t.measure.name)
        for side, written in kpi.sides.items() for t in formula.terms(written)}
    few = METHODS[kpi.method].few
    if kpi.denominator and reading.value is not None and few:
        low, high = few(kpi, tally, place)
        reading = replace(reading, low=low, high=high)
    left_out = undated.left_out(book, kpi) if book.is_snapshot else [
        *_moved(book, kpi, period, segment), *_left_out(now, kpi)]
    return Passport(kpi, reading, totals, tuple(left_out), sources(book, kpi), kpi.remark(book) if kpi.remark else None)


def _moved(book: Book, kpi: Kpi, period: Period, segment: Segment | None) -> list[Message]:
    """What came into a segment with customers that changed theirs: in the closing MRR, in none of the movements."""
    if segment is None or kpi.id != "net_new_mrr":
        return []
    table = movement_table(book, [period], segment.field)
    moved = sum(row["moved"] for row in table.to_dict("records") if row["segment"] == segment.value)
    return [_("MRR that moved between segments: {amount}. It is in no movement.", amount=moved)] if moved else []


def _left_out(now: Moment, kpi: Kpi) -> list[Message]:
    if "subscriptions" not in kpi.needs:
        return []
    found = [_("Customers that came and went inside the period: {n}. They are at neither closing and in no rate.",
               n=int(now.within_period.sum()))] if now.within_period.any() else []
    if overdrawn := now.book.ledger.overdrawn(span(now.book, now.period)[1]):
        found.append(_("Customers whose credit notes exceed their contracts at the closing: {n}. Their MRR counts as "
                       "0.", n=overdrawn))
    return found + not_counted(now.book)


def not_counted(book: Book) -> list[Message]:
    """Contract rows that carry no MRR, each kind with its count, and rows that could not be read."""
    frame = book.tables["subscriptions"]
    found = []
    if "charge_kind" in frame:
        for kind, label in ((("one-time"), _("one-time charges")), ("variable", _("variable charges")),
                            ("trial", _("trials"))):
            rows = int((frame["charge_kind"] == kind).sum())
            if rows and kind not in book.counted_kinds:
                found.append(_("Contract rows that are {kind}: {n}. They carry no MRR.", kind=label, n=rows))
    if free := int((book.counted["mrr"] == 0).sum()):
        found.append(_("Contract rows with an MRR of 0: {n}. They are kept, and are no customers while it is 0.",
                       n=free))
    places = set(zip(frame["_file"], frame["_sheet"], strict=True)) if "_file" in frame else set()
    if refused := len({(r.file, r.sheet, r.row) for r in book.refused if (r.file, r.sheet) in places}):
        found.append(_("Rows refused at import: {n}. They are listed on the data page.", n=refused))
    return found


def sources(book: Book, kpi: Kpi) -> tuple[tuple[str, str, int], ...]:
    """Which file and sheet gave the tables that a KPI reads, and how many rows."""
    places = kpi.reads(book) if kpi.reads else (place for need in kpi.needs for place in need.split("|"))
    return table_sources(book, [place.split(".")[0] for place in places])


def table_sources(book: Book, tables: Iterable[str]) -> tuple[tuple[str, str, int], ...]:
    """The same of some tables; of a list without dates those customers alone of whom it says whether they left."""
    found: list[tuple[str, str, int]] = []
    for table in ["customers"] if book.is_snapshot else [name for name in dict.fromkeys(tables) if name in book.tables]:
        frame = book.tables[table]
        frame = frame[frame["has_left"].notna()] if book.is_snapshot else frame
        if {"_file", "_sheet"} <= set(frame.columns):
            counts = frame.groupby(["_file", "_sheet"], sort=False).size()
            found += [(str(file), str(sheet), int(rows)) for (file, sheet), rows in counts.items()]  # type: ignore[misc]
    return tuple(found)


def as_written(kpi: Kpi, numbers: Mapping[str, str], language: Language = "en") -> str:
    """The formula of a KPI with a text for each measure: its name, or today's number.

    >>> from cs_kpi.kpi.registry import KPIS
    >>> as_written(KPIS["arr"], {"closing_mrr": "12,500"}), as_written(KPIS["arpa"], {"closing_mrr": "a",
    ...     "is_customer": "b"})
    ('12 × 12,500', 'a ÷ b')
    """
    if kpi.denominator is None:
        return formula.written(kpi.numerator, numbers)
    first = _divided(kpi.numerator, kpi.denominator, numbers)
    second = _divided(*kpi.over, numbers) if kpi.over else ""
    return Message(METHODS[kpi.method].words.template, {"ratio": first, "over": second}).text(language)


def _divided(numerator: str, denominator: str, numbers: Mapping[str, str]) -> str:
    top, whole = (_grouped(formula.written(side, numbers), side) for side in (numerator, denominator))
    return f"{top} ÷ {whole}"


def _grouped(text: str, expression: str) -> str:
    return f"({text})" if len(formula.terms(expression)) > 1 else text
