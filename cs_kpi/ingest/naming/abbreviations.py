"""English headers spelt out: Acct mgr is account manager, Renewal dt renewal date, Ann. value (USD) annual value."""

from __future__ import annotations

import re
from functools import lru_cache

from cs_kpi.ingest.naming.words import nfkc, plain

FULL = {full: short.split() for full, short in {
    "account": "acct acc acnt", "accounts": "accts", "customer": "cust cstmr custmr", "customers": "custs",
    "client": "clnt", "organization": "org orgn organisation", "organizations": "orgs organisations",
    "manager": "mgr mngr", "executive": "exec", "success": "succ", "group": "grp", "segment": "seg",
    "date": "dt dte", "annual": "ann annl", "year": "yr", "years": "yrs", "yearly": "yrly", "month": "mo mth mnth",
    "months": "mos mths mnths", "monthly": "mthly mnthly", "quarter": "qtr", "quarterly": "qtrly", "week": "wk",
    "weeks": "wks", "weekly": "wkly", "charge": "chg", "period": "prd",
    "hours": "hrs", "minutes": "mins", "seconds": "secs",
    "quantity": "qty qnty", "amount": "amt amnt", "value": "val", "license": "lic licence", "licenses": "lics licences",
    "subscription": "subscr subscrip subsc", "service": "svc srvc", "services": "svcs", "package": "pkg",
    "effective": "eff", "cancel": "cncl canc cxl", "cancelled": "canceled cancld cncld cxld",
    "cancellation": "cancelation", "description": "desc descr", "number": "nr nbr num nmbr", "onboarding": "onb onbd",
    "implementation": "impl", "currency": "ccy crncy", "frequency": "freq", "payment": "pmt pymt paymt",
    "invoice": "inv", "additional": "addl", "average": "avg", "total": "tot ttl", "estimated": "est",
    "previous": "prev", "forecast": "fcst fcast", "next": "nxt", "last": "lst", "original": "orig", "initial": "init",
    "contract": "contr cont cntrct ctrct contrct", "agreement": "agmt agrmt agreemt", "renewal": "ren rnwl renwl",
    "begin": "beg", "start": "strt", "completed": "compl cmpl cmpltd", "user": "usr", "users": "usrs", "each": "ea",
    "received": "recd rcvd", "ticket": "tkt", "tickets": "tkts", "priority": "prio", "severity": "sev",
    "category": "cat", "meeting": "mtg", "meetings": "mtgs", "duration": "dur", "event": "evt", "events": "evts",
    "feature": "feat", "timestamp": "ts", "feedback": "fdbk", "comment": "cmt cmnt", "comments": "cmts cmnts",
    "reason": "rsn", "reasons": "rsns", "session": "sess", "incremental": "incr", "through": "thru", "level": "lvl",
    "created": "crtd", "updated": "upd updt", "scheduled": "sched", "enrolled": "enroled",
    "milestone": "mlstn"}.items()}
WORDS = {short: full for full, shorts in FULL.items() for short in shorts}
"""Short forms and other spellings that mean one thing wherever they stand."""
MONEY_OF = r"(?:monthly|annual|yearly|recurring|month|year|total|contract|expansion|incremental|quarterly)"
PHRASES = tuple((re.compile(rf"\b(?:{short})\b"), full) for short, full in (
    (r"(?<=\w) s(?= \w)", ""), ("a c", "account"), ("p u p m|pupm", "per user per month"),
    ("p a|per annum", "per year"), ("p m|(?<=(?:ee|ce|te|st|ge|nt) )pm$", "per month"), ("w e f", "effective"),
    ("d o j", "joined"), ("rec d", "received"), ("req d", "required"), ("cancel d", "cancelled"),
    ("term d|termd", "terminated"), ("add l", "additional"),
    ("(?:no|nos) of|^of(?= (?:seats|users|licenses))", "number of"),
    ("sub(?! (?:total|industry|sector|segment|category|type|region|brand|account|group|reason|team|division|domain|task"
     "|vertical|process))|^subs(?= )", "subscription"),
    ("exp(?= (?:date|day|on)$)|^exp$|(?<=contract )exp$|(?<=license )exp$", "expiry"),
    ("exp", "expected"), ("rec rev", "recurring revenue"), ("rec(?= revenue)", "recurring"),
    (f"{MONEY_OF} rev", r"\g<0>enue"), ("rev(?= (?:type|month|per month|per year|year)$)", "revenue"),
    ("disc(?! (?:date|on))", "discount"), ("^curr?$|^curr?(?= code)", "currency"), ("curr?(?= )", "current"),
    ("^co(?= (?:name|id|no|code|number)$)|^co$|(?<=parent )co$", "company"), ("st(?= date$)", "start"),
    ("^prod(?:$|(?= (?:name|id|code|family|line|type|description)$))", "product"), ("rel(?= manager)", "relationship"),
    (r"(?<=\w )min$|min(?= (?:per|used|spent|watched|active)\b)", "minutes"), ("^min(?= )", "minimum")))
"""Short forms that mean something among certain words only, looked for when the others are spelt out."""
JOINED = re.compile("(?P<of>cust|customer|acct|account|client|company|org|tenant|subscription|sub|contract|user|event"
                    "|start|end|renewal|renew|signup|cancel|churn|created|expiry|expiration|term|billing|plan|product)"
                    "(?P<what>ids?|no|num|nbr|name|date|dt|code|start|end|mgr|manager)")
CODES = ("usd|eur|gbp|jpy|aud|cad|chf|cny|krw|sgd|twd|inr|nzd|hkd|sek|nok|dkk|zar|brl|mxn|aed|pln|thb|idr|myr|php|vnd"
         "|ils")
CURRENCY = re.compile(rf"(?<![a-z])(?:in )?(?:{CODES})(?:[ _]?(?:k|m|mn|bn))?(?![a-z])|(?<![a-z])rs(?![a-z])",
                      re.IGNORECASE)
SIGN = re.compile(r"(?<![a-z])(?:us|a|c|s|nz|hk|[ktm])?[$£€¥](?:k|m|mn|bn)?(?![a-z])|[$£€¥]", re.IGNORECASE)
TAX = re.compile(r"\b(?:ex|excl|excluding|exclusive of|incl|inc|including|inclusive of|plus|net of|before|after|w o"
                 r"|without|with) (?:vat|tax|taxes|gst|sales tax|hst)\b")
RATES = frozenset(("rate", "exchange rate", "fx rate", "fx", "equivalent", "code"))
"""What is left of the rate of a currency, which is no amount in it."""
PERIOD = re.compile(r"(?:per )?((?:month|monthly|pcm|year|yearly|annual|annum|quarter|week|user|seat|license|unit)"
                    r"(?: (?:per )?(?:month|year))?)")
BARE_MONEY = {"value": "contract value", "contract": "contract value", "deal": "deal value", "order": "order value",
              "subscription": "subscription fee"}
"""What a word with a sign of currency beside it is short for."""
FEE_OF = re.compile(r"\b(fee|price|rate|cost|charge|amount|spend|value|revenue|payment)"
                    r" (month|year|quarter|week|user|seat|license)$")


def spelt(text: str) -> str:
    """A header in the form of `plain`, its English words spelt out, without currency and tax.

    >>> spelt("Acct Mgr"), spelt("Renewal dt"), spelt("Sub. start"), spelt("Sub-total"), spelt("Monthly ex VAT")
    ('account manager', 'renewal date', 'subscription start', 'sub total', 'monthly')
    >>> spelt("min_seats"), spelt("active_min"), spelt("Fee p.a. (GBP)"), spelt("$/mo"), spelt("顧客ID")
    ('minimum seats', 'active minutes', 'fee per year', 'fee per month', '顧客id')
    """
    if not has_currency(text):
        return spelt_out(plain(text))
    word = spelt_out(plain(CURRENCY.sub(" ", SIGN.sub(" ", nfkc(text)))) or plain(text))
    if word in RATES:
        return plain(text)
    if period := PERIOD.fullmatch(word):
        return f"fee per {period[1]}"
    return BARE_MONEY.get(word, word)


def has_currency(text: str) -> bool:
    """Whether a header has the sign or the code of a currency beside other words.

    >>> has_currency("Value ($)"), has_currency("USD/mo"), has_currency("Currency"), has_currency("USD")
    (True, True, False, False)
    """
    rest = CURRENCY.sub(" ", SIGN.sub(" ", nfkc(text)))
    return rest != nfkc(text) and any(letter.isalpha() for letter in rest)


def _apart(token: str) -> str:
    """Words that a database has written as one: custid, enddate, acctname."""
    match = JOINED.fullmatch(token)
    return f"{match['of']} {match['what']}" if match else token


@lru_cache(maxsize=65536)
def spelt_out(word: str) -> str:
    """A plain word with its English words spelt out; others stay as they are."""
    if not word.isascii():
        return word
    word = _without(CURRENCY, _without(TAX, word)).removesuffix(" in")
    tokens = " ".join(map(_apart, word.split())).split()
    word = " ".join(WORDS.get(token, token) for token in tokens)
    for short, full in PHRASES:
        word = short.sub(full, word)
    return FEE_OF.sub(r"\1 per \2", " ".join(word.split()))


def _without(pattern: re.Pattern[str], word: str) -> str:
    """A word without what a pattern finds, as long as something is left to say what it is."""
    rest = " ".join(pattern.sub(" ", word).split())
    return rest if len(rest) > 1 and rest not in RATES else word
