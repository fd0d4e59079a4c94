"""Words in the headers of systems: whose field it is (plan, conversation, requester), what stands around it, and which
field it is then. Plain words, English spelt out, objects in the singular."""

from __future__ import annotations

import re

At = tuple[str, str]
"""(table, field)"""

NAME, OWNER = ("customers", "customer_name"), ("customers", "owner")
FIRST, END = ("customers", "started_on"), ("subscriptions", "end_date")
START, TERM = ("subscriptions", "start_date"), ("subscriptions", "term_end")
MRR, AMOUNT = ("subscriptions", "mrr"), ("subscriptions", "amount")
PLAN, PRODUCT, SEATS = ("subscriptions", "plan"), ("subscriptions", "product"), ("subscriptions", "seats")
INTERVAL, CURRENCY = ("subscriptions", "billing_interval"), ("subscriptions", "currency")
OPENED, SCORE = ("interactions", "date"), ("surveys", "score")
PERSON = ("surveys", "respondent")


def _each(at: At, *words: str) -> dict[str, At]:
    return dict.fromkeys(words, at)


MONEY = {**_each(MRR, "mrr", "monthly spend"), **_each(AMOUNT, "arr", "acv", "tcv"),
         **_each(CURRENCY, "currency", "currency code")}
COMPANY = _each(NAME, "company", "company name", "organization", "organization name", "business name")
FIELDS: dict[str, dict[str, At]] = {
    "customer": {
        **MONEY, **COMPANY, **_each(NAME, "name"), **_each(OWNER, "owner", "owner name", "csm", "success manager"),
        **_each(PLAN, "plan", "plan name"), **_each(SEATS, "user count", "users", "seats", "licenses"),
        **_each(FIRST, "from", "since", "signed up at"), **_each(END, "to", "churned at")},
    "deal": {**MONEY, **COMPANY, **_each(AMOUNT, "value", "amount"), **_each(OWNER, "owner", "owner name"),
             **_each(("cancellations", "reason"), "lost reason")},
    "plan": {**MONEY, **_each(PLAN, "id", "code", "name", "nickname", "handle", "title"), **_each(PRODUCT, "product"),
             **_each(SEATS, "quantity"), **_each(AMOUNT, "amount", "price", "unit price", "unit amount")},
    "product": {**MONEY, **_each(PRODUCT, "name", "title", "handle", "code", "service"),
                **_each(SEATS, "quantity"), **_each(AMOUNT, "price", "amount", "price in cents", "unit amount",
                                                    "price unit amount", "price unit price amount", "price unit price",
                                                    "unit price")},
    "term": {**_each(START, "start", "starts", "starts at", "start at", "start date", "started at", "started", "from"),
             **_each(TERM, "end", "ends", "ends at", "end at", "end date", "to", "until")},
    "author": {**COMPANY, **_each(NAME, "companies", "organizations", "account", "account name")},
    "event": {
        **COMPANY, **_each(NAME, "companies", "organizations", "account", "account name", "requester organization"),
        **_each(("interactions", "status"), "status", "state"), **_each(("interactions", "priority"), "priority"),
        **_each(("interactions", "kind"), "type", "category"),
        **_each(("interactions", "note"), "subject", "title", "name", "body", "description", "summary", "text", "note",
                "notes"),
        **_each(("interactions", "by"), "owner", "owner name", "assignee", "assignee name", "agent", "agent name",
                "assigned to", "assigned to user", "assigned user"),
        **_each(OPENED, "created at", "created", "created on", "created date", "created time", "date", "opened at",
                "opened", "started at"),
        **_each(("surveys", "answered_on"), "closed at", "resolved at", "solved at"),
        **_each(SCORE, "rating", "rating score", "satisfaction", "satisfaction rating", "satisfaction score"),
        **_each(("surveys", "comment"), "rating remark", "rating comment", "satisfaction comment")},
    "use": {**_each(("usage", "feature"), "type", "name", "text", "label", "feature"),
            **_each(("usage", "date"), "time", "timestamp", "created at", "date"),
            **_each(("usage", "minutes"), "duration", "minutes"), **_each(("usage", "count"), "count")},
    "person": {**COMPANY, **_each(PERSON, "email", "email address", "name")},
    "bill": COMPANY,
    "contract": {**_each(("subscriptions", "subscription_id"), "number", "name"),
                 **_each(("subscriptions", "auto_renews"), "auto renew", "auto renews", "auto renewal"),
                 **_each(("customers", "has_left"), "state"), **_each(CURRENCY, "currency code")},
    "charge": {**_each(CURRENCY, "currency", "currency code")}}
"""What an object is to us -> its field as systems call it -> ours."""
OBJECTS: dict[str, str] = {word: kind for kind, words in (
    ("customer", "customer,account,company,organization,client,business,merchant"),
    ("deal", "deal,opportunity"),
    ("plan", "plan,rate plan"),
    ("product", "product,item,line item,subscription item,line"),
    ("term", "current term,current period,current billing period,contract term,service period"),
    ("event", "ticket,case,conversation,issue,request,message,activity,call,meeting"),
    ("author", "message author,conversation author,ticket requester,requester,author,submitter,task"),
    ("use", "event,session,usage"),
    ("person", "person,respondent,recipient,contact,end user,user"),
    ("bill", "billing,bill"),
    ("contract", "subscription,contract,license,agreement,membership"),
    ("charge", "rate plan charge,price recurring,recurring"),
    ) for word in words.split(",")}
"""Whose field it is, in the singular -> what that is to us."""
OF_CONTRACTS = frozenset(("plan", "product", "term", "contract", "charge"))
"""Objects of which any other field that contracts have is a contract's."""
WRAPPERS = frozenset((
    "data", "attributes", "attribute", "properties", "property", "fields", "field", "custom", "custom field",
    "custom fields", "custom attributes", "traits", "trait", "metadata", "meta", "node", "record", "object", "result",
    "results", "links", "link", "relationships", "values", "groups", "group", "event properties",
    "user properties", "vitally", "catalyst", "planhat", "person properties", "details", "current"))
"""Levels of a path that only hold others."""
WHOSE = frozenset(("associated", "linked", "related", "source", "square", "shopify", "stripe", "salesforce", "hubspot",
                   "chargebee", "zendesk", "intercom", "crm", "sfdc", "external"))
"""Words before a field that say in which system it is."""
WHOLE: dict[str, tuple[At, ...]] = {word: at for words, at in (
    ("created,create date,date created,created date,create time,created time", (FIRST, OPENED)),
    ("distinct id,visitor id", (("usage", "user_id"),)),
    ("last seen at,last seen,original timestamp", (("usage", "date"),)),
    ("number minutes,time on site,minutes on site", (("usage", "minutes"),)),
    ("signed up at,signed up on", (FIRST,)),
    ("submit date,recorded date,responded,date responded", (("surveys", "answered_on"),)),
    ("satisfaction rating,survey results,survey result", (SCORE,)),
    ("monthly spend", (MRR,)),
    ("net price,amount in company currency,order total,recurring total,subscription total,recurring amount,"
     "billing amount", (AMOUNT,)),
    ("owner id", (OWNER,)), ("success manager,current csm,current owner", (OWNER,)),
    ("original contract date,original contract start,from date,first billed at,first billing date,first charge date,"
     "first payment date", (START,)),
    ("to date,recurring revenue inactive date", (END,)),
    ("customer lifetime in months", (("customers", "tenure_months"),)),
    ("cancel reason code,cancellation reason code,recurring revenue inactive reason", (("cancellations", "reason"),)),
    ("cancellation message,cancellation reason comments,cancellation reason comment,cancellation reason details,"
     "cancellation comment,cancellation feedback", (("cancellations", "comment"),)),
    ("order currency,invoice currency,billing currency", (CURRENCY,))) for word in words.split(",")}
"""Whole headers of systems -> the fields that they may be."""
ASKED: tuple[tuple[At, re.Pattern[str]], ...] = tuple((at, re.compile(pattern)) for at, pattern in (
    (NAME, r"(?:which|what)(?: is| s)?(?: the)?(?: name of)?(?: the| your)? "
           r"(?:company|organization|business|firm|school|clinic|agency)\b.*\byou.*"
           r"|(?:the )?name of your (?:company|organization|business)"),
    (("surveys", "comment"), r"(?:what|how|is there|anything|which|where)\b.*\b(?:better|improve|improved|change|"
                             r"missing|else|most|least|wish|frustrat\w+)\b.*")))
"""Questions of forms."""
NEVER = re.compile(
    r"(?:^|.* )(?:given|family|first|middle|last|sur|maiden) ?name"
    r"|(?:.* )?(?:renewal|initial) term|(?:.* )?original id|(?:network|contact|collector|visit|session|device|insert|"
    r"instance|widget|landing|amplitude|record type) id|user agent|do not modify .*|.* score label"
    r"|(?:.* )?(?:author|sender|creator|submitter|editor) (?:name|id|user id|email|type)"
    r"|(?:deal|opportunity) (?:lost|won|closed?) (?:time|date|at|on)"
    r"|(?:.* )?email subscription status|(?:.* )?renewed (?:subscription|contract) id(?: c)?"
    r"|(?:送付|承認|入金|支払|消込|決済|配信|送信|メール|既読|閲覧|公開)(?:ステータス|状況|状態)"
    r"|(?:請求先|送付先|送り先|配送先|宛先|納品先)(?:の)?(?:メールアドレス|住所.*|市区.*|都道府県|郵便番号|電話番号)"
    r"|アンケートid|取引名|親契約(?:番号|id|no)|(?:配信|回答|フォーム|コレクター)id")
"""Headers of systems that name no field, whatever they are like."""
JAPANESE: tuple[tuple[At, re.Pattern[str]], ...] = tuple((at, re.compile(pattern)) for at, pattern in (
    (OWNER, "(?:取引先|会社|企業)の(?:担当者|所有者|オーナー)|(?:取引先|会社|契約|商談)?所有者|主担当"),
    (("interactions", "by"), "(?:ケース|チケット|問い?合わ?せ|課題)(?:の)?(?:所有者|担当者)"),
    (("customers", "parent_id"), "親(?:取引先|顧客|得意先|アカウント)(?:id|コード|cd|名|番号)?"),
    (INTERVAL, "(?:繰り?返し|継続)(?:周期|サイクル|間隔|頻度)"),
    (("subscriptions", "auto_renews"), "(?:契約)?自動更新(?:フラグ|設定|区分|の?有無|する)"),
    (SEATS, "(?:契約|購入|申込)?数量"),
    (OPENED, "(?:受信|起票|オープン|チケット作成|問い?合わ?せ)日時"),
    (("surveys", "answered_on"), "(?:回答|入力)(?:終了|完了|送信)日時?"),
    (("interactions", "kind"), "(?:チケット|アクション|コンタクト|アクティビティ|課題)の?(?:分類|種別|種類|タイプ)"),
    (("cancellations", "cancelled_on"), "(?:解約|退会)(?:申込|申請|依頼|手続)(?:年月日|日時|日)"),
    (NAME, "サポーター|支援者|寄付者|購読者")))
"""Headers of Japanese systems."""
