"""A customer's name as it is compared: legal form, honorific, width, blanks and signs do not count."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from rapidfuzz.distance import OSA

from cs_kpi.ingest.naming.words import nfkc

JAPANESE_FORMS = re.compile(
    r"株式会社|有限会社|合同会社|合資会社|合名会社|一般社団法人|公益社団法人|一般財団法人|公益財団法人|社会福祉法人|特定非営利活動法人|医療法人社団|医療法人財団|医療法人"
    r"|学校法人|npo法人|\((?:株|有|同|資|名|一社|一財|公社|公財|医|学|福)\)|^(?:株|有|同)\)|\((?:株|有|同)$"
    r"|かぶしきがいしゃ|かぶしきかいしゃ|ゆうげんがいしゃ|ごうどうがいしゃ|カブシキガイシャ|カブシキカイシャ|ユウゲンガイシャ|ゴウドウガイシャ"
    r"|^[カユド]\)|\([カユド]\)|\([カユド]$")
"""Legal forms that stand before or behind a name, also with one bracket as banks write them."""
ENGLISH_FORMS = frozenset((
    "inc", "incorporated", "ltd", "limited", "co", "company", "corp", "corporation", "llc", "llp", "lp", "plc", "gmbh",
    "ag", "sa", "sas", "srl", "bv", "nv", "ab", "oy", "kk", "pty", "pte"))
"""Words at the end of a name that say what kind of company it is."""
HONORIFIC = re.compile(r"(?<=.)(?:様|御中|殿)$")
SIGNS = re.compile(r"[\s,、。・･/\\&＆+_\-‐‑–—―~〜!'\"“”«»*#:;|()\[\]{}<>「」『』【】]+")
DOTS = re.compile(r"[.'’]")
HIRAGANA = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゖ") + 1)}
VARIANTS = str.maketrans(
    "髙﨑邊邉齋齊澤廣國眞櫻濵濱嶋嶌冨瀨德榮會學圓實惠緖藏靜龍豐關鐵應驛舘峯槇淺鷗",
    "高崎辺辺斎斉沢広国真桜浜浜島島富瀬徳栄会学円実恵緒蔵静竜豊関鉄応駅館峰槙浅鴎")
"""Old and new forms of one kanji, which NFKC leaves apart."""
NUMBERS = re.compile(r"\d+|\b[ivx]+\b")
SHORTEST = 5
"""A name of fewer signs may differ in one of them and be another word."""
SHORTEST_WORD = 4
KANJI = re.compile(r"[㐀-鿿豈-﫿々]")
MOST_ALIKE = 50
"""More names than these that share all but one sign are a series (Store 1, Store 2 ...), not slips."""
LATIN = re.compile(r"[a-z]+")


def written(text: str) -> str:
    """A name as ids are read: width and blanks made one, nothing else; names that are alike so are the same name."""
    return " ".join(nfkc(text).split())


SHORT_FORMS = {"(株)": "株式会社", "(有)": "有限会社", "(同)": "合同会社", "(資)": "合資会社", "(名)": "合名会社"}
"""㈱ is no other legal form than 株式会社, while 山田㈱ is another company than ㈱山田."""
FORM = re.compile("|".join(map(re.escape, SHORT_FORMS)))
GAP_AT_FORM = re.compile(r"(?<=会社)\s+|\s+(?=(?:株式|有限|合同|合資|合名)会社)")


def spelled_out(text: str) -> str:
    """A name as ids are read, with its legal form written out where it stands.

    >>> spelled_out("㈱ 山田") == spelled_out("株式会社　山田"), spelled_out("山田（株）"), spelled_out("Acme")
    (True, '山田株式会社', 'Acme')
    """
    return GAP_AT_FORM.sub("", FORM.sub(lambda found: SHORT_FORMS[found[0]], written(text)))


@lru_cache(maxsize=1 << 17)
def words(text: str) -> tuple[str, ...]:
    """The words of a name in small letters, without legal form and honorific.

    >>> words("Blue Sky Co., Ltd."), words("㈱　山田商店　御中"), words("Ｙａｍａｄａ株式会社")
    (('blue', 'sky'), ('山田商店',), ('yamada',))
    """
    plain = HONORIFIC.sub("", nfkc(text).translate(VARIANTS).casefold()).strip()
    without = JAPANESE_FORMS.sub(" ", plain)
    found = SIGNS.sub(" ", DOTS.sub("", without)).split()
    while len(found) > 1 and found[-1] in ENGLISH_FORMS:
        found.pop()
    return tuple(found) or (plain,)


def bare(text: str) -> str:
    """The name as it is compared.

    >>> {bare(name) for name in ("(株)山田", "株式会社 山田", "山田㈱", "ﾔﾏﾀﾞ")} == {"山田", "ヤマダ"}
    True
    >>> bare("Blue-Sky Inc.") == bare("ＢＬＵＥ ＳＫＹ, Limited")
    True
    """
    return "".join(words(text))


@lru_cache(maxsize=1 << 17)
def reading(kana: str) -> str:
    """A furigana as it is compared: katakana without legal form, blanks and signs.

    >>> reading("やまだ"), reading("ｶ)ﾔﾏﾀﾞ"), reading("ヤマダ　カブシキガイシャ")
    ('ヤマダ', 'ヤマダ', 'ヤマダ')
    """
    return "".join(words(nfkc(kana))).translate(HIRAGANA)


def is_slip(one: str, other: str) -> bool:
    """Whether two names differ by one slip of the pen: a sign too many, too few, another one, or two swapped.

    Another number is another shop, another kanji another word, and so is a short word; these are no slips.

    >>> is_slip("Cherryferry Storage", "Cherryfery Storage"), is_slip("コンピュータ開発", "コンピューター開発")
    (True, True)
    >>> is_slip("Branch Tokyo 12", "Branch Tokyo 13"), is_slip("東日本電気工業", "西日本電気工業")
    (False, False)
    >>> is_slip("山田商店A支店", "山田商店B支店")
    False
    """
    left, right = bare(one), bare(other)
    if min(len(left), len(right)) < SHORTEST or left == right or OSA.distance(left, right, score_cutoff=1) > 1:
        return False
    if NUMBERS.findall(" ".join(words(one))) != NUMBERS.findall(" ".join(words(other))):
        return False
    if KANJI.findall(left) != KANJI.findall(right):
        return False
    differing = {*LATIN.findall(" ".join(words(one)))} ^ {*LATIN.findall(" ".join(words(other)))}
    return min(map(len, differing), default=SHORTEST_WORD) >= SHORTEST_WORD


def slips(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs of names that differ by one slip, each once, in order.

    Names are put together by what is left of them without one sign, which two names share when they differ by one
    slip, and by their numbers and kanji; so the work grows with the names, not with their pairs.
    """
    known = sorted(set(names))
    groups: dict[int, list[int]] = {}
    for place, name in enumerate(known):
        key = bare(name)
        if len(key) >= SHORTEST:
            kept = (*NUMBERS.findall(" ".join(words(name))), *KANJI.findall(key))
            for left in {key, *(key[:at] + key[at + 1:] for at in range(len(key)))}:
                groups.setdefault(hash((left, kept)), []).append(place)
    seen: set[tuple[int, int]] = set()
    for places in groups.values():
        if 1 < len(places) <= MOST_ALIKE:
            seen.update((one, other) for at, one in enumerate(places) for other in places[at + 1:])
    for one, other in sorted(seen):
        if is_slip(known[one], known[other]):
            yield known[one], known[other]
