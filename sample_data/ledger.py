"""The messy contract ledger: a title, line breaks in the header, mixed styles, subtotals, notes, broken cells."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from sample_data.clock import AS_OF
from sample_data.handwriting import Hand
from sample_data.vocabulary import INDEX, Language, monthly_net, said
from sample_data.workbooks import Sheet
from sample_data.world import World

TITLE = ("契約台帳", "Contract ledger")
HEADER_ROW = 4
COLUMNS = [
    ("no", "No.", "No."), ("customer_id", "顧客\n番号", "Customer\nID"),
    ("customer_name", "顧　客　名", "Customer name "),
    ("industry", "業　種", "Industry"), ("region", "地域", "Region"), ("touch_model", "タッチ\nモデル", "Touch\nmodel"),
    ("owner", "担当\nCSM", "CSM"), ("subscription_id", "契約番号", "Contract no."), ("product", "製品", "Product"),
    ("plan", "プラン", "Plan"), ("charge_kind", "料金\n区分", "Charge\nkind"),
    ("start_date", "契約\n開始日", "Start\ndate"), ("term_end", "満了日", "Term end"),
    ("end_date", "解約日\n（終了日）", "End date\n(cancelled)"), ("seats", "席　数", "Seats"),
    ("monthly", "月額\n（税抜）", "Monthly fee\n(excl. tax)"), ("remarks", "備考", "Remarks"),
]  # fmt: skip
PREAMBLE = (
    ["契約台帳（2025年3月31日現在）", "単位：円、税抜　　※架空のサンプルデータです"],
    ["Contract ledger as of March 31, 2025", "Amounts in US dollars, excl. tax. Synthetic sample data."],
)
NOTES = (
    ["※ 満了日のない契約は、毎月自動更新です。", "※ 初期費用は契約時に一括で請求しています。", "作成：CS推進室"],
    [
        "Note: contracts without a term end renew every month.",
        "Note: set-up fees are billed once.",
        "Prepared by: CS team",
    ],
)
SUBTOTAL, TOTAL = ("小計", "Subtotal"), ("合計", "Total")
REMARKS = (
    ["値引き適用中", "請求書払い", "窓口変更あり"],
    ["Discount applies", "Pays by invoice", "New contact person"],
)

# Cells that cannot be read, each in a row of its own that duplicates a real customer: (field, ja, en).
BROKEN = [
    ("start_date", "2024/13/45", "13/45/2024"), ("monthly", "要確認", "to be checked"),
    ("start_date", "要確認", "see mail"), ("end_date", "2024年2月30日", "2/30/2024"),
    ("monthly", "別途見積", "on quotation"), ("end_date", "2021/4/1", "4/1/2021"),
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Refusal:
    """A cell that an import must refuse; rows count from 1, the column is its header as written."""

    sheet: str
    row: int
    column: str
    value: str


@dataclass(frozen=True, slots=True)
class Written:
    """A sheet, and what in it must be refused."""

    sheet: Sheet
    refusals: tuple[Refusal, ...] = ()


def ledger_frame(world: World, language: Language) -> pd.DataFrame:
    """Contract rows with the customer's columns repeated, in groups by industry."""
    rows = world.subscriptions.assign(monthly=monthly_net(world.subscriptions, language))
    who = world.customers.rename(columns={f"customer_name_{language}": "customer_name"})
    who = who[["customer_id", "customer_name", "industry", "region", "touch_model", "owner"]]
    return rows.merge(who, on="customer_id").sort_values(["industry", "customer_id", "start_date"], kind="stable")


def is_running(row: Any) -> bool:
    """Whether a recurring row counts in the ledger's totals on the last day."""
    return row.charge_kind == "recurring" and (row.end_date is None or row.end_date > AS_OF)


def written_row(number: int, row: Any, hand: Hand) -> dict[str, object]:
    """One contract row in the writer's hand."""
    language = hand.language
    words = ("industry", "region", "touch_model", "owner", "product", "plan", "charge_kind")
    remark = hand.rng.choice(REMARKS[INDEX[language]]) if hand.rng.random() < 0.06 else None
    return {
        "no": number, "customer_id": hand.key(row.customer_id), "customer_name": hand.company(row.customer_name),
        **{field: said("ledger", field, getattr(row, field), language) for field in words},
        "subscription_id": row.subscription_id, "start_date": hand.date(row.start_date),
        "term_end": hand.date(row.term_end), "end_date": hand.date(row.end_date, "end"),
        "seats": hand.number(row.seats), "monthly": hand.amount(row.monthly), "remarks": remark,
    }  # fmt: skip


def broken_row(like: Any, number: int, field: str, value: str, hand: Hand) -> dict[str, object]:
    """A row with one cell that cannot be read, so that refusing it leaves the figures as they are."""
    row = written_row(number, like, hand)
    row |= {"subscription_id": f"{like.subscription_id}X", "start_date": date(2024, 5, 1), "term_end": None}
    return row | {"end_date": None, "monthly": 9800, "remarks": None, field: value}


def total_row(label: str, rows: list[Any], hand: Hand) -> dict[str, object]:
    """A subtotal or total of what runs on the last day."""
    total = round(sum(row.monthly for row in rows if is_running(row)), 2)
    return {"customer_name": label, "monthly": hand.amount(total)}


class Ledger:
    """The rows written so far, and which of them must be refused."""

    def __init__(self, language: Language) -> None:
        self.at = INDEX[language]
        self.hand = Hand(language, "ledger")
        self.headers = {column[0]: column[1 + self.at] for column in COLUMNS}
        self.lines: list[Sequence[object]] = [[line] for line in PREAMBLE[self.at]]
        self.lines += [[], list(self.headers.values())]
        self.refusals: list[Refusal] = []
        self.numbered = 0

    def add(self, row: dict[str, object]) -> None:
        """Write a row below the last one."""
        self.lines.append([row.get(field) for field in self.headers])

    def add_broken(self, like: Any, broken: tuple[str, str, str]) -> None:
        """Write a row that cannot be read, and note it."""
        field, value = broken[0], broken[1 + self.at]
        self.add(broken_row(like, self.numbered, field, value, self.hand))
        self.refusals.append(Refusal(TITLE[self.at], len(self.lines), self.headers[field], value))

    def add_group(self, rows: list[Any], broken: tuple[str, str, str] | None) -> None:
        """Write a group with its subtotal and a blank row."""
        for place, row in enumerate(rows):
            self.numbered += 1
            self.add(written_row(self.numbered, row, self.hand))
            if broken and place == len(rows) // 2:
                self.add_broken(row, broken)
        self.add(total_row(SUBTOTAL[self.at], rows, self.hand))
        self.lines.append([])


def ledger(world: World, language: Language) -> Written:
    """The whole ledger sheet."""
    book = Ledger(language)
    rows = list(ledger_frame(world, language).itertuples())
    industries = sorted({row.industry for row in rows})
    for place, industry in enumerate(industries):
        group = [row for row in rows if row.industry == industry]
        book.add_group(group, BROKEN[place] if place < len(BROKEN) else None)
    book.add(total_row(TOTAL[book.at], rows, book.hand))
    book.lines += [[], *([note] for note in NOTES[book.at])]
    return Written(Sheet(TITLE[book.at], book.lines, HEADER_ROW), tuple(book.refusals))
