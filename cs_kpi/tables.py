"""The canonical tables, declared once: fields, kinds and the words by which a spreadsheet may call them.

The mapping, the checks, the template and the docs read this list; there is no other (handbook 1).
"""

from __future__ import annotations

from cs_kpi.fields import Field, Kind, Table
from cs_kpi.locale import Message, _


def _field(name: str, kind: Kind, label: Message, *synonyms: str, required: bool = False,
           choices: dict[str, tuple[str, ...]] | None = None) -> Field:
    return Field(name, kind, label, synonyms, required, tuple((choices or {}).items()))


CUSTOMER_ID = _field(
    "customer_id", "id", _("Customer ID"), "customer id", "account id", "client id", "company id", "org id",
    "organization id", "customer", "client", "customer no", "customer number", "customer code", "cust id", "顧客id", "顧客コード",
    "顧客番号", "お客様番号", "得意先コード", "取引先コード", "取引先id", "企業id", "会社id", "会社コード", "アカウントid",
    "契約者id", "契約者番号", "顧客no", "会員番号", "会員id", "subscriber id", required=True)

CUSTOMERS = Table("customers", _("Customers"), (
    CUSTOMER_ID,
    _field("customer_name", "text", _("Customer name"), "customer name", "account name", "company name", "company",
           "client name", "name", "顧客名", "会社名", "企業名", "取引先名", "得意先名", "お客様名", "契約者名", "社名", "法人名",
           "顧客名称", "アカウント名", "顧客", "お客様", "取引先", "得意先", "契約者", "契約先", "契約先名", "導入企業名", "団体名",
           "施設名", "店舗名", "屋号", "貴社名", "御社名", "organization", "organization name"),
    _field("furigana", "text", _("Furigana"), "furigana", "kana", "フリガナ", "ふりがな", "カナ", "顧客名カナ", "会社名カナ", "カナ名称", "取引先名カナ"),
    _field("parent_id", "id", _("Parent company ID"), "parent id", "parent company id", "parent account id", "親会社id",
           "企業グループid", "親顧客id", "本社id", "親企業id", "法人id",
           "法人コード", "企業コード", "企業id"),
    _field("started_on", "date", _("First contract day"), "started on", "signup date", "sign up date", "signed up",
           "customer since", "first contract date", "created at", "初回契約日", "初回契約開始日", "取引開始日", "登録日",
           "申込日", "利用登録日"),
    _field("onboarding_completed_on", "date", _("Onboarding completed on"), "onboarding completed on",
           "onboarding completed", "onboarding completion date", "onboarded at", "onboarding date", "go live date", "go live", "went live", "went live on",
           "オンボーディング完了日", "導入完了日", "オンボ完了日", "稼働開始日", "本番稼働日", "オンボーディング完了"),
    _field("owner", "text", _("CSM"), "owner", "csm", "account manager", "customer success manager", "cs owner",
           "account owner", "担当csm", "担当者", "担当", "cs担当", "担当者名", "営業担当", "cs担当者", "担当営業"),
    _field("touch_model", "choice", _("Touch model"), "touch model", "touch", "service tier", "タッチモデル", "タッチ区分",
           "タッチ", "支援区分",
           choices={"high": ("high", "high touch", "ハイタッチ", "ハイ"), "low": ("low", "low touch", "ロータッチ", "ロー"),
                    "tech": ("tech", "tech touch", "テックタッチ", "テック")}),
    _field("tenure_months", "number", _("Tenure (months)"), "tenure months", "tenure", "months", "months on book",
           "customer tenure", "tenure in months", "subscription length", "account length", "tenure years", "tenure days",
           "利用月数", "契約月数", "継続月数", "在籍月数", "利用期間", "継続期間", "在籍期間", "契約期間", "経過月数", "契約継続月数",
           "利用年数", "継続年数", "在籍年数", "契約年数", "利用日数", "継続日数", "在籍日数"),
    _field("has_left", "flag", _("Churn flag"), "churned", "churn", "is churned", "is churn", "has churned", "exited",
           "attrition", "attrition flag", "churn label", "churn value", "churn status", "has left", "left", "is cancelled",
           "is canceled", "cancelled", "canceled", "解約フラグ", "解約有無", "解約済フラグ", "解約済みフラグ", "解約済", "解約済み",
           "解約", "退会フラグ", "退会有無", "退会", "離脱フラグ", "離脱", "チャーン", "チャーンフラグ", "customer status",
           "contract status", "subscription status", "account status", "membership status", "契約状況", "契約状態",
           "契約ステータス", "会員ステータス", "会員状況", "顧客ステータス", "顧客状態", "取引状況", "利用状況", "利用ステータス",
           "在籍状況", "status", "ステータス", "状態", "状況",
           choices={"left": ("left", "churned", "churn", "exited", "attrited", "attrited customer", "lost", "closed",
                             "cancelled", "canceled", "cancel", "terminated", "ended", "解約", "解約済", "解約済み", "退会",
                             "退会済", "退会済み", "契約終了", "契約解除", "終了", "利用終了", "離脱", "離脱済", "離脱済み"),
                    "stayed": ("stayed", "retained", "existing", "existing customer", "active", "active customer",
                               "current", "customer", "subscribed", "live", "joined", "継続", "継続中", "契約", "契約中",
                               "契約継続中", "契約有効", "利用中", "利用継続中", "在籍", "在籍中", "在会", "入会中", "加入中",
                               "会員", "有効", "稼働中", "運用中", "未解約", "アクティブ")}),
), titles=("customer", "account", "client", "company", "companies", "顧客", "得意先", "取引先", "企業一覧"))

VALUE_LABELS: dict[str, dict[str, Message]] = {
    "touch_model": {"high": _("High touch"), "low": _("Low touch"), "tech": _("Tech touch")},
    "auto_renews": {"True": _("Yes"), "False": _("No")},
    "tenure_band": {"00-03": _("up to 3 months"), "04-06": _("4 to 6 months"), "07-12": _("7 to 12 months"),
                    "13-24": _("13 to 24 months"), "25-36": _("25 to 36 months"), "37-60": _("37 to 60 months"),
                    "61-": _("more than 60 months")},
    "billing_interval": {"1": _("Monthly"), "3": _("Quarterly"), "6": _("Half-yearly"), "12": _("Yearly")}}
"""What a reader sees for the canonical words of a field by which numbers are cut."""

SUBSCRIPTIONS = Table("subscriptions", _("Subscriptions"), (
    CUSTOMER_ID,
    _field("start_date", "date", _("Start date"), "start date", "started at", "start", "contract start",
           "contract start date", "subscription start", "effective date", "begin date", "current period start",
           "契約開始日", "開始日", "利用開始日", "契約日", "契約開始", "課金開始日", "適用開始日", "契約開始年月日", "契約年月日",
           "利用開始", required=True),
    _field("end_date", "date", _("End date"), "end date", "ended at", "cancel date", "cancelled at", "canceled at",
           "cancellation date", "cancelled on", "churn date", "contract end date", "end", "termination date", "解約日",
           "終了日", "契約終了日", "退会日", "利用終了日", "解約年月日", "契約終了", "解約"),
    _field("term_end", "date", _("Term end"), "term end", "renewal date", "renews on", "expiry date", "expiration date",
           "expires on", "current term end", "current period end", "満了日", "更新日", "契約満了日", "次回更新日", "契約更新日",
           "満期日", "契約期限", "更新予定日"),
    _field("auto_renews", "flag", _("Renews automatically"), "auto renews", "auto renew", "auto renewal",
           "auto renew flag", "自動更新", "自動更新有無"),
    _field("notice_days", "number", _("Notice period (days)"), "notice days", "notice period", "notice period days", "notice",
           "解約申入期限", "解約予告日数", "解約通知期限", "申入期限"),
    _field("mrr", "money", _("MRR"), "mrr", "mrr amount", "monthly recurring revenue", "monthly fee", "monthly price",
           "monthly amount", "monthly", "monthly unit price", "monthly price per seat", "monthly price per user", "monthly charges", "monthly revenue", "月額", "月額料金", "月額利用料", "月額費用", "月額利用料金",
           "月額単価", "月次経常収益", "月額金額", "月会費", "月額合計", "月額基本料", "月額基本料金", "月額固定費", "基本料金", "月間経常収益"),
    _field("amount", "money", _("Amount"), "amount", "price", "fee", "contract value", "contract amount", "total",
           "total contract value", "tcv", "arr", "arr amount", "acv", "annual contract value", "annual fee",
           "annual amount", "subscription amount", "金額", "契約金額", "料金", "利用料", "請求額", "請求金額", "年額",
           "年額料金", "年間契約金額", "年間契約額", "契約額", "受注金額", "契約総額", "契約料金", "利用料金", "総額", "受注総額", "total amount", "単価", "契約単価",
           "ライセンス単価", "1id単価", "unit price", "price per unit", "price per seat", "price per user", "price per license",
           "price per licence", "seat price"),
    _field("billing_interval", "interval", _("Billing interval"), "billing interval", "billing frequency", "interval",
           "billing period", "billing cycle", "payment frequency", "請求間隔", "支払周期", "請求サイクル", "支払方法",
           "支払サイクル", "請求周期", "課金周期", "支払区分", "支払間隔",
           choices={"1": ("month", "monthly", "every month", "per month", "m", "mo", "月", "月払い", "月払", "月次", "毎月",
                          "月額", "月ごと", "月契約", "月間", "month to month"),
                    "2": ("bimonthly", "every 2 months", "隔月", "隔月払い"),
                    "3": ("quarter", "quarterly", "every 3 months", "四半期", "四半期払い", "四半期ごと", "3か月払い", "q"),
                    "6": ("half year", "half yearly", "semiannual", "semi annual", "semiannually", "biannual",
                          "every 6 months", "半年", "半期", "半年払い", "半年ごと", "6か月払い"),
                    "12": ("year", "yearly", "annual", "annually", "every year", "per year", "12 months", "y", "yr", "年",
                           "年払い", "年払", "年次", "毎年", "年額", "年契約", "年間", "年一括", "年一括払い", "年額一括"),
                    "24": ("biennial", "every 2 years", "two years", "2年", "2年払い"),
                    "36": ("triennial", "every 3 years", "three years", "3年", "3年払い"),
                    "week": ("week", "weekly", "every week", "per week", "週", "週払い", "毎週", "週次"),
                    "day": ("day", "daily", "per day", "日", "日払い", "毎日", "日次"),
                    "term": ("term", "total", "upfront", "prepaid", "full term", "一括", "一括払い", "一括前払い", "前払い一括",
                             "全期間", "契約期間一括"),
                    "once": ("once", "one time", "onetime", "one off", "初回のみ", "一回限り", "単発", "スポット", "都度",
                             "都度払い")}),
    _field("discount", "number", _("Discount"), "discount", "discount rate", "discount percent", "割引", "割引率", "値引率",
           "値引"),
    _field("currency", "text", _("Currency"), "currency", "currency code", "通貨", "通貨コード"),
    _field("charge_kind", "choice", _("Charge kind"), "charge kind", "charge type", "is trial", "trial", "fee type",
           "revenue type", "課金種別", "料金種別", "費目", "費用区分", "課金区分", "請求区分", "料金区分", "契約種別",
           choices={"recurring": ("recurring", "subscription", "license", "monthly fee", "定額", "月額", "継続", "基本料金",
                                  "月額利用料", "サブスクリプション", "ライセンス", "固定", "本契約", "月額・年額", "年額", "annual fee"),
                    "variable": ("variable", "usage", "metered", "overage", "従量", "従量課金", "超過", "変動"),
                    "one-time": ("one-time", "one time", "onetime", "setup", "set-up", "setup fee", "initial", "初期費用",
                                 "初期", "一時", "一時金", "スポット", "単発", "導入費用"),
                    "trial": ("trial", "free trial", "トライアル", "無料トライアル", "試用", "お試し")}),
    _field("product", "text", _("Product"), "product", "product name", "service", "service name", "製品", "商品",
           "商品名", "サービス", "サービス名", "製品名", "プロダクト", "契約サービス"),
    _field("plan", "text", _("Plan"), "plan", "plan name", "plan tier", "tier", "contract", "プラン", "プラン名",
           "契約プラン", "料金プラン", "コース"),
    _field("seats", "number", _("Seats"), "seats", "licenses", "licences", "users", "user count", "quantity", "席数",
           "id数", "ライセンス数", "契約id数", "ユーザー数", "ユーザ数", "契約席数", "アカウント数", "利用者数", "シート数"),
    _field("subscription_id", "id", _("Subscription ID"), "subscription id", "contract id", "contract no",
           "contract number", "契約id", "契約番号", "契約no", "契約コード", "サブスクリプションid"),
), titles=("subscription", "contract", "契約", "台帳", "サブスク", "mrr"), one_of=("mrr", "amount"))

USAGE = Table("usage", _("Usage"), (
    _field("customer_id", "id", CUSTOMER_ID.label, *CUSTOMER_ID.synonyms),
    _field("subscription_id", "id", _("Subscription ID"), *SUBSCRIPTIONS.by_name["subscription_id"].synonyms),
    _field("date", "date", _("Date of use"), "date", "usage date", "used on", "used at", "activity date", "event date",
           "login date", "invoice date", "利用日", "日付", "ログイン日", "利用日時", "対象日", "利用年月日", "アクセス日", "最終利用日",
           "最終ログイン日", "最終アクセス日", "date of last use", "last used on", "last use", "last login", "last login date",
           "last active", "timestamp", "created at",
           required=True),
    _field("user_id", "id", _("User ID"), "user id", "user", "username", "user email", "member id", "利用者id",
           "ユーザーid", "ユーザid", "ログインid", "利用ユーザーid", "ユーザー"),
    _field("feature", "text", _("Feature"), "feature", "feature name", "event", "event name", "action", "function", "module",
           "機能", "機能名", "利用機能", "イベント", "画面", "screen"),
    _field("count", "number", _("Count"), "count", "usage count", "times", "events", "logins", "login count", "quantity",
           "回数", "利用回数", "ログイン回数", "件数", "利用件数"),
    _field("minutes", "number", _("Minutes"), "minutes", "usage minutes", "duration", "usage duration",
           "session minutes", "usage duration secs", "duration secs", "duration seconds", "利用時間", "利用時間分",
           "滞在時間", "利用分数"),
), titles=("usage", "activity", "login", "feature", "event log", "session", "adoption", "telemetry", "api call",
           "page view", "pageview", "利用", "ログイン", "アクセス"),
    one_of=("count", "minutes", "user_id", "feature"))

SURVEYS = Table("surveys", _("Surveys"), (
    CUSTOMER_ID,
    _field("answered_on", "date", _("Answered on"), "answered on", "answered at", "response date", "survey date",
           "responded at", "date", "timestamp", "回答日", "回答日時", "アンケート日", "回答年月日", "タイムスタンプ", "実施日",
           "nps回答日", "csat回答日", "nps date", "nps answered on", "closed at", "resolved at", "クローズ日時", "解決日時",
           "クローズ日", "解決日", "answered", "submitted at", "submitted on", "submission date"),
    _field("kind", "choice", _("Survey kind"), "kind", "survey", "survey kind", "survey type", "metric", "種別", "調査種別",
           "アンケート種別", "アンケート", "指標", "設問",
           choices={"nps": ("nps", "推奨度", "ネットプロモータースコア"),
                    "csat": ("csat", "満足度", "顧客満足度", "customer satisfaction")}),
    _field("score", "number", _("Score"), "score", "nps", "nps score", "csat", "csat score", "rating", "satisfaction",
           "satisfaction score", "answer", "スコア", "点数", "評価", "回答", "推奨度", "満足度", "npsスコア", "csatスコア",
           "nps回答", "顧客満足度", "csat評価", "nps推奨度", "満足度スコア", "最新nps", "latest nps", "latest csat",
           "総合満足度", required=True,
           choices={"5": ("非常に満足", "大変満足", "とても満足", "大満足", "very satisfied", "extremely satisfied", "excellent"),
                    "4": ("満足", "やや満足", "まあ満足", "satisfied", "somewhat satisfied", "good"),
                    "3": ("普通", "ふつう", "どちらともいえない", "どちらでもない", "neutral", "neither", "average",
                          "neither satisfied nor dissatisfied"),
                    "2": ("不満", "やや不満", "dissatisfied", "somewhat dissatisfied", "unsatisfied", "poor"),
                    "1": ("非常に不満", "大変不満", "とても不満", "very dissatisfied", "extremely dissatisfied",
                          "very unsatisfied", "very poor", "terrible")}),
    _field("scale", "number", _("Scale"), "scale", "max score", "満点", "尺度", "段階"),
    _field("comment", "text", _("Comment"), "comment", "feedback", "reason", "free text", "コメント", "自由記述", "自由回答",
           "ご意見", "ご要望", "ご意見ご要望", "ご意見ご感想", "理由", "その理由", "reason for your score", "reason for score",
           "ご感想", "感想", "スコアの理由", "評価の理由", "評価理由", "点数の理由"),
    _field("respondent", "text", _("Respondent"), "respondent", "respondent name", "contact", "email", "回答者", "回答者名",
           "回答者メール", "メールアドレス", "email address", "お名前", "氏名", "person"),
), titles=("survey", "nps", "csat", "feedback", "satisfaction", "form responses", "アンケート", "満足度", "回答"))

MILESTONES = Table("milestones", _("Onboarding milestones"), (
    _field("customer_id", "id", CUSTOMER_ID.label, *CUSTOMER_ID.synonyms, "user id", "利用者id", "ユーザーid",
           required=True),
    _field("milestone", "text", _("Milestone"), "milestone", "step", "step name", "task", "onboarding step", "項目",
           "マイルストーン", "ステップ", "オンボーディング項目", "タスク", "実施項目", required=True),
    _field("completed_on", "date", _("Completed on"), "completed on", "completed at", "completion date", "done on",
           "timestamp", "完了日", "達成日", "完了日時", "実施日", required=True),
), titles=("milestone", "onboarding", "implementation", "kick off", "kickoff", "rollout", "オンボーディング", "導入"))

INTERACTIONS = Table("interactions", _("Interactions"), (
    CUSTOMER_ID,
    _field("date", "date", _("Date"), "date", "submitted at", "received on", "received at", "created at", "opened at", "opened on", "meeting date",
           "contact date", "ticket date", "日付", "対応日", "受付日", "問合せ日", "問い合わせ日", "受付日時", "商談日", "面談日",
           "発生日", "起票日", "活動日", required=True),
    _field("kind", "text", _("Kind"), "kind", "type", "channel", "interaction type", "activity type", "種別", "区分",
           "接点種別", "種類", "対応種別", "チャネル", "活動種別", "カテゴリ", "カテゴリー", "category",
           choices={"ticket": ("ticket", "support", "inquiry", "問合せ", "問い合わせ", "お問合せ", "お問い合わせ", "サポート", "チケット"),
                    "meeting": ("meeting", "商談", "面談", "会議", "ミーティング", "定例会", "訪問")}),
    _field("priority", "text", _("Priority"), "priority", "severity", "urgency", "優先度", "緊急度", "重要度"),
    _field("status", "text", _("Status"), "status", "state", "状態", "ステータス", "対応状況", "対応状態"),
    _field("note", "text", _("Note"), "note", "notes", "subject", "summary", "description", "内容", "件名", "メモ", "備考",
           "概要", "問合せ内容", "対応内容", "outcome"),
    _field("by", "text", _("By"), "by", "agent", "assignee", "handled by", "担当", "対応者", "担当者", "記録者"),
), titles=("interaction", "ticket", "support", "meeting", "activity log", "calls", "call log", "call note", "qbr", "ebr",
           "touchpoint", "touch point", "check in", "visit log", "visits", "site visit", "escalation", "helpdesk", "help desk",
           "contact log", "emails", "cases", "conversation", "問合せ", "問い合わせ", "接点", "対応履歴", "商談",
           "サポート"), one_of=("kind", "priority", "status", "note"))

CANCELLATIONS = Table("cancellations", _("Cancellation reasons"), (
    CUSTOMER_ID,
    _field("cancelled_on", "date", _("Cancelled on"), "cancelled on", "canceled on", "cancel date", "churn date",
           "cancellation date", "date", "解約日", "解約申出日", "退会日", "解約受付日", "ヒアリング日", required=True),
    _field("reason", "text", _("Reason"), "reason", "reason code", "cancellation reason", "churn reason", "解約理由", "理由",
           "理由区分", "退会理由", "解約理由区分"),
    _field("comment", "text", _("Comment"), "comment", "feedback", "feedback text", "note", "notes", "コメント", "詳細", "自由記述",
           "備考", "ヒアリング内容"),
), titles=("cancel", "churn", "exit interview", "exits", "lost customer", "lost account", "lost client", "lost logo",
           "offboard", "leavers", "attrition", "解約", "退会"), one_of=("reason", "comment"))

PULSE = Table("pulse", _("CSM pulse"), (
    CUSTOMER_ID,
    _field("date", "date", _("Date"), "date", "rated on", "pulse date", "日付", "記入日", "評価日", "記録日", required=True),
    _field("value", "number", _("Pulse (1 to 5)"), "value", "pulse", "sentiment", "csm rating", "csm pulse", "rating",
           "所感", "評価", "担当者所感", "所感スコア", "温度感", required=True),
    _field("by", "text", _("By"), "by", "csm", "author", "rated by", "記入者", "担当", "担当csm", "記録者", "評価者"),
    _field("note", "text", _("Note"), "note", "comment", "notes", "メモ", "コメント", "備考", "所感コメント"),
), titles=("pulse", "sentiment", "health check", "temperature check", "所感", "温度感"))

TABLES: dict[str, Table] = {table.name: table for table in (
    CUSTOMERS, SUBSCRIPTIONS, USAGE, SURVEYS, MILESTONES, INTERACTIONS, CANCELLATIONS, PULSE)}
