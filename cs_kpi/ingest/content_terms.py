"""Start, end and fee by what stands in columns that no header explains: days in order, amounts of money."""

from __future__ import annotations

import re
from itertools import permutations

import numpy as np
import pandas as pd

from cs_kpi.header_words import AMOUNT_PERIODS
from cs_kpi.ingest.by_months.month_rows import BILLED_ON, MONTH_WORDS
from cs_kpi.ingest.content_names import EACH_ONE, STANDS_OUT, Candidates, Free
from cs_kpi.ingest.naming.abbreviations import spelt
from cs_kpi.ingest.naming.compositions import is_of_another
from cs_kpi.ingest.naming.vocabulary import names
from cs_kpi.ingest.naming.words import nfkc, plain
from cs_kpi.ingest.values.amounts import amounts
from cs_kpi.ingest.values.dates import dates
from cs_kpi.ingest.values.names import ids, shown

MOSTLY, ORDERED, FILLED = 0.8, 0.95, 0.95
ROUND, LEAST = 100, 500.0
SURELY_MONEY = 1.5
"""What a sign of currency or a word for money is worth; round numbers alone are worth less."""
FEWEST_STEPS = 2
OPEN = 0.1
"""At least so many contracts have no end where a column is taken for it by its content."""
NO_TERM = re.compile(
    "生年|誕生|設立|創[立業]|開[店業院館園校]|貸出|返却|更新|最終|前回|次回|初回|面談|訪問|商談|会議|連絡|入金|支払|請求|検収|納品|発送|作成|登録|受付|回答|予定|期限|"
    "締|引落|振替|割引|変更|返送|送付|キャンペーン|保証|交代|引継|承認|稟議|失注|見積|提案|配信|休止|"
    "休会|再開|復会|同意|チェック|秘密保持|リマインド|完了見込|計画|オンボ|再アプローチ|"
    "返金|削除|消去|申請|"
    "入社|退職|雇用|配属|就任|異動|期日|申込|トライアル|試用|研修|稼働|導入|入荷|出荷|発売|製造|着工|竣工|撮影|公開|発行|点検|有効|目標|"
    r"\b(?:birth\w*|born|borrowed|returned|founded|created|updated|modified|last|latest|next|due|paid|payment|invoice\w*|visit\w*|meeting|"
    r"call|trial|expected|forecast\w*|est|estimated|certificate|card|insurance|domain|reactivat\w*|reinstated|amend\w*|"
    r"upgrad\w*|downgrad\w*|approv\w*|suspen\w*|paused?|project|fiscal|notice|notified|quote|proposal|offer|renewed|"
    r"reminder|snapshot|sync\w*|import\w*|hired?|touch\w*|qbr|survey|login|handover|milestone|target|promo\w*|discount|"
    r"coupon|warranty|pilot|passport|mandate|hold|fy|report|anniversary|eol|implementation|employment|deadline|planned|launch|released?|shipped|delivered|opened|built|training|review\w*|contacted|seen|"
    r"kick ?off|go ?live|cancel|opt ?out|notification|cc|ssl|dpa|nda|msa|po|sent|file|snoozed|run|account plan|"
    r"changed?|billing|bill|billed|projected|risk|sla|follow ?up|win ?back|scheduled|baseline|revised|promised|"
    r"depends|hours|response|reply|prospect|status|first contact|previous|days)\b")
"""Words of days that neither begin nor end a contract."""
NO_FEE = re.compile(
    "改定|値上|提案|見積|商談|想定|アップセル|変更|更新料|無料|資料|終了日|手数料|違約|率|割合|比|数|件|人|名|台|席|口|回|点|歳|年齢|年度|年商|資本金|売上|従業|社員|面積|坪|原価|仕入|予算|目標|見込|粗利|"
    "利益|割引|値引|単価|初期|入会金|一時|従量|超過|"
    "給与?$|賞与|手当|未収|入金|残高|保証金|敷金|税額|消費税|累計|合計|前年|前月|番号|コード|電話|郵便|得点|スコア|時間|分数|距離|重量|容量|在庫|単位|"
    r"%|\b(?:no|id|count|number|qty|quantity|rate|ratio|percent|share|age|year|score|points?|rooms?|beds|seats?|users?|"
    r"members?|staff|employees|headcount|students|pupils|capacity|size|area|discount|deposit|setup|one off|overage|"
    r"tax|vat|cost|budget|target|balance|revenue|turnover|capital|distance|hours|minutes|days|months|weight|stock|lat|"
    r"lng|zip|phone|total|unit|salary|wage|cap|lock|hold|warranty|increase|"
    r"cancellation|termination|exit|loss|lost|time|date|ytd|outstanding|due|overdue|write off|gst|commission|ly|last|"
    r"prior|previous|bop|eop|opp|opportunity|weighted|churn\w*|contraction|downgrade|downsell|movement|uplift|band|"
    r"tier|range|bucket|segment|rank|book|budgeted|po|quoted?|proposed|proposal|max|maximum|floor|competitor|"
    r"sensitivity|review|waiver|notes?|tickets?|words|delivered|reali[sz]ed|business|earners?|trial|protection|"
    r"limit|late|start|starting|initial|original|standard|list|minimum|restocking|link|forecast|refunded|waived|agency|until|expiry)\b")
"""Words of numbers that are no fee of a contract."""
FEE = re.compile(r"料|額|金|代|費|謝|価|円|\b(?:fees?|price|amount|charges?|dues|pays|billing|billed|rent|value|"
                 r"retainer|royalt(?:y|ies)|usd|eur|gbp|jpy|inr)\b|ロイヤリティ|ロイヤルティ")
RATE = re.compile(r"\brates?\b")
"""A rate a month is a fee."""
COUNT = re.compile(r"数|席|台|口|\b(?:count|number|qty|quantity|seats?|licen[cs]es?|users?|units?|rooms?|devices?)\b")
MONTHLY = re.compile(r"月|\b(?:month|monthly|mo|pcm|pm)\b")
DAYS_OF_ALL = MONTH_WORDS | BILLED_ON | {"日", "日付", "年月日", "date", "day"}
"""Days that may be those of anything, and months of rows by months."""
NEVER = re.compile(r"(?!)")
FIRST = re.compile(r"(?:初回|登録|申込|導入|稼働|納品|出荷|貸出)+|\b(?:launch(?:ed)?|opened|go ?live)\b")
"""Days on which something is done for a customer first; before a known end one may be the start."""
BEGINS = re.compile("設置|工事|着手")
"""Days that end nothing."""
COMPACT = r"(?:19[5-9]|20[0-4])\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:\.0)?"
SIGN = re.compile(r"[¥￥\\$€£₹円]")


def term_and_fee(free: Free, *, start: str, has_fee: bool, end: str) -> dict[str, str]:
    """field -> header of a start (and an end) and a fee, of those that no header tells.

    start, end : the headers of start and end of contracts, where they are known
    A table without either must tell all of it: two columns of days in order, of which the later lacks where a contract
    goes on, and a fee.
    """
    fee = "" if has_fee else fees(free).best
    paid = _fee_field(fee)
    if not has_fee and not fee:
        return {}
    if start:
        found = {paid: fee, "end_date": "" if end else _end(free, start)}
        return {field: header for field, header in found.items() if header}
    first, last = (starts(free, end).best, "") if end or has_fee else ("", "")
    if not first:
        first, last = _in_order(free, is_told=has_fee)
    close = "term_end" if last and _is_filled(free, last) else "end_date"
    found = {"start_date": first, close: last, paid if has_fee or end or FEE.search(fee) else "mrr": fee}
    return {field: header for field, header in found.items() if header} if first else {}


def _fee_field(header: str) -> str:
    """Money is asked about with its interval, unless the header says that it is a month's."""
    is_yearly = names(header, AMOUNT_PERIODS["year"])
    return "mrr" if MONTHLY.search(plain(header)) and not is_yearly else "amount"


def _end(free: Free, start: str) -> str:
    """The one column of days that are never before the start and lack where a contract goes on."""
    begun = _days(free, start)
    later = [header for header in _dated(free) if header != start and not BEGINS.search(header)
             and _comes_before(begun, _days(free, header)) and np.isnat(_days(free, header)).mean() >= OPEN]
    return later[0] if len(later) == 1 and not _is_step(free, later[0], start) else ""


def _is_step(free: Free, header: str, start: str) -> bool:
    """Whether a column of days is the last of a row of steps: at least two others, and all come before it."""
    days = _days(free, header)
    others = [other for other, seen in free.seen.items() if other not in (header, start) and seen.dates >= MOSTLY]
    return len(others) >= FEWEST_STEPS and all(_comes_before(_days(free, other), days) for other in others)


def days_and_amounts(free: Free) -> tuple[list[str], list[str]]:
    """Columns of days and of money that may be those of contracts."""
    return _dated(free, FIRST), [header for header, seen in free.seen.items() if seen.numbers >= MOSTLY
                                 and seen.dates < MOSTLY and fee_worth(free, header) >= SURELY_MONEY]


def starts(free: Free, end: str) -> Candidates:
    """Columns of days that are never later than the end; without an end the only one, if each row has another."""
    dated = _dated(free)
    if end:
        days = _days(free, end)
        fitting = [header for every in (dated, _dated(free, FIRST)) for header in every if header != end
                   and _is_filled(free, header) and _comes_before(_days(free, header), days)]
        return Candidates(fitting[0], tuple(fitting[1:])) if fitting else Candidates()
    only = [header for header in dated if _is_filled(free, header)]
    return Candidates(only[0]) if len(dated) == 1 and only else Candidates()


def _in_order(free: Free, *, is_told: bool) -> tuple[str, str]:
    """Start and end: of two columns of days the one that is never later nor lacking, and the one that lacks where a
    contract goes on; where a fee is told, a term that always ends will do."""
    pairs = _pairs(free, _dated(free), is_told) or (_pairs(free, _dated(free, FIRST), is_told) if is_told else [])
    first = {one for one, _other in pairs}
    ends = [other for one, other in pairs]
    last = [end for end in ends if all(_is_last(_days(free, end), _days(free, other)) for other in ends)]
    return (first.pop(), last[0]) if len(first) == 1 and last else ("", "")


def _pairs(free: Free, dated: list[str], is_told: bool) -> list[tuple[str, str]]:
    return [(one, other) for one, other in permutations(dated, 2) if _is_filled(free, one)
            and _comes_before(_days(free, one), _days(free, other)) and (is_told or not _is_filled(free, other))]


def _is_last(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether one column of days is blank just where the other is, and never earlier: what somebody gave notice of."""
    both = ~np.isnat(one) & ~np.isnat(other)
    return bool((np.isnat(one) == np.isnat(other)).mean() >= ORDERED and (one[both] >= other[both]).all())


def _dated(free: Free, allowed: re.Pattern[str] = NEVER) -> list[str]:
    """Columns of days that may begin or end a contract; `allowed` are words that else say that they do not."""
    return [header for header, found in free.seen.items() if (found.dates >= MOSTLY or _is_compact(free, header))
            and plain(header) not in DAYS_OF_ALL and not NO_TERM.search(allowed.sub("", plain(header)))
            and len(np.unique(_days(free, header))) > 1]


def _is_compact(free: Free, header: str) -> bool:
    """Whether every number is a day of our times written without signs, 20240401, which no code is by chance."""
    cells = ids(free.body[header]).dropna()
    return len(cells) > 0 and bool(cells.str.fullmatch(COMPACT).all()) and not np.isnat(
        dates(pd.Series(cells.to_list(), dtype=object)).days).any()


def _days(free: Free, header: str) -> np.ndarray:
    return dates(free.body[header], is_end=True).days


def _is_filled(free: Free, header: str) -> bool:
    return bool((~np.isnat(_days(free, header))).mean() >= FILLED)


def _comes_before(one: np.ndarray, other: np.ndarray) -> bool:
    both = ~np.isnat(one) & ~np.isnat(other)
    return bool(both.any() and (one[both] <= other[both]).mean() >= ORDERED and (one[both] < other[both]).any())


def fees(free: Free) -> Candidates:
    """Columns of money: a sign of currency, a word for money, or large round numbers; the likeliest first."""
    worth = {header: score for header, found in free.seen.items() if found.numbers >= MOSTLY and found.dates < MOSTLY
             and (score := fee_worth(free, header)) >= STANDS_OUT}
    if not worth:
        return Candidates()
    best = max(worth, key=worth.__getitem__)
    return Candidates(best, tuple(header for header in worth if header != best
                                  and worth[best] - worth[header] < STANDS_OUT))


def fee_worth(free: Free, header: str) -> float:
    """How much a column looks like the fee of a contract: its cells, and its header."""
    text = nfkc(header).casefold()
    cells = free.body[header].dropna()
    values = amounts(cells).values
    known = np.abs(values[np.isfinite(values)])
    word = plain(header)
    if is_of_another("mrr", spelt(header)):
        return 0.0
    if NO_FEE.search(RATE.sub(" ", word) if MONTHLY.search(word) else word) or not len(known) or _is_code(cells):
        return 0.0
    has_sign = cells.map(lambda cell: SIGN.search(shown(cell)) is not None).mean() >= MOSTLY
    is_round = (known % ROUND == 0).mean() >= FILLED and float(np.median(known)) >= LEAST
    is_named = FEE.search(text) or (MONTHLY.search(word) and RATE.search(word))
    return 2.0 * bool(has_sign) + 1.5 * bool(is_named) + 1.0 * bool(is_round)


def seats(free: Free, fee: str) -> str:
    """The column of whole numbers that gives the fee when another column, the price of one, is multiplied by it."""
    numbers = {header: amounts(free.body[header]).values for header, found in free.seen.items()
               if found.numbers >= FILLED and header != fee}
    total = amounts(free.body[fee]).values
    for count, price in permutations(numbers, 2):
        is_told = COUNT.search(plain(count)) is not None and (numbers[count] % 1 == 0).all()
        if is_told and len(np.unique(numbers[count])) > 1 and np.mean(
                numbers[count] * numbers[price] == total) >= FILLED:
            return count
    return ""


def _is_code(cells: pd.Series) -> bool:
    """Whether numbers are codes: each another, with zeros in front."""
    texts = ids(cells)
    return bool(texts.nunique() >= EACH_ONE * len(texts) and texts.str.fullmatch(r"0\d+").any())
