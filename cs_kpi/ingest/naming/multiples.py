"""Words of multiples beside amounts, as headers, titles and notes have them: 千円, USD thousands, $000, k€, in '000."""

from __future__ import annotations

import re

CURRENCY = (r"(?:(?:us|a|au|c|ca|s|nz|hk|nt)?\$|[€£¥₩₹]|(?:usd|jpy|eur|gbp|aud|cad|chf|cny|krw|sgd|twd|inr|nzd|hkd)"
            r"(?![a-z])|(?:yen|dollars?|euros?|pounds?|rupees?)(?![a-z])|円)")
FACTORS = {"thousand": 1e3, "tsd": 1e3, "t": 1e3, "k": 1e3, "000": 1e3, "million": 1e6, "mio": 1e6, "mm": 1e6,
           "mn": 1e6, "mln": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "lakh": 1e5, "lac": 1e5, "crore": 1e7, "cr": 1e7,
           "十万": 1e5, "百万": 1e6, "千万": 1e7, "千": 1e3, "万": 1e4, "億": 1e8}
NAMED = r"(?:thousand|million|billion|lakh|lac|crore)s?|tsd\.?|mio\.?|m(?:ln|n|m)|bn"
LONG = rf"(?:{NAMED}|['’]?000(?:['’]?s)?)"
WORD = rf"(?:{LONG}|[km])"
END = r"(?![a-z0-9])"
NO_NUMBER = r"(?<![a-z0-9.])(?<!\d )(?<!\d[.,])"
"""$5 million and 500 k USD are amounts, and no units."""
OF_OTHERS = rf"(?!\s+of\s+(?!{CURRENCY}))"
BESIDE_CURRENCY = re.compile(
    rf"{CURRENCY}\s*[,/]?\s*(?:in\s+)?(?P<after>{WORD}){END}{OF_OTHERS}"
    rf"|{NO_NUMBER}(?P<before>{WORD}|t(?=€|eur))\s*(?:of\s+)?{CURRENCY}")
IN_WORDS = re.compile(rf"(?<![a-z])in\s+(?:{CURRENCY}\s*)?(?P<word>{LONG}|k){END}{OF_OTHERS}"
                      rf"|(?<![a-z])units?\s*(?:are|is|of)?\s*[:=]?\s*(?P<unit>{LONG}){END}{OF_OTHERS}")
TIMES = re.compile(r"(?:[x×*]\s?|単位\s*[::]?\s*|(?<![a-z])units?\s*[:=]\s*)(?P<figure>1,?000(?:,?000)?)(?![\d,.])"
                   r"|(?<![\d,])(?P<figures>1,?000(?:,?000)?)\s*円単位")
TENS = "十万|百万|千万|千|万|億"
JAPANESE = rf"(?<![\d,十百千数何])(?<!\d )(?P<ja>{TENS})\s*(?:円|米?ドル|ユーロ|ポンド|元|yen)"
MARKED = re.compile(r"[(\[【](?P<inside>[^)\]】]*)[)\]】]")
ALONE = re.compile(rf"(?:単位\s*[::]?\s*)?(?P<ja>{TENS})|(?:in\s+)?(?P<word>{WORD})(?:\s*/.*)?")
AMONG = re.compile(rf"(?<![a-z0-9.])(?<!\d )(?P<word>{LONG}){END}")
OF_HEADER = re.compile(JAPANESE)
MONEY = r"(?:mrr|arr|acv|tcv|revenues?|fees?|amounts?|sales|prices?|values?|charges?|billings?)"
TAIL = re.compile(rf"(?<=[a-z])[\s_,]+(?:in[\s_]+)?(?P<word>{LONG})$"
                  rf"|(?<![a-z]){MONEY}[\s_,]+(?:in[\s_]+)?(?P<short>k)$")
OF_TITLE = re.compile(rf"(?:^|(?<=[\s(\[【::=・、,。/はを※]))(?:すべて|全て|単位は?)?{JAPANESE}"
                      r"(?=$|[\s)\]】、,。・/(]|単位|です|で(?:表|記|す|入)|表示|表記|税)")
"""百万円プラン is the name of a plan, and 千円未満 no unit."""


def multiple_of_header(text: str) -> float:
    """What the amounts under a header are multiples of, 1 where it names nothing.

    text : in half width and lower case, blanks for underscores

    >>> [multiple_of_header(text) for text in ("mrr ($000)", "arr k€", "月額(千円)", "mrr usd k", "mrr (usd)")]
    [1000.0, 1000.0, 1000.0, 1000.0, 1.0]
    """
    return _first(text, (OF_HEADER, BESIDE_CURRENCY, TIMES, IN_WORDS, TAIL)) or _in_brackets(text) or 1.0


def multiple_of_title(text: str) -> float:
    """What a title or a note says of all amounts, 1 where it says nothing; amounts and plans are no units.

    >>> [multiple_of_title(text) for text in ("usd thousands, net", "in $000s", "金額は千円単位", "(単位:百万円)")]
    [1000.0, 1000.0, 1000.0, 1000000.0]
    >>> [multiple_of_title(text) for text in ("goal: $2 million", "thousands of users", "百万円プラン", "10万円以上")]
    [1.0, 1.0, 1.0, 1.0]
    """
    return _first(text, (OF_TITLE, BESIDE_CURRENCY, TIMES, IN_WORDS)) or _in_brackets(text) or 1.0


UNIT_BEHIND = re.compile(
    rf"(?<=.)(?:[\s_/,:-]+(?:in[\s_]+)?(?:{CURRENCY}[\s_]*(?:in[\s_]+)?{WORD}|(?:{WORD}|t)[\s_]*(?:of\s+)?{CURRENCY}"
    rf"|{LONG}|[x×]\s?1,?000)|(?<=[額料費金高円上])(?:{TENS})円|[\s_/,:・]+(?:{TENS})(?:円|米?ドル|ユーロ))$"
    rf"|(?<=mrr|arr|fee)[\s_,]+(?:in[\s_]+)?k$", re.IGNORECASE)


def without_multiple(text: str) -> str:
    """A header without the unit behind it.

    >>> [without_multiple(text) for text in ("MRR $k", "MRR_usd_k", "ARR, k€", "月額千円", "Plan M")]
    ['MRR', 'MRR', 'ARR', '月額', 'Plan M']
    """
    return UNIT_BEHIND.sub("", text)


def _first(text: str, patterns: tuple[re.Pattern[str], ...]) -> float:
    found = next((found for pattern in patterns if (found := pattern.search(text))), None)
    return _factor(found) if found else 0.0


def _in_brackets(text: str) -> float:
    """The multiple that stands alone in brackets, or is named there beside other words."""
    for inside in (found["inside"].strip() for found in MARKED.finditer(text)):
        for one in (ALONE.fullmatch(inside), AMONG.search(inside)):
            if one:
                return _factor(one)
    return 0.0


def _factor(found: re.Match[str]) -> float:
    word = next(part for part in found.groupdict().values() if part)
    if word[0] == "1":
        return float(word.replace(",", ""))
    word = word.strip(".'’")
    return FACTORS[word if word in FACTORS else word.rstrip("s").strip("'’")]
