"""The parts of English headers, in any order: start, of, contract; net, fee, per, month."""

from __future__ import annotations

import re

WHO = ("(?:customer|client|account|acct|subscriber|company|organi[sz]ation|org|merchant|tenant|buyer|payer|member"
       "|workspace|site|shop|store|venue|property|practice|school|clinic|counterparty|row label|logo|law firm|firm"
       "|debtor|end customer|end client|legal entity|institution|hospital|franchisee|studio|gym|hotel|university"
       "|municipality|charity|nonprofit|employer)")
SYSTEMS = ("(?:sfdc|salesforce|crm|hub ?spot|stripe|zuora|chargebee|recurly|net ?suite|zendesk|intercom|gainsight"
           "|planhat|vitally|totango|xero|sage|sap|erp)")
NUMBER = ("(?:id|ids|uid|uuid|guid|no|nr|num|number|code|cd|key|ref|reference|ref no|reference number|identifier"
          "|file no)")
KEYS = (rf"(?:unique |internal |billing |main )?(?:{WHO}|agency|dealer|franchise|sold to|bill to)"
        rf"(?: (?:account|customer))? {NUMBER}"
        rf"|{SYSTEMS} (?:(?:account|customer|company|client|organization|org|record) )?{NUMBER}")
NAMES = (rf"(?:{WHO}|agency|dealer|district|business|entity|brokerage|sold to|bill to)(?: account)?"
         " (?:full |legal |display )?name"
         rf"|(?:legal|trading|registered) (?:entity |company |business )?name|name of (?:the )?{WHO}|{WHO} {WHO}"
         "|legal entity")
SINCE = re.compile(rf"{WHO} (?:as of|since)(?: date)?")
"""Since when somebody is a customer; 'as of' alone is the day of a list."""
NOTHING = frozenset(("renewal term", "renewal terms", "start time", "end time", "license number"))
"""Words that name none of this although their parts would."""
FILLERS = frozenset((
    "date", "day", "on", "of", "at", "the", "month", "contract", "subscription", "service", "services", "billing",
    "agreement", "license", "licence", "plan", "membership", "term", "time", "from", "paid", "coverage", "in"))
STARTS = frozenset(("start", "starts", "started", "starting", "begin", "begins", "began", "commencement", "commenced",
                    "effective", "activated", "activation", "signed", "subscribed", "joined", "joining",
                    "enrolled", "since"))
ENDS = frozenset(("end", "ends", "ended", "cancel", "cancelled", "canceled", "cancellation", "termination",
                  "terminated", "churned", "churn", "lost", "left", "quit"))
TERMS = frozenset(("renewal", "renews", "expiry", "expires", "expiration"))
ALONE = frozenset(("activated", "signed", "subscribed", "joined", "enrolled", "churned", "terminated", "left",
                   "renews"))
"""Words that say by themselves what happened on a day."""
MONTHLY = frozenset(("monthly", "month", "pcm"))
MONEY = frozenset(("fee", "fees", "price", "charge", "charges", "amount", "revenue", "dues", "subscription",
                   "retainer", "rate", "rent"))
MONEY_FILLERS = frozenset(("per", "a", "service", "license", "recurring", "base", "plan", "net", "total", "contract",
                           "membership", "current"))
IN_CENTS = frozenset(("cents", "unit"))
RECURRING = frozenset(("mrr", "cmrr"))
YEARLY = frozenset(("arr", "acv"))
MEASURED = frozenset(("amount", "total", "net", "current", "contracted", "billing", "currency", "cents", "usd", "eur",
                      "gbp", "jpy", "in", "value", "subscription", "account"))
COUNTED = frozenset(("event", "events", "usage", "login", "logins", "session", "sessions", "action", "actions",
                     "visits"))
COUNTS = frozenset(("count", "counts", "number", "times"))
TIMES = frozenset(("minutes", "mins", "used", "usage", "spent", "session", "duration"))
DAYS = frozenset(("date", "day", "time", "on", "at"))
PAIRS = (
    ("usage", "date", frozenset(("session", "usage", "login", "activity", "event", "access", "visit")), DAYS),
    ("usage", "feature", frozenset(("feature", "action", "event", "page")), frozenset(("name", "used"))),
    ("interactions", "date", frozenset(("opened", "created", "received", "submitted", "raised", "reported", "logged",
                                        "qbr", "call", "visit", "review")),
     DAYS),
    ("interactions", "kind", frozenset(("ticket", "case", "issue", "conversation", "interaction", "request",
                                        "contact")),
     frozenset(("type", "kind", "category"))),
    ("interactions", "by", frozenset(("agent", "admin", "assignee", "assigned", "handled")),
     frozenset(("user", "name", "by", "to", "agent"))),
    ("pulse", "value", frozenset(("csm", "am")), frozenset(("sentiment", "rating", "pulse", "score"))),
    ("pulse", "date", frozenset(("reviewed", "rated", "assessed")), DAYS),
    ("cancellations", "cancelled_on", frozenset(("lost", "churned", "left", "quit", "cancelled", "canceled",
                                                 "cancellation")),
     DAYS),
    ("cancellations", "reason", frozenset(("loss", "lost", "churn", "cancellation", "cancel", "leaving",
                                          "termination")),
     frozenset(("reason", "cause", "reasons"))),
    ("subscriptions", "subscription_id", frozenset(("subscription", "contract")),
     frozenset(("name", "key", "ref", "reference"))),
    ("customers", "tenure_months", frozenset(("months",)),
     frozenset(("as", "a", "customer", "member", "subscriber", "with", "us", "since", "start", "active", "subscribed",
                "book", "paying", "enrolled", "on", "client", "account", "in", "service"))),
    ("subscriptions", "charge_kind", frozenset(("charge", "fee", "price", "revenue", "billing")),
     frozenset(("type", "kind", "category", "class"))),
    ("subscriptions", "seats", frozenset(("licensed", "contracted", "paid", "purchased")),
     frozenset(("users", "seats", "licenses", "licences"))),
    ("subscriptions", "seats", frozenset(("license", "licence", "licenses", "licences", "seat", "seats")),
     frozenset(("count", "number", "quantity", "purchased", "contracted", "paid"))),
    ("subscriptions", "product", frozenset(("product", "service", "item")), frozenset(("name",))),
    ("customers", "started_on", frozenset(("created", "creation")), DAYS),
    ("customers", "parent_id", frozenset(("parent", "holding")),
     frozenset(("ultimate", "global", "account", "company", "customer", "id", "name", "code"))),
    ("customers", "owner", frozenset(("csm", "owner")), frozenset(("name", "cs", "assigned", "primary"))),
    ("subscriptions", "term_end", frozenset(("valid",)), frozenset(("till", "until", "through", "thru", "to"))),
    ("customers", "owner", frozenset(("rep", "lead", "representative", "executive")),
     frozenset(("account", "success", "customer", "client", "cs", "sales", "our"))),
    ("customers", "owner", frozenset(("relationship",)), frozenset(("manager",))),
    ("surveys", "respondent", frozenset(("respondent", "contact")), frozenset(("email", "name"))),
)
"""Headers of one word of the first and words of the second set."""


def sure(word: str) -> list[tuple[str, str]]:
    """The fields that the words of a header name together."""
    tokens = set(word.split())
    if word in NOTHING:
        return []
    if tokens & MONTHLY and tokens & MONEY and tokens <= MONTHLY | MONEY | MONEY_FILLERS:
        return [("subscriptions", "mrr")]
    for field, words in (("mrr", RECURRING), ("amount", YEARLY)):
        if tokens & words and len(tokens) <= 4 and tokens <= words | MEASURED:
            return [("subscriptions", field)]
    if "amount" in tokens and tokens & IN_CENTS and tokens <= IN_CENTS | {"amount", "in"}:
        return [("subscriptions", "amount")]
    if "term" in tokens and tokens & ENDS and tokens <= ENDS | FILLERS:
        return [("subscriptions", "term_end")]
    if "next" in tokens and tokens & TERMS and tokens <= TERMS | FILLERS | {"next"}:
        return [("subscriptions", "term_end")]
    found = [("subscriptions", field)
             for field, words in (("start_date", STARTS), ("end_date", ENDS), ("term_end", TERMS))
             if tokens & words and (tokens & FILLERS or tokens <= ALONE) and tokens <= words | FILLERS]
    if tokens & COUNTED and tokens & COUNTS and tokens <= COUNTED | COUNTS | {"of"}:
        found.append(("usage", "count"))
    if tokens & {"minutes", "mins"} and len(tokens) > 1 and tokens <= TIMES:
        found.append(("usage", "minutes"))
    tokens -= {"for", "of"}
    return found + [(table, field) for table, field, one, others in PAIRS
                    if len(tokens & one) >= 1 and tokens & others and tokens <= one | others]


NOT_A_TERM = frozenset((
    "trial", "pilot", "promo", "promotion", "promotional", "discount", "coupon", "warranty", "guarantee", "onboarding",
    "training", "implementation", "installation", "migration", "project", "campaign", "poc", "free", "notice", "event",
    "meeting", "survey", "employment", "introductory", "pause", "grace", "quote",
    "forecast", "call", "kickoff", "reminder", "review", "invoice", "sent", "proposal", "discussion",
    "decision", "planned", "projected", "predicted", "expected", "estimated", "target",
    "request", "requested", "fiscal", "budget", "webinar", "freeze", "phase", "sprint", "hire"))
"""Words of other things that begin and end."""
NOT_A_FEE = frozenset((
    "target", "previous", "prior", "last", "old", "former", "potential", "forecast", "forecasted", "projected",
    "expected", "budget", "lost", "churned", "average", "avg", "delta", "change", "growth", "pipeline", "lifetime",
    "overage", "goal", "quota", "next", "refunded", "refund", "waived", "risk", "opening", "starting", "beginning"))
NOT_NEARLY = {
    "owner": frozenset(("opportunity", "deal", "product", "data", "contract", "ticket", "renewal", "process",
                        "budget", "task", "project", "action", "risk", "previous", "former", "backup", "secondary",
                        "prior", "old")),
    "product": frozenset(("owner", "manager", "count", "usage", "feedback", "gap", "interest", "id", "fit")),
    "plan": frozenset(("id", "owner", "status", "date", "review", "link", "success", "account", "action", "previous")),
    "discount": frozenset(("after", "before", "code", "reason", "end", "ends", "start", "date", "type", "by", "until",
                           "approved", "net")),
    "seats": frozenset(("used", "active", "potential", "assigned", "available", "unused", "free", "spare", "added",
                        "new", "additional", "removed", "requested", "overage", "invited", "registered", "delta",
                        "change", "utilization", "utilisation", "usage", "target", "lost", "inactive", "addressable")),
    "user_id": frozenset(("count", "counts", "total", "active")),
    "billing_interval": frozenset(("day", "days", "date", "terms", "method", "due", "remaining", "left"))}
"""Words beside those of a field that mean something else."""


ALONE_NAMES = {
    "rep": ("customers", "owner"), "engineer": ("interactions", "by"), "technician": ("interactions", "by"),
        "opened": ("interactions", "date"), "conversation": ("interactions", "note"), "sessions": ("usage", "count"),
    "visits": ("usage", "count"), "verbatim": ("surveys", "comment"), "signed": ("subscriptions", "start_date"),
    "onboarded": ("customers", "onboarding_completed_on"), "recurring revenue": ("subscriptions", "mrr"),
    "logged in at": ("usage", "date"), "why they left": ("cancellations", "reason"),
    "cancelled": ("cancellations", "cancelled_on"), "canceled": ("cancellations", "cancelled_on"),
    "contract date": ("subscriptions", "start_date"), "agreement date": ("subscriptions", "start_date"),
    "ultimate parent": ("customers", "parent_id")}
"""Words that say by themselves what stands below them."""


LIKELY_PAIRS = (
    ("customers", "owner", frozenset(("csm", "owner")), frozenset(("email", "mail", "user", "assigned", "business"))),
    ("subscriptions", "product", frozenset(("product",)), frozenset(("code", "sku"))),
    ("cancellations", "comment", frozenset(("feedback", "comment", "comments", "remarks")),
     frozenset(("open", "ended", "text", "free", "additional", "customer", "verbatim"))),
    ("surveys", "comment", frozenset(("feedback", "comment", "comments", "remarks")),
     frozenset(("open", "ended", "text", "free", "additional", "customer", "verbatim"))))
"""The same where another header may say it better."""


AT_STAKE = ("risk", "stake")


def likely(word: str) -> list[tuple[str, str]]:
    fee, _at, when = word.partition(" at ")
    if when and when not in AT_STAKE and fee in RECURRING | YEARLY:
        return [("subscriptions", "mrr" if fee in RECURRING else "amount")]
    tokens = set(word.split())
    if pairs := [(table, field) for table, field, one, others in LIKELY_PAIRS
                 if tokens & one and tokens & others and tokens <= one | others]:
        return pairs
    ended = [("subscriptions", "end_date")] if word in ("cancelled", "canceled") else []
    return [ALONE_NAMES[word], *ended] if word in ALONE_NAMES else []


def is_of_another(field: str, word: str) -> bool:
    """Whether a word of the header says that it is no term, or no fee of today."""
    is_term = field in ("start_date", "started_on", "end_date", "term_end")
    others = NOT_A_FEE if field in ("mrr", "amount") else NOT_A_TERM if is_term else NOT_NEARLY.get(field, frozenset())
    return bool(others & set(word.split()))
