"""A generated matrix of MRR by customer and month, written in columns and in rows, is what the Book says of it."""

import calendar
import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cs_kpi.binding import book_of
from cs_kpi.book import Book, day_of
from cs_kpi.ingest.mapping import guess
from cs_kpi.ingest.reading import read
from cs_kpi.ingest.records import Sheet
from cs_kpi.kpi.readings import readings
from cs_kpi.ledger import MICRO
from cs_kpi.measures.moments import moments
from cs_kpi.periods import Period, period_of
from tests.ingest.given import sheet

TODAY = dt.date(2026, 6, 30)
AMOUNTS = st.sampled_from([0, 0, 10, 10, 25, Fraction("33.25"), 400])
Matrix = dict[str, list[Fraction]]


@st.composite
def matrices(draw: st.DrawFn) -> tuple[dt.date, Matrix]:
    """The first month, and at least three months; first and last hold something, gaps may lie between."""
    width = draw(st.integers(3, 14))
    first = dt.date(draw(st.integers(2021, 2024)), draw(st.integers(1, 12)), 1)
    rows = draw(st.lists(st.lists(AMOUNTS, min_size=width, max_size=width), min_size=1, max_size=5))
    matrix = {f"K{number}": [Fraction(value) for value in row] for number, row in enumerate(rows)}
    matrix["stays"] = [Fraction(7), *[Fraction(draw(AMOUNTS)) for _month in range(width - 2)], Fraction(7)]
    return first, matrix


def later(first: dt.date, months: int) -> dt.date:
    total = first.year * 12 + first.month - 1 + months
    return dt.date(total // 12, total % 12 + 1, 1)


def last_day(first: dt.date) -> dt.date:
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def in_columns(first: dt.date, matrix: Matrix) -> Sheet:
    width = len(matrix["stays"])
    header = [f"{later(first, place):%Y年%m月}" for place in range(width)]
    return sheet(["顧客ID", *header], *([who, *(float(value) or None for value in row)] for who, row in matrix.items()))


def in_rows(first: dt.date, matrix: Matrix) -> Sheet:
    rows = [[who, later(first, place), float(value)] for who, row in matrix.items() for place, value in enumerate(row)
            if value or place % 2]
    return sheet(["顧客ID", "対象月", "月額"], *rows)


def booked(given_sheet: Sheet) -> Book:
    mapping = guess(given_sheet)
    asked = read(given_sheet, mapping, TODAY).questions
    answers = {question.id: "mrr" for question in asked if question.id.startswith("billed:")}
    return book_of([read(given_sheet, mapping.model_copy(update={"answers": answers}), TODAY)], today=TODAY)


def carried(matrix: Matrix) -> Matrix:
    """What is to be expected: a month in which nobody has an amount is as the month before."""
    result = {who: list(row) for who, row in matrix.items()}
    for place in range(1, len(matrix["stays"])):
        if not any(row[place] for row in matrix.values()):
            for row in result.values():
                row[place] = row[place - 1]
    return result


@pytest.mark.parametrize("written", [in_columns, in_rows])
@settings(max_examples=30, deadline=None)
@given(st.data())
def test_closing_mrr_at_every_month_end_is_the_matrix(written, data: st.DataObject):
    first, matrix = data.draw(matrices())
    book = booked(written(first, matrix))
    width = len(matrix["stays"])
    assert (book.as_of, book.data_from) == (last_day(later(first, width - 1)), later(first, 1))
    ends = [day_of(last_day(later(first, place))) for place in range(width)]
    expected = carried(matrix)
    for place, closing in enumerate(book.ledger.closings(ends)):
        told = dict(zip(book.customer_ids, closing.tolist(), strict=True))
        assert {who: value for who, value in told.items() if value} == {
            who: row[place] * MICRO for who, row in expected.items() if row[place]}


MOVED = ("new_mrr", "reactivation_mrr", "expansion_mrr", "contraction_mrr", "churn_mrr")


def told_by(book: Book, month: Period) -> list[float | None]:
    return [one.value for one in readings(book, [month], list(MOVED), intervals=False)]


def moved(matrix: Matrix, place: int) -> list[float]:
    """The movements into a month, customer by customer; opening + gains - losses is the closing (handbook 3)."""
    total = dict.fromkeys(MOVED, Fraction(0))
    for row in matrix.values():
        before, after = row[place - 1], row[place]
        kind = ("churn_mrr" if not after else "contraction_mrr") if after < before else "expansion_mrr" if before \
            else "reactivation_mrr" if any(row[:place]) else "new_mrr"
        total[kind] += abs(after - before)
    sums = [sum((row[at] for row in matrix.values()), Fraction(0)) for at in (place - 1, place)]
    gains, losses = [sum(total[kind] for kind in kinds) for kinds in (MOVED[:3], MOVED[3:])]
    assert sums[1] == sums[0] + gains - losses
    return [float(total[kind]) for kind in MOVED]


@pytest.mark.parametrize("written", [in_columns, in_rows])
@settings(max_examples=20, deadline=None)
@given(st.data())
def test_movements_from_month_to_month_are_the_differences_of_the_matrix(written, data: st.DataObject):
    first, matrix = data.draw(matrices())
    book, expected = booked(written(first, matrix)), carried(matrix)
    months = [period_of("month", later(first, place)) for place in range(1, len(matrix["stays"]))]
    for place, now in enumerate(moments(book, months), start=1):
        for who, before, after in zip(book.customer_ids, now.opening, now.closing, strict=True):
            row = expected[who]
            assert (before, after) == (row[place - 1] * MICRO, row[place] * MICRO)
        assert told_by(book, months[place - 1]) == moved(expected, place)
    dark = [now.opens_in_the_dark for now in moments(book, [period_of("month", first), months[0]])]
    assert dark == [True, False]


@settings(max_examples=20, deadline=None)
@given(matrices())
def test_who_is_there_in_the_first_month_has_no_known_start(drawn: tuple[dt.date, Matrix]):
    first, matrix = drawn
    book = booked(in_columns(first, matrix))
    starts = dict(zip(book.customer_ids, book.start_day.tolist(), strict=True))
    for who, row in matrix.items():
        places = [place for place, value in enumerate(row) if value]
        known = bool(places) and places[0] > 0
        if who in starts:
            assert (starts[who] == day_of(later(first, places[0])) if known else starts[who] > day_of(TODAY))


@settings(max_examples=30, deadline=None)
@given(matrices())
def test_columns_and_rows_say_the_same(drawn: tuple[dt.date, Matrix]):
    wide, long = (booked(written(*drawn)).counted for written in (in_columns, in_rows))
    fields = ["customer_id", "start_date", "end_date", "mrr"]
    assert wide[fields].sort_values(fields[:2]).reset_index(drop=True).equals(
        long[fields].sort_values(fields[:2]).reset_index(drop=True))
