"""Rules for English headers of contracts: from when to when, how they renew, for what and for how many."""

from __future__ import annotations

from cs_kpi.ingest.naming.slots import BARELY, SURELY, rule

DAYS = "date day on at"
OF = f"{DAYS} of the in time month year"
CONTRACT = ("contract contracts subscription service services billing agreement license plan membership term coverage"
            " cover entitlement retainer period policy lease")
BEGUN = ("start starts started starting begin begins began beginning commence commences commenced commencement"
         " effective activated activation signed signature subscribed enrolled enrollment enrolment")
AT_LAST = "end ends ending finish finishes finished stop"
LEFT = ("cancel cancelled cancellation churn churned terminated termination left lost quit exit exited leave leaving"
        " departed departure offboarded offboarding deactivated deactivation deprovisioned disconnected disconnect"
        " ceased cease lapsed lapse discontinued discontinuation attrition unsubscribed ended")
SAID_ALONE = ("offboarded deactivated ceased departed ended discontinued lapsed disconnected exited unsubscribed"
              " terminated")
RENEWS = "renewal renews renew expiry expires expiration expiring expire maturity rollover"
LASTS = "until till through"
NUMBER = "id no number nr code ref reference identifier uuid key"
SOLD = "sold purchased bought contracted contract paid licensed subscribed committed billed billable included"
NAMED = "name line family title description code type sku"
GRADE = "plan package tier edition tariff"
RULES = (
    rule("subscriptions.start_date", BEGUN, f"{CONTRACT} hosting support maintenance", may=f"{OF} current from",
         weight=SURELY),
    rule("subscriptions.start_date", "started commenced commences commencement begins began beginning effective"
         " signature", may=f"{DAYS} from with effect"),
    rule("subscriptions.start_date", "effect", "from", may="with"),
    rule("subscriptions.start_date", "enrolled enrollment enrolment", may=DAYS),
    rule("subscriptions.start_date", "from", f"{CONTRACT} valid bills paid date", may="date"),
    rule("subscriptions.start_date", "from", weight=BARELY),
    rule("subscriptions.end_date", LEFT, f"{DAYS} effective", may=f"account customer client {CONTRACT} of us"),
    rule("subscriptions.end_date", "off", "boarding boarded", may=DAYS),
    rule("subscriptions.end_date", SAID_ALONE, may=f"{CONTRACT} account"),
    rule("subscriptions.end_date", "closed closure", "account customer client", may=DAYS),
    rule("subscriptions.end_date", AT_LAST, CONTRACT, may=OF),
    rule("subscriptions.end_date", AT_LAST, "date on day", may="of"),
    rule("subscriptions.end_date", "to until", "contract period date agreement subscription service", may="date"),
    rule("subscriptions.end_date", "until", weight=BARELY),
    rule("subscriptions.term_end", RENEWS, f"{DAYS} due next upcoming by contract subscription license agreement"
         f" month membership entitlement account customer current service", may=f"{OF} plan end or {RENEWS}",
         weight=SURELY),
    rule("subscriptions.term_end", "auto automatic", "renewal renew renews", "date on day", may="next"),
    rule("subscriptions.term_end", RENEWS, "end ends", may=f"{OF} term contract or"),
    rule("subscriptions.term_end", "expiry expires expire expiration", "term", may=OF, weight=SURELY),
    rule("subscriptions.term_end", "renewal renews expiry expires expiration expiring", may="or"),
    rule("subscriptions.term_end", "term commitment commit", f"{AT_LAST} {LASTS} to", may=f"{OF} minimum initial"
         f" current contract contracted subscription", weight=SURELY),
    rule("subscriptions.term_end", "contract subscription agreement", AT_LAST, "current minimum initial", may=OF),
    rule("subscriptions.term_end", "coterm coterminus cotermination", may=f"{OF} end"),
    rule("subscriptions.term_end", "co", "term terminus termination", may=f"{OF} end"),
    rule("subscriptions.term_end", "valid paid contracted committed locked", f"{LASTS} to",
         may="up in subscription license"),
    rule("subscriptions.term_end", "contract subscription agreement license membership", LASTS, may="valid in paid"),
    rule("subscriptions.term_end", "runs run running lasts", f"{LASTS} to", may=f"{CONTRACT} date"),
    rule("subscriptions.term_end", "next", "term contract", "start starts", may=DAYS, weight=BARELY),
    rule("subscriptions.term_end", "anniversary", "renewal contract", may="date"),
    rule("subscriptions.term_end", "rolls", "on", weight=BARELY),
    rule("subscriptions.auto_renews", "auto automatic automatically tacit", "renew renews renewal renewing extension"
         " extend extends rollover roll",
         may="contract subscription flag clause enabled status indicator y n yes no is", weight=SURELY),
    rule("subscriptions.auto_renews", "autorenew autorenews autorenewal autorenewing evergreen",
         may="contract flag clause enabled status is y n", weight=SURELY),
    rule("subscriptions.auto_renews", "rolling", "contract agreement subscription", may="is"),
    rule("subscriptions.notice_days", "notice", "days day period term window length required req prd minimum"
         " cancellation cancel termination exit opt non renewal", may="out contract in number no of to for d s",
         weight=SURELY),
    rule("subscriptions.notice_days", "opt", "out", "period window", may="notice"),
    rule("subscriptions.seats", "seats licenses seat", f"{SOLD} total number count quantity named full current user"
         f" users limit max in n num", may="of", weight=SURELY),
    rule("subscriptions.seats", "license", "count quantity limit purchased"),
    rule("subscriptions.seats", "users", f"{SOLD} number named max", may="of"),
    rule("subscriptions.seats", "user", "quantity cap limit", may="max"),
    rule("subscriptions.seats", "quantity", "subscription contracted contract product purchased"),
    rule("subscriptions.seats", "units", weight=BARELY),
    rule("subscriptions.product", "product products item solution offering sku software", f"{NAMED} {SOLD}", may="of",
         weight=SURELY),
    rule("subscriptions.product", "service services", f"description line type {SOLD}"),
    rule("subscriptions.product", "product", "service services subscription software bundle line item sku"),
    rule("subscriptions.product", "module modules app", "purchased sold contracted licensed"),
    rule("subscriptions.product", "line", "item"),
    rule("subscriptions.product", "add", "on"),
    rule("subscriptions.product", "sku item solution offering software suite bundle addon"),
    rule("subscriptions.product", "app application", weight=BARELY),
    rule("subscriptions.plan", GRADE, "name type level code title description current subscription service"
         " pricing billing membership contract contracted rate license", may=GRADE, weight=SURELY),
    rule("subscriptions.plan", "subscription license membership", "type level", weight=SURELY),
    rule("subscriptions.plan", "support", f"level {GRADE}", may="name type service", weight=BARELY),
    rule("subscriptions.plan", "tier edition package", "product", weight=SURELY),
    rule("subscriptions.plan", "package edition tariff", may="plan tier"),
    rule("subscriptions.subscription_id", "subscription contract agreement membership policy", NUMBER, may="service",
         weight=SURELY),
    rule("subscriptions.subscription_id", "service circuit connection", "id no number ref reference", weight=BARELY),
    rule("subscriptions.subscription_id", "license", "id no number nr ref key reference"),
    rule("subscriptions.charge_kind", "charge fee revenue billing line invoice transaction",
         "type kind category class model stream", may="item product of"),
    rule("subscriptions.charge_kind", "price", "model"),
    rule("subscriptions.charge_kind", "item", "type"),
    rule("subscriptions.charge_kind", "recurring", "one onetime is", may="time off or vs"),
    rule("subscriptions.charge_kind", "recurring", weight=BARELY),
)
