"""Customers and their contracts, made up with a seed, in the form in which they must come back."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

JA_FIRST = ("青葉", "北斗", "三日月", "川端", "高円寺", "瀬戸内", "みなと", "あさひ", "白樺", "丸久", "東雲", "和泉", "若松",
            "千歳", "桜台", "大和田", "花岡", "竹ノ内", "富士見", "南風", "雪谷", "橘", "神楽", "玉川", "鶴見", "緑ヶ丘")
JA_TRADE = ("製作所", "商事", "物流", "食品", "電機", "不動産", "印刷", "ケアサービス", "システムズ", "建設", "薬局", "ホテル")
EN_FIRST = ("Alder", "Bramble", "Copperline", "Dunmore", "Elkhorn", "Fairwater", "Gorse", "Hollin", "Ironbridge", "Juniper",
            "Kestrel", "Larkspur", "Mossgate", "Northcote", "Orchard", "Pinfold", "Quillan", "Redfern", "Saltmarsh",
            "Thistle", "Umber", "Vantage", "Wexley", "Yarrow", "Zephyr", "Ashcombe")
EN_TRADE = ("Logistics", "Dental", "Foods", "Analytics", "Hotels", "Press", "Robotics", "Legal", "Media", "Clinics")


@dataclass(frozen=True, slots=True)
class Life:
    """One customer with one contract; `end` is None while it runs."""

    id: str
    name: str
    start: dt.date
    end: dt.date | None
    mrr: int


def lives(r: random.Random, count: int, id_: str = "C{:04d}", language: str = "ja", *, first: int = 2021,
          is_month_first: bool = False, round_to: int = 1000, shortest: int = 90) -> list[Life]:
    """`count` customers in the order of their ids; about a third have left by the middle of 2025."""
    start_of = sorted(_day(r, first, is_month_first) for _ in range(count))
    made = []
    for number, (name, start) in enumerate(zip(names(r, count, language), start_of, strict=True), start=1):
        end = start + dt.timedelta(r.randint(shortest, 900))
        if is_month_first:
            end = end.replace(day=1)
        has_left = end < dt.date(2025, 6, 1) and r.random() < 0.5
        made.append(Life(id_.format(number), name, start, end if has_left else None,
                         r.randint(8, 90) * round_to))
    return made


def _day(r: random.Random, first: int, is_month_first: bool) -> dt.date:
    day = dt.date(first, 1, 1) + dt.timedelta(r.randint(0, 365 * 3))
    return day.replace(day=1) if is_month_first else day


def names(r: random.Random, count: int, language: str = "ja") -> list[str]:
    """Different names of companies."""
    if language == "ja":
        bodies = [first + trade for first in JA_FIRST for trade in JA_TRADE]
        return [f"株式会社{body}" if r.random() < 0.6 else f"{body}株式会社" for body in r.sample(bodies, count)]
    bodies = [f"{first} {trade}" for first in EN_FIRST for trade in EN_TRADE]
    return [f"{body} {r.choice(('Inc.', 'Ltd.', 'LLC'))}" for body in r.sample(bodies, count)]


def contracts(given: Sequence[Life]) -> list[dict[str, Any]]:
    """The rows of `subscriptions` that these lives must give."""
    return [{"customer_id": life.id, "start_date": life.start, "end_date": life.end, "mrr": life.mrr} for life in given]


def customers(given: Sequence[Life]) -> list[dict[str, Any]]:
    return [{"customer_id": life.id, "customer_name": life.name} for life in given]
