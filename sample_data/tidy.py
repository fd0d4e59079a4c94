"""The tidy workbook: one sheet per canonical table, real dates and numbers, clean headers."""

from collections.abc import Sequence

from sample_data.clock import AS_OF, FIRST_DAY
from sample_data.vocabulary import INDEX, Language, amounts, said
from sample_data.workbooks import Sheet
from sample_data.world import World

SHEETS = {
    "customers": ("顧客", "Customers"), "subscriptions": ("契約", "Subscriptions"), "usage": ("利用", "Usage"),
    "surveys": ("アンケート", "Surveys"), "milestones": ("オンボーディング項目", "Onboarding steps"),
    "interactions": ("接点", "Interactions"), "cancellations": ("解約ヒアリング", "Cancellations"),
    "pulse": ("担当者の所感", "Pulse"),
}  # fmt: skip

COLUMNS: dict[str, list[tuple[str, str, str]]] = {
    "customers": [
        ("customer_id", "顧客ID", "Customer ID"), ("customer_name", "顧客名", "Customer name"),
        ("furigana", "フリガナ", ""), ("parent_id", "企業ID", "Parent ID"), ("parent_name", "企業名", "Parent name"),
        ("started_on", "契約開始日", "Started on"),
        ("onboarding_completed_on", "オンボーディング完了日", "Onboarding completed on"),
        ("owner", "担当CSM", "CSM"), ("touch_model", "タッチモデル", "Touch model"), ("industry", "業種", "Industry"),
        ("region", "地域", "Region"), ("size", "従業員規模", "Company size"), ("source", "流入経路", "Lead source"),
    ],
    "subscriptions": [
        ("subscription_id", "契約ID", "Subscription ID"), ("customer_id", "顧客ID", "Customer ID"),
        ("product", "製品", "Product"), ("plan", "プラン", "Plan"), ("seats", "席数", "Seats"),
        ("start_date", "契約開始日", "Start date"), ("end_date", "終了日", "End date"),
        ("term_end", "満了日", "Term end"), ("auto_renews", "自動更新", "Auto-renews"),
        ("notice_days", "解約申入期限（日前）", "Notice (days)"), ("charge_kind", "料金区分", "Charge kind"),
        ("interval", "請求間隔", "Billing interval"), ("amount", "金額", "Amount"),
        ("discount", "割引率", "Discount rate"),
        ("currency", "通貨", "Currency"),
    ],
    "usage": [
        ("customer_id", "顧客ID", "Customer ID"), ("date", "利用日", "Date"), ("user_id", "利用者ID", "User ID"),
        ("feature", "機能", "Feature"), ("count", "利用回数", "Count"), ("minutes", "利用時間（分）", "Minutes"),
    ],
    "surveys": [
        ("customer_id", "顧客ID", "Customer ID"), ("answered_on", "回答日", "Answered on"), ("kind", "種別", "Survey"),
        ("score", "点数", "Score"), ("scale", "満点", "Scale"), ("comment", "コメント", "Comment"),
        ("respondent", "回答者", "Respondent"),
    ],
    "milestones": [
        ("customer_id", "顧客ID", "Customer ID"), ("milestone", "項目", "Milestone"),
        ("completed_on", "完了日", "Completed on"),
    ],
    "interactions": [
        ("customer_id", "顧客ID", "Customer ID"), ("date", "日付", "Date"), ("kind", "種別", "Kind"),
        ("priority", "優先度", "Priority"), ("status", "状態", "Status"), ("note", "内容", "Note"),
        ("by", "対応者", "By"),
    ],
    "cancellations": [
        ("customer_id", "顧客ID", "Customer ID"), ("cancelled_on", "解約日", "Cancelled on"),
        ("reason", "解約理由", "Reason"), ("comment", "コメント", "Comment"),
    ],
    "pulse": [
        ("customer_id", "顧客ID", "Customer ID"), ("date", "記入日", "Date"), ("value", "評価", "Rating"),
        ("by", "記入者", "By"), ("note", "メモ", "Note"),
    ],
}  # fmt: skip

ABOUT = {
    "ja": ("このファイルについて", [
        "これは架空のサンプルデータです。会社名・人名・コメント・金額はすべて乱数から作ったもので、実在のものとは関係ありません。",
        "架空のSaaS企業の顧客約400社、36か月分の記録です。",
        f"期間：{FIRST_DAY:%Y/%m/%d} 〜 {AS_OF:%Y/%m/%d}（データ基準日）　通貨：円（税抜）",
    ]),
    "en": ("About", [
        "This is synthetic sample data. Every company, person, comment and amount was drawn at random; none is real.",
        "About 400 customers of an invented SaaS company over 36 months.",
        f"From {FIRST_DAY} to {AS_OF} (data date). Currency: US dollars, without tax.",
    ]),
}  # fmt: skip


def columns(name: str, language: Language) -> list[tuple[str, str]]:
    """Fields and headers of a table in a language; English has no reading of names."""
    headed = [(column[0], column[1 + INDEX[language]]) for column in COLUMNS[name]]
    return [(field, header) for field, header in headed if header]


def values(world: World, name: str, field: str, language: Language) -> Sequence[object]:
    """One column as the language writes it."""
    table = world.table(name)
    if field == "amount":
        return amounts(table, language)
    if field == "currency":
        return ["JPY" if language == "ja" else "USD"] * len(table)
    source = field if field in table else f"{field}_{language}"
    return [said(name, field, code, language) for code in table[source]]


def table_sheet(world: World, name: str, language: Language) -> Sheet:
    """One canonical table as a sheet."""
    fields = columns(name, language)
    rows = zip(*(values(world, name, field, language) for field, _ in fields), strict=True)
    return Sheet(SHEETS[name][INDEX[language]], [[header for _, header in fields], *map(list, rows)])


def tidy_sheets(world: World, language: Language) -> list[Sheet]:
    """The whole tidy workbook."""
    title, lines = ABOUT[language]
    about = Sheet(title, [[title], *([line] for line in lines)], header_row=0, widths={1: 100})
    return [about, *(table_sheet(world, name, language) for name in SHEETS)]
