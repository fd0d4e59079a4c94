"""Shapes of sheets about customers and their contracts, to be drawn by `generated_sheets`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from tests.ingest.corpus.lives import Life
from tests.ingest.generated_sheets import PEOPLE, Draw, Drawn, Filled, Language

PLANS: dict[Language, tuple[str, ...]] = {"ja": ("ライト", "スタンダード", "プレミアム"), "en": ("Starter", "Growth", "Enterprise")}
REASONS: dict[Language, tuple[str, ...]] = {"ja": ("コスト削減", "他社切替", "利用頻度低下", "担当者退職"),
                                           "en": ("Price", "Product gap", "Acquired", "No adoption")}
SAID: dict[Language, tuple[str, ...]] = {
    "ja": ("予算が取れず来期に再検討とのこと", "現場で使いこなせなかった", "親会社の方針でシステムを統一する"),
    "en": ("New CFO cut all vendors this quarter", "Never got past the pilot team", "They moved to an in-house tool")}
LEFT: dict[Language, tuple[tuple[str, str], ...]] = {
    "ja": (("契約中", "解約済"), ("利用中", "解約"), ("継続", "解約")),
    "en": (("active", "churned"), ("Active", "Cancelled"), ("Live", "Lost"), ("current", "churned"))}
STATUSES: dict[Language, tuple[str, ...]] = {
    "ja": ("ステータス", "状態", "契約状況", "契約ステータス", "契約状態", "顧客ステータス", "会員ステータス", "利用状況"),
    "en": ("Status", "state", "Account status", "Customer status", "Contract status", "subscription_status", "status", "Acct status")}
TENURES = ("Tenure (months)", "tenure_months", "months_as_customer", "Months as customer", "Tenure", "months_on_book", "Months active",
           "Months with us", "months_subscribed", "Customer for (months)")
YEARLY = re.compile(r"年額|年間|年払|ARR|ACV|\b(?:annual|annualized|annualised|yearly)\b|per year|/ ?(?:yr|year)\b|年$", re.I)
ODD_MONEY = re.compile(r"p\.?a\b|semi|half|半|四半|週|千|百万|万|[kK]\b|\$k|'000|000s|thousand|million|cents?\b|\bm\b|単価|税込|incl|gross|seat|user|unit|per|cad|eur|gbp|usd|jpy"
                       r"|aud|chf|sek|inr|円|¥|€|£|\$|licen[cs]e|weekly|week|quarter|term|total|総|list|daily|day|/|1ID|一人|あたり|当り|席", re.I)

WHOLE = re.compile(r"契約|受注|contract|deal|order|booking|value|worth", re.I)
"""Amounts that may as well be those of the whole term."""


def monthly(header: str) -> bool:
    """A fee in whole units and by the month beyond doubt."""
    return not ODD_MONEY.search(header)


def yearly(header: str) -> bool:
    return bool(YEARLY.search(header)) and not ODD_MONEY.search(re.sub(YEARLY, "", header))


def customer_list(draw: Draw) -> Drawn:
    """Customers by id and name, with who looks after them, since when, their touch model or parent."""
    given = draw.lives()
    told = [{"customer_id": life.id, "customer_name": life.name} for life in given]
    columns = _who(draw, given)
    r, ja = draw.r, draw.language == "ja"
    owners = draw.among(PEOPLE[draw.language], len(given))
    touches = draw.among(("ハイタッチ", "ロータッチ", "テックタッチ") if ja else ("High touch", "Low touch", "Tech touch"), len(given))
    lived = [life.start + dt.timedelta(r.randint(20, 90)) if r.random() < 0.8 else None for life in given]
    more = draw.any_of(
        lambda: draw.column("customers.owner", owners),
        lambda: draw.column("customers.touch_model", touches),
        lambda: Filled(draw.header("customers.started_on|subscriptions.start_date"), [draw.day(life.start) for life in given],
                       ("customers.started_on",)),
        lambda: draw.days("customers.onboarding_completed_on", lived))
    if not more:
        more = [draw.column("customers.owner", owners)]
    _tell(told, more, {"customers.owner": owners, "customers.started_on": [life.start for life in given],
                       "customers.onboarding_completed_on": lived})
    return Drawn([*columns, *more], {"customers": told}, ("顧客一覧", "顧客マスタ") if ja else ("Customers", "Account list", "accounts"))


def contract_list(draw: Draw) -> Drawn:
    """One to three contracts of each customer, by id or by name, with plan, seats, ends."""
    r, ja = draw.r, draw.language == "ja"
    given = [life for life in draw.lives()[:11] for _ in range(r.choice((1, 1, 2)))]
    by_name = r.random() < 0.4
    columns = [draw.column("customers.customer_name" if by_name else "customers.customer_id",
                           [life.name if by_name else life.id for life in given])]
    columns = [Filled(columns[0].header, columns[0].cells, ("subscriptions.customer_id",), is_free=True)]
    starts = [life.start + dt.timedelta(at) for at, life in enumerate(given)]
    columns.append(draw.days("subscriptions.start_date", starts))
    rows = [{"customer_id": life.name if by_name else life.id, "start_date": start} for life, start in zip(given, starts, strict=True)]
    columns += _fee(draw, [life.mrr for life in given], rows)
    columns += _terms(draw, starts, rows)
    columns += draw.any_of(lambda: draw.column("subscriptions.subscription_id", [f"K{at:05d}" for at in range(len(given))]), share=0.4)
    return Drawn(columns, {"subscriptions": rows}, ("契約一覧", "契約台帳") if ja else ("Contracts", "Subscriptions", "contract list"))


def customer_contracts(draw: Draw) -> Drawn:
    """One row per customer: name, owner, contract, plan, seats, renewal."""
    ja, given = draw.language == "ja", draw.lives()
    columns, key = _who_or_name(draw, given)
    owners = draw.among(PEOPLE[draw.language], len(given))
    columns.append(draw.column("customers.owner", owners))
    columns.append(draw.days("subscriptions.start_date", [life.start for life in given]))
    rows = [{"customer_id": key(life), "start_date": life.start} for life in given]
    columns += _fee(draw, [life.mrr for life in given], rows)
    columns += _terms(draw, [life.start for life in given], rows)
    told = [{"customer_id": key(life), "customer_name": life.name, "owner": owner} for life, owner in zip(given, owners, strict=True)]
    return Drawn(columns, {"subscriptions": rows, "customers": told},
                 ("顧客一覧", "担当顧客", "契約管理表") if ja else ("My accounts", "Book of business", "Customers"))


def snapshot(draw: Draw) -> Drawn:
    """Today's customers without a date: who has left, months as customer, fee, plan, seats."""
    r, ja = draw.r, draw.language == "ja"
    given = draw.lives()
    columns, key = _who_or_name(draw, given)
    stayed, left = r.choice(LEFT[draw.language])
    gone = draw.among((True, False, False), len(given))
    months = [r.randint(1, 60) for _ in given]
    columns.append(Filled(r.choice(STATUSES[draw.language]), [left if one else stayed for one in gone], ("customers.has_left",)))
    columns.append(draw.column("customers.tenure_months", months, only=lambda header: "月" in header) if ja
                   else Filled(r.choice(TENURES), months, ("customers.tenure_months",)))
    columns.append(draw.amounts("subscriptions.mrr", [life.mrr for life in given], monthly))
    columns += [Filled(one.header, one.cells, is_free=True) for one in draw.any_of(
        lambda: draw.column("subscriptions.plan", draw.among(PLANS[draw.language], len(given))),
        lambda: draw.column("subscriptions.seats", [r.randint(1, 300) for _ in given]))]
    told = [{"customer_id": key(life), "has_left": one, "tenure_months": month}
            for life, one, month in zip(given, gone, months, strict=True)]
    fees = [{"customer_id": key(life), "mrr": life.mrr} for life in given]
    return Drawn(columns, {"customers": told, "subscriptions": fees}, ("会員現況", "顧客一覧") if ja else ("snapshot", "Customer base", "accounts"),
                 "snapshot")


def churn_log(draw: Draw) -> Drawn:
    """Who has left: first and last day, fee, reason, what was said. It tells of contracts, of cancellations and of customers."""
    r, ja = draw.r, draw.language == "ja"
    given = draw.lives()
    columns, key = _who_or_name(draw, given)
    ends = [life.start + dt.timedelta(r.randint(90, 500)) for life in given]
    reasons, said = draw.among(REASONS[draw.language], len(given)), draw.among(SAID[draw.language], len(given))
    rows = [{"customer_id": key(life), "start_date": life.start, "end_date": end} for life, end in zip(given, ends, strict=True)]
    columns.append(draw.days("subscriptions.start_date", [life.start for life in given]))
    columns.append(draw.days("cancellations.cancelled_on|subscriptions.end_date", ends))
    columns[-1] = Filled(columns[-1].header, columns[-1].cells, ("cancellations.cancelled_on", "subscriptions.end_date"))
    columns += _fee(draw, [life.mrr for life in given], rows)
    columns.append(draw.column("cancellations.reason", reasons))
    gone = [{"customer_id": key(life), "cancelled_on": end, "reason": reason}
            for life, end, reason in zip(given, ends, reasons, strict=True)]
    columns += (noted := draw.any_of(lambda: draw.column("cancellations.comment", said)))
    _tell(gone, noted, {"cancellations.comment": said})
    return Drawn(columns, {"subscriptions": rows, "cancellations": gone}, ("解約一覧", "解約管理") if ja else ("Churn log", "Churned", "lost customers"))


def renewal_tracker(draw: Draw) -> Drawn:
    """What renews when, with its yearly value."""
    ja, given = draw.language == "ja", draw.lives()
    columns, key = _who_or_name(draw, given)
    starts = [dt.date(2024, 8, 1) + dt.timedelta(draw.r.randint(0, 330)) for _ in given]
    ends = [start.replace(year=start.year + 1, day=min(start.day, 28)) for start in starts]
    rows = [{"customer_id": key(life), "start_date": start, "term_end": end, "mrr": life.mrr}
            for life, start, end in zip(given, starts, ends, strict=True)]
    columns.append(draw.days("subscriptions.start_date", starts))
    columns.append(draw.days("subscriptions.term_end", ends))
    columns.append(draw.amounts("subscriptions.amount", [life.mrr * 12 for life in given], yearly))
    owners = draw.among(PEOPLE[draw.language], len(given))
    columns += draw.any_of(lambda: draw.column("customers.owner", owners))
    return Drawn(columns, {"subscriptions": rows}, ("更新管理表", "更新一覧") if ja else ("Renewals", "Renewal tracker", "renewals FY25"))


def _who(draw: Draw, given: list[Life]) -> list[Filled]:
    """The id and the name of each customer, in their own columns."""
    return [draw.column("customers.customer_id", [life.id for life in given]),
            draw.column("customers.customer_name", [life.name for life in given])]


def _who_or_name(draw: Draw, given: list[Life]) -> tuple[list[Filled], Callable[[Life], str]]:
    """Id and name, or the name alone, which is the key then."""
    if draw.r.random() < 0.6:
        return _who(draw, given), lambda life: life.id
    named = draw.column("customers.customer_name", [life.name for life in given])
    return [Filled(named.header, named.cells, ("customers.customer_id", "customers.customer_name"))], lambda life: life.name


def _fee(draw: Draw, fees: list[int], rows: list[dict[str, object]]) -> list[Filled]:
    """A fee by the month or by the year, or an amount with its interval; its MRR is added to the rows."""
    way = draw.r.choice(("month", "month", "year", "interval"))
    if way == "interval":
        words = {"ja": (("月額", 1), ("年額", 12)), "en": (("Monthly", 1), ("Annual", 12), ("Quarterly", 3))}[draw.language]
        paid = draw.among(words, len(fees))
        columns = [draw.amounts("subscriptions.amount", [fee * months for fee, (_word, months) in zip(fees, paid, strict=True)],
                                lambda header: not (YEARLY.search(header) or ODD_MONEY.search(header) or WHOLE.search(header))),
                   draw.column("subscriptions.billing_interval", [word for word, _months in paid])]
    elif way == "year":
        columns = [draw.amounts("subscriptions.amount", [fee * 12 for fee in fees], yearly)]
    else:
        columns = [draw.amounts("subscriptions.mrr", fees, monthly)]
    for row, fee in zip(rows, fees, strict=True):
        row["mrr"] = fee
    return columns


def _terms(draw: Draw, starts: list[dt.date], rows: list[dict[str, object]]) -> list[Filled]:
    """Some of plan, product, seats and the end of the term; added to the rows."""
    r, count = draw.r, len(starts)
    plans, seats = draw.among(PLANS[draw.language], count), [r.randint(1, 300) for _ in starts]
    ends = [start.replace(year=start.year + 1, day=min(start.day, 28)) for start in starts]
    columns = draw.any_of(lambda: draw.column("subscriptions.plan", plans), lambda: draw.column("subscriptions.seats", seats),
                          lambda: draw.days("subscriptions.term_end", ends))
    _tell(rows, columns, {"subscriptions.plan": plans, "subscriptions.seats": seats, "subscriptions.term_end": ends})
    return columns


def _tell(rows: list[dict[str, object]], columns: list[Filled], cells: dict[str, list]) -> None:
    """Add to the rows what the columns say."""
    for place in {place for one in columns for place in one.places} & cells.keys():
        for row, cell in zip(rows, cells[place], strict=True):
            row[place.split(".")[1]] = cell


SHAPES = (customer_list, contract_list, customer_contracts, snapshot, churn_log, renewal_tracker)
