"""Exports of products that write the same headers for everybody: their signatures, and what their columns mean where
the words alone would mislead. Headers stand here as `words.plain` leaves them; the tests name the pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from cs_kpi.locale import Message, _
from cs_kpi.tables import TABLES

WON = frozenset(("closed won", "closedwon", "won", "成約", "受注", "成立", "契約締結", "契約", "契約済", "契約済み",
                 "クローズ済み成約"))
GOOD_OR_BAD = {"good": 1.0, "bad": 0.0, "good with comment": 1.0, "bad with comment": 0.0, "goodwithcomment": 1.0,
               "badwithcomment": 0.0, "良い": 1.0, "悪い": 0.0}
NOT_ANSWERED = frozenset(("offered", "unoffered", "not offered", "not rated", "未回答", "未評価", "未提供",
                          "評価依頼済み"))
"""A survey that was sent, and not answered."""


@dataclass(frozen=True, slots=True)
class Only:
    """Rows that count: those with one of the words in a column, or those without."""

    headers: tuple[str, ...]
    words: frozenset[str]
    are_kept: bool = True


@dataclass(frozen=True, slots=True)
class KnownExport:
    """One kind of export.

    signature : groups of headers; of every group at least one must be there
    tables : what its rows may be; none where only amounts by month can be read from it
    fields : "table.field" -> the headers that feed it, best first; "*" stands for every table
    aside : headers that look like a field and are none
    follows : what follows from it, whole sentences
    lacks : what to say where nobody can tell whose rows they are, and so nothing is read
    is_per_unit : amounts are for one of the quantity
    in_cents : amounts are in hundredths of their currency
    is_per_term : amounts are the total for the time between the dates of their row
    only : rows that are contracts
    trial_ends : headers of the day on which a trial ended, from which on the contract is paid for
    usual_amount : what an amount most likely covers: that of a deal a year, or the whole term
    score_words : plain word -> answer, on a scale of 1
    """

    name: Message
    signature: tuple[tuple[str, ...], ...]
    tables: tuple[str, ...]
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    aside: tuple[str, ...] = ()
    follows: tuple[Message, ...] = ()
    lacks: Message | None = None
    is_per_unit: bool = False
    in_cents: bool = False
    is_per_term: bool = False
    only: Only | None = None
    trial_ends: tuple[str, ...] = ()
    score_words: Mapping[str, float] = field(default_factory=dict)
    usual_amount: Literal["month", "year"] = "month"

    @property
    def may_be_by_months(self) -> bool:
        return not self.tables or len(self.tables) == len(TABLES)


STRIPE = KnownExport(
    _("a subscriptions export of Stripe"),
    (("customer id",), ("current period start",), ("current period end",),
     ("canceled at", "ended at", "cancel at period end", "trial end")),
    ("subscriptions",),
    {"*.customer_id": ("customer id",), "customers.customer_name": ("customer name", "customer description"),
     "subscriptions.subscription_id": ("id",), "subscriptions.start_date": ("start date", "start", "created"),
     "subscriptions.end_date": ("ended at",), "subscriptions.term_end": ("current period end",),
     "subscriptions.amount": ("amount",), "subscriptions.billing_interval": ("interval",),
     "subscriptions.seats": ("quantity",), "subscriptions.currency": ("currency",),
     "subscriptions.plan": ("plan name", "plan"), "subscriptions.product": ("product name", "product")},
    ("created", "start", "canceled at", "cancel at", "current period start", "trial start", "trial end", "status",
     "cancel at period end", "customer email"),
    (_("Its amounts are for one unit and one interval, so that MRR is amount x quantity / interval."),
     _("A contract ends on 'Ended At'; 'Canceled At' is the day of the request. Days are those of UTC.")),
    is_per_unit=True,
    only=Only(("status",), frozenset(("incomplete", "incomplete expired")), are_kept=False),
    trial_ends=("trial end",))

SUBSCRIPTION_IMPORT = KnownExport(
    _("an import sheet of subscriptions for ChartMogul or Baremetrics"),
    (("customer external id", "customer oid"), ("amount in cents", "plan amount"),
     ("subscription started at", "started at", "start date")),
    ("subscriptions",),
    {"*.customer_id": ("customer external id", "customer oid"), "customers.customer_name": ("customer name", "company"),
     "subscriptions.subscription_id": ("subscription external id", "subscription oid"),
     "subscriptions.start_date": ("subscription started at", "started at", "start date"),
     "subscriptions.end_date": ("subscription canceled at", "canceled on", "canceled at", "cancelled at"),
     "subscriptions.amount": ("amount in cents", "plan amount"),
     "subscriptions.billing_interval": ("plan interval", "interval", "interval unit"),
     "subscriptions.currency": ("plan currency", "currency"), "subscriptions.plan": ("plan name", "plan"),
     "subscriptions.seats": ("subscription quantity", "quantity")},
    ("customer email", "plan oid", "plan external id"),
    (_("Its amounts are in cents, and were divided by 100, except for currencies without cents such as yen."),
     _("Its amounts are for one unit and one interval, so that MRR is amount x quantity / interval.")),
    is_per_unit=True, in_cents=True)

CHARTMOGUL_CUSTOMERS = KnownExport(
    _("a customers sheet of ChartMogul"),
    (("external id",), ("lead created at", "free trial started at")),
    ("customers",),
    {"*.customer_id": ("external id",), "customers.customer_name": ("company", "name"),
     "customers.owner": ("owner",)},
    ("lead created at", "free trial started at", "name", "email"))

HUBSPOT_DEALS = KnownExport(
    _("a deals export of HubSpot"),
    (("record id", "レコードid", "deal stage", "取引ステージ"), ("deal name", "取引名"),
     ("deal stage", "取引ステージ", "close date", "クローズ日")),
    ("subscriptions",),
    {"*.customer_id": ("associated company ids", "associated company id", "関連付けられた会社のid", "関連する会社のid",
                       "associated company", "関連付けられた会社", "関連する会社"),
     "customers.customer_name": ("associated company", "関連付けられた会社", "関連する会社"),
     "subscriptions.subscription_id": ("record id", "レコードid"),
     "subscriptions.start_date": ("contract start date", "契約開始日", "利用開始日", "service start date", "close date",
                                  "クローズ日"),
     "subscriptions.end_date": ("解約日", "churn date", "cancellation date", "recurring revenue inactive date"),
     "subscriptions.mrr": ("monthly recurring revenue", "月間経常収益", "月次経常収益"),
     "subscriptions.amount": ("annual recurring revenue", "年間経常収益", "amount", "金額")},
    ("deal name", "取引名", "deal stage", "取引ステージ", "close date", "クローズ日", "create date", "作成日",
     "amount", "金額",
     "annual recurring revenue", "年間経常収益", "last modified date", "pipeline", "パイプライン",
     "total contract value",
     "annual contract value", "年間契約額", "契約総額", "closed lost reason", "closed won reason"),
    (_("A deal that was won is read as a contract. Where no column says when it starts, it starts on the day on which "
       "the deal was closed."),),
    only=Only(("deal stage", "取引ステージ"), WON), usual_amount="year")

HUBSPOT_COMPANIES = KnownExport(
    _("a companies export of HubSpot"),
    (("record id", "レコードid"), ("company name", "会社名"), ("company owner", "会社の担当者", "company domain name",
                                                        "会社のドメイン名")),
    ("customers", "subscriptions"),
    {"*.customer_id": ("record id", "レコードid"), "customers.customer_name": ("company name", "会社名"),
     "customers.owner": ("company owner", "会社の担当者")},
    ("create date", "作成日", "last modified date", "last activity date", "最終アクティビティー日"))

SALESFORCE_DEALS = KnownExport(
    _("a report on opportunities of Salesforce"),
    (("opportunity name", "商談名"), ("account name", "取引先名", "account id", "取引先id"),
     ("stage", "フェーズ", "close date", "完了予定日")),
    ("subscriptions",),
    {"*.customer_id": ("account id", "取引先id", "account name", "取引先名"),
     "customers.customer_name": ("account name", "取引先名"),
     "subscriptions.subscription_id": ("opportunity id", "商談id"),
     "subscriptions.start_date": ("contract start date", "契約開始日", "service start date", "利用開始日", "close date",
                                  "完了予定日"),
     "subscriptions.term_end": ("contract end date", "契約終了日", "renewal date", "更新日"),
     "subscriptions.end_date": ("解約日", "cancellation date", "churn date"),
     "subscriptions.amount": ("amount", "金額")},
    ("opportunity name", "商談名", "stage", "フェーズ", "close date", "完了予定日", "created date", "作成日",
     "probability",
     "確度", "age", "fiscal period", "会計期間", "last modified date", "最終更新日", "type", "種別", "lead source",
     "contract end date", "契約終了日"),
    (_("A deal that was won is read as a contract. Where no column says when it starts, it starts on the day on which "
       "the deal was closed."),),
    only=Only(("stage", "フェーズ"), WON), usual_amount="year")

SALESFORCE_CONTRACTS = KnownExport(
    _("a report on contracts of Salesforce"),
    (("account name", "取引先名"), ("contract start date", "契約開始日"), ("contract owner", "契約所有者",
                                                                  "account owner",
                                                                "取引先所有者")),
    ("subscriptions",),
    {"subscriptions.term_end": ("contract end date", "契約終了日")},
    ("contract owner", "契約所有者", "created date", "作成日", "last modified date", "最終更新日", "activated date",
     "有効化日"),
    (_("The end of a contract is the end of its term there, and not the day on which the customer left."),))

KINTONE = KnownExport(
    _("an export of a kintone app"),
    (("レコード番号",), ("更新日時", "作成日時", "更新者", "作成者")),
    tuple(TABLES), aside=("レコード番号", "更新日時", "作成日時", "更新者", "作成者"),
    follows=(_("When and by whom a record was written is no field of it."),))

FREEE_DEALS = KnownExport(
    _("a list of transactions of freee"),
    (("収支区分",), ("発生日",), ("勘定科目", "決済期日")),
    (),
    {"*.customer_id": ("取引先コード", "取引先"), "customers.customer_name": ("取引先",),
     "subscriptions.start_date": ("発生日",), "subscriptions.amount": ("金額",)},
    ("管理番号", "決済期日", "決済日", "決済金額", "税額", "備考", "品目", "部門", "取引先"),
    only=Only(("収支区分",), frozenset(("支出",)), are_kept=False))

INVOICES = KnownExport(
    _("a list of invoices, as freee and Money Forward write it"),
    (("請求書番号", "請求番号"), ("請求日", "発行日", "売上計上日"), ("取引先", "取引先名", "取引先名称",
                                                  "取引先コード", "請求先名",
                                                     "請求先")),
    (),
    {"*.customer_id": ("取引先コード", "取引先id", "取引先", "取引先名", "取引先名称", "請求先名", "請求先"),
     "customers.customer_name": ("取引先", "取引先名", "取引先名称", "請求先名", "請求先"),
     "subscriptions.start_date": ("請求月", "対象年月", "売上計上日", "請求日", "発行日"),
     "subscriptions.amount": ("小計", "税抜金額", "金額", "請求金額", "合計金額", "合計")},
    ("請求書番号", "請求番号", "お支払期限", "支払期限", "支払期日", "入金期日", "入金日", "件名", "備考", "品目",
     "数量", "単価",
     "消費税", "消費税額", "税額", "請求日", "発行日", "売上計上日", "金額", "合計金額", "合計", "請求金額", "小計",
     "税抜金額",
     "ステータス", "入金ステータス"))

FREEE_PARTNERS = KnownExport(
    _("a list of business partners of freee"),
    (("名前",), ("カナ名称", "ショートカット1"), ("取引先コード", "正式名称")),
    ("customers",),
    {"*.customer_id": ("取引先コード", "名前"), "customers.customer_name": ("名前",),
     "customers.furigana": ("カナ名称",)},
    ("正式名称", "事業所種別"))

SATISFACTION = ("satisfaction score", "satisfaction rating", "ticket satisfaction rating", "ticket satisfaction score",
                "satisfaction", "csat score", "csat rating", "csat", "rating", "満足度", "満足度スコア", "満足度評価",
                "満足度の評価", "顧客満足度", "顧客満足度スコア", "顧客満足度評価", "csatスコア", "評価")
ZENDESK = KnownExport(
    _("a list of tickets of Zendesk"),
    (("requester", "リクエスタ", "requester id"), ("created at", "requested", "作成日時", "リクエスト日時"),
     ("organization", "組織", "requester organization"), ("assignee", "担当者", "group", "ticket type", "ticket id",
                                                        "id")),
    ("interactions",),
    {"*.customer_id": ("organization", "組織", "requester organization"),
     "interactions.date": ("created at", "requested", "作成日時", "リクエスト日時"), "interactions.status": ("status",
                                                                      "ステータス"),
     "interactions.priority": ("priority", "優先度"), "interactions.note": ("subject", "件名"),
     "interactions.by": ("assignee", "担当者"), "surveys.score": SATISFACTION,
     "surveys.answered_on": ("solved at", "solved", "解決日時", "updated at", "updated")},
    ("requester", "submitter", "updated at", "updated", "assigned at", "initially assigned at", "due date", "solved at",
     "solved", "group", "ticket type", "requester email", "requester id"),
    (_("A satisfaction of 'Good' counts as 1 of 1 and 'Bad' as 0; a survey that was only offered is no answer."),),
    score_words={**GOOD_OR_BAD, "満足": 1.0, "不満": 0.0})

DELIGHTED = KnownExport(
    _("an export of answers of Delighted"),
    (("permalink", "survey response id", "response id"), ("score",), ("comment",),
     ("person", "person id", "person email", "person name")),
    ("surveys",),
    {"*.customer_id": ("customer id", "account id", "company id", "company", "company name", "account", "organization"),
     "surveys.score": ("score",), "surveys.comment": ("comment",), "surveys.kind": ("survey type",),
     "surveys.answered_on": ("response date", "responded at", "created at"),
     "surveys.respondent": ("person email", "email", "person name", "name", "person", "person id")},
    ("id", "updated at", "permalink", "created at", "sent at", "name"),
    (_("Answers are those of persons: a property of the person must name the customer."),))

KNOWN = (STRIPE, SUBSCRIPTION_IMPORT, CHARTMOGUL_CUSTOMERS, HUBSPOT_DEALS, HUBSPOT_COMPANIES, SALESFORCE_DEALS,
         SALESFORCE_CONTRACTS, FREEE_DEALS, INVOICES, FREEE_PARTNERS, DELIGHTED, ZENDESK, KINTONE)
