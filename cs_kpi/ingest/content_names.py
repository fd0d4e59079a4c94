"""Columns that name the customer by what stands in them: different in most rows, and no remark, person or place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import PurePath

import numpy as np
import pandas as pd

from cs_kpi.ingest.headerless import ID, is_counted
from cs_kpi.ingest.headers import Area
from cs_kpi.ingest.looks import Looks, looks
from cs_kpi.ingest.naming.key_words import NAME, OTHERS, OWN, is_party, stem_of
from cs_kpi.ingest.naming.system_headers import names_nothing
from cs_kpi.ingest.naming.words import plain
from cs_kpi.ingest.records import Sheet
from cs_kpi.ingest.values.dates import dates
from cs_kpi.ingest.values.names import ids
from cs_kpi.ingest.yearless import names_day

SAMPLE, FEWEST_ROWS = 3000, 3
MOSTLY, FILLED, EACH_ONE = 0.8, 0.9, 0.98
DIFFERENT, SEVERAL, PAIRED = 0.5, 0.2, 0.95
LONGEST = 32
"""A name is shorter on the whole than a remark."""
STANDS_OUT, CLEARLY = 1.0, 1.5
NO_NAME = re.compile(
    "担当|代表|支配人|理事|住職|責任者|窓口|氏名|[社館院園校所局署会部課係室店工組]長|オーナー|連絡先|宛|住所|所在|都道府県|市区|最寄|url|サイト|ホームページ|"
    "備考|メモ|コメント|内容|詳細|概要|理由|要望|状況|状態|ステータス|意向|方針|対応|科目|費目|勘定|項目|作物|種目|種類|種別|区分|部品|"
    "材料|資材|機種|型番|内線|略称|英字|カナ|かな|フリガナ|資料|リンク|進捗|日時|時刻|時間|結果|目的|回答|感想|意見|改善|要件|"
    r"\b(?:contact|person|manager|principal|director|priest|vicar|chef|head|owner|lead|address|street|city|town|county|state|country|"
    r"website|url|link|notes?|remarks?|comments?|description|details?|status|phone|e ?mail|reason|feedback|summary|"
    r"subject|title|coach|csm|rep|assigned|coast|industry|sector|type|sku|part|model|crop|short)\b")
"""Words of headers under which no customer's name stands."""
PERSON = re.compile("(?:会員|生徒|受講者|患者)?(?:ご|お)?(?:氏名|名前)")
PERHAPS = re.compile(r"(?<=\w )group$")
NO_CELL = re.compile(r".*@.*|https?://.*|www\..*|[\d\s()+\-.,/:]+")
ORGANISATION = re.compile(
    r"株式会社|有限会社|合同会社|法人|㈱|㈲|\(株\)|（株）|(?:店|館|院|園|校|寮|荘|局|所|場|寺|社|組合|協会|ホテル|クリニック|スタジオ|センター|ジム|"
    r"サロン|クラブ|スクール|塾|堂|屋|病院|大学|学園|教室|農園|牧場|市|町|村|区)$|\b(?:inc|ltd|llc|gmbh|co|corp|plc|limited|group|club|school|"
    r"clinic|studio|gym|hotel|museum|church|trust|foundation|centre|center|academy|practice|farm|marina|bakery)\b\.?",
    re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Candidates:
    """The likeliest column, empty where there is none, and others that might be it as well."""

    best: str = ""
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Free:
    """The columns of a table that no header explains, with what they look like."""

    table: Area
    seen: Mapping[str, Looks]
    title: str

    @classmethod
    def of(cls, sheet: Sheet, table: Area, headers: Sequence[str]) -> Free:
        body = table.body.head(SAMPLE)
        title = plain(" ".join((table.title, sheet.name, PurePath(sheet.file).stem)))
        return cls(table, {header: found for header in headers if (found := looks(body[header])).filled}, title)

    @cached_property
    def body(self) -> pd.DataFrame:
        return self.table.body.head(SAMPLE)

    @cached_property
    def texts(self) -> list[str]:
        """Columns of words that may be names."""
        return [header for header, found in self.seen.items() if _is_text(found) and not barred(header)
                and not _is_said_otherwise(self.body[header])]

    def without(self, headers: Iterable[str]) -> Free:
        taken = set(headers)
        return replace(self, seen={header: found for header, found in self.seen.items() if header not in taken})


def barred(header: str) -> bool:
    """Whether a header says that its column is something else of a customer, or of something else.

    >>> [barred(header) for header in ("図書館名", "館長", "Marina", "Contact", "商品名")]
    [False, True, False, True, True]
    """
    word = plain(header)
    return names_nothing(header) or names_day(header) or any(one.search(word) for one in (NO_NAME, OTHERS))


def _is_text(found: Looks) -> bool:
    return found.numbers < 1 - MOSTLY and found.dates < 1 - MOSTLY and found.flags < DIFFERENT


def _is_said_otherwise(cells: pd.Series) -> bool:
    """Whether the cells are addresses, links, numbers, remarks, or lack where a name cannot."""
    texts = ids(cells).dropna()
    if len(texts) < FILLED * len(cells) or not len(texts):
        return True
    return bool(texts.str.len().mean() > LONGEST or texts.str.contains("[。、!?！？]", regex=True).mean() > 1 - FILLED
                or texts.map(lambda text: NO_CELL.fullmatch(text) is not None).mean() > 0.5)


def is_code(free: Free, header: str) -> bool:
    return _is_code(free.body[header])


def codes(free: Free) -> str:
    """The first column of codes that differ from row to row, or follow a customer through its rows."""
    return next((header for header in free.seen if not barred(header) and _is_code(free.body[header])
                 and _is_customers(free, header)), "")


def numbers_rows(free: Free, header: str) -> bool:
    """Whether codes are different in every row: of tickets or answers the number of each."""
    texts = ids(free.body[header]).dropna()
    return bool(texts.is_unique)


def _is_code(cells: pd.Series) -> bool:
    texts = ids(cells).dropna()
    return len(texts) >= FILLED * len(cells) and len(texts) > 0 and not is_counted(cells) and bool(
        texts.map(lambda text: ID.fullmatch(text) is not None).mean() >= MOSTLY)


def code_before(free: Free, name: str) -> str:
    """The column of codes to the left of a known name that goes one to one with it; none where there is none."""
    code = codes(free)
    headers = free.table.headers
    is_left = bool(code) and headers.index(code) < headers.index(name) and not OWN.fullmatch(plain(code))
    return code if is_left and go_together(free.body, code, name) else ""


def beside(free: Free, key: str) -> Candidates:
    """Names beside a known key: one for each, and hardly one for two."""
    return _ranked(free, [header for header in free.texts if header != key and go_together(free.body, key, header)],
                   stem_of(key))


def alone(free: Free, *, is_of_events: bool = False) -> Candidates:
    """Names where no key is known: different in most rows, the same month by month, or by their look in several rows.

    is_of_events : rows are answers, use, tickets or the like, of which a customer may have any number
    """
    several = [header for header in free.texts if ids(free.body[header]).nunique() >= FEWEST_ROWS]
    return _ranked(free, [header for header in several if _is_customers(free, header) or (
        is_of_events and several == [header]) or _looks_like_names(free, header, is_of_events)], "")


def _looks_like_names(free: Free, header: str, is_of_events: bool) -> bool:
    names = ids(free.body[header]).dropna()
    return (is_of_events or names.nunique() >= SEVERAL * len(names)) and _worth(free, header, "") >= STANDS_OUT


def most_different(free: Free) -> Candidates:
    """Of tickets and the like the text that takes the most values: there are more customers than kinds, states or
    people who answer. The others might be it as well."""
    counts = {header: ids(free.body[header]).nunique() for header in free.texts}
    ordered = sorted((header for header, count in counts.items() if count >= FEWEST_ROWS), key=lambda one: -counts[one])
    is_told = bool(ordered) and all(counts[ordered[0]] >= CLEARLY * counts[one] for one in ordered[1:])
    return Candidates(ordered[0], tuple(ordered[1:])) if is_told else Candidates()


def first_of_all(free: Free) -> str:
    """The first column of a table by months where each row has another text, although its header says that rows may be
    groups of customers: Property group. The user's own branches and departments are none."""
    headers = [header for header in free.table.headers[:2] if header in free.seen and _is_text(free.seen[header])]
    names = ids(free.body[headers[0]]).dropna() if headers else pd.Series(dtype=object)
    word = PERHAPS.sub("", plain(headers[0])).strip() if headers else ""
    is_told = len(names) >= FILLED * len(free.body) and names.is_unique and len(names) >= FEWEST_ROWS
    return headers[0] if is_told and not barred(word) else ""


def people(free: Free, key: str) -> str:
    """The names of people beside a known key, where no other column names it: members of a gym, pupils of a school."""
    return next((header for header in free.table.headers if PERSON.fullmatch(plain(header))
                 and go_together(free.body, key, header)), "")


def by_months(free: Free) -> Candidates:
    """Names of rows by months."""
    return _ranked(free, [header for header in free.texts
                          if _repeats_by_months(free, ids(free.body[header]).dropna())], "")


def go_together(body: pd.DataFrame, key: str, name: str) -> bool:
    pairs = pd.DataFrame({"key": ids(body[key]), "name": ids(body[name])}).dropna()
    keys = pairs["key"].nunique()
    return len(pairs) >= FILLED * len(body) and len(pairs.drop_duplicates()) <= keys / PAIRED \
        and pairs["name"].nunique() >= MOSTLY * keys and keys >= FEWEST_ROWS


def _is_customers(free: Free, header: str) -> bool:
    names = ids(free.body[header]).dropna()
    return len(names) > 0 and (names.nunique() >= DIFFERENT * len(names) or _repeats_by_months(free, names))


def _repeats_by_months(free: Free, names: pd.Series) -> bool:
    """Whether each stands once on each of several days, on which others stand as well, as in rows by months."""
    for header in free.table.headers[:12]:
        read = dates(free.body[header], numbers=False).days
        if np.isnat(read).mean() > 1 - FILLED:
            continue
        rows = pd.DataFrame({"name": names, "day": pd.Series(read, index=free.body.index)}).dropna()
        is_once = len(rows.drop_duplicates()) >= EACH_ONE * len(rows)
        shown, days = rows["name"].nunique(), rows["day"].nunique()
        if is_once and shown >= FEWEST_ROWS and days <= DIFFERENT * len(rows):
            return True
    return False


def stands_out(free: Free, header: str) -> bool:
    """Whether a column looks like one of customers by its own words or cells."""
    return header in free.seen and _worth(free, header, "") >= STANDS_OUT


def _ranked(free: Free, headers: Sequence[str], stem: str) -> Candidates:
    """The column that looks most like a name, and those that look nearly as much like one."""
    if not headers:
        return Candidates()
    worth = {header: _worth(free, header, stem) + 0.5 * (place == 0) for place, header in enumerate(headers)}
    best = max(headers, key=worth.__getitem__)
    return Candidates(best, tuple(header for header in headers
                                  if header != best and worth[best] - worth[header] < STANDS_OUT))


def _worth(free: Free, header: str, stem: str) -> float:
    word = plain(header)
    match = NAME.fullmatch(word)
    subject = ((match["stem"] or match["words"]) if match else word).strip()
    is_stem = bool(stem) and (stem in subject or subject in stem)
    like = ids(free.body[header]).dropna().map(lambda text: ORGANISATION.search(text) is not None).mean()
    is_subject = len(subject) > 1 and subject in free.title
    return 2.0 * is_stem + 1.0 * (match is not None) + 1.0 * is_subject + 1.0 * is_party(word) + 1.0 * bool(like >= 0.3)
