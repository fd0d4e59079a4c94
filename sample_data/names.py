"""Invented names, in Japanese with their reading and in English, drawn without repetition."""

from dataclasses import dataclass
from random import Random

# (Japanese, reading, English). The compounds are made up so as not to be a known firm's.
STEMS = [
    ("蒼凪", "アオナギ", "Bluecalm"), ("霧丘", "キリオカ", "Mistholm"), ("灯浜", "ヒハマ", "Lampshore"),
    ("星汀", "ホシナギサ", "Starstrand"), ("楓野", "カエデノ", "Mapleford"), ("銀沼", "ギンヌマ", "Silvermere"),
    ("朝澄", "アサズミ", "Clearmorn"), ("雪峰", "ユキミネ", "Snowcrest"), ("潮音", "シオネ", "Tidebell"),
    ("木漏", "コモレ", "Leaflight"), ("月影台", "ツキカゲダイ", "Moonledge"), ("碧原", "アオハラ", "Jadefield"),
    ("虹坂", "ニジサカ", "Arcslope"), ("白萩", "シラハギ", "Whitebush"), ("茜谷", "アカネダニ", "Madderdale"),
    ("若汐", "ワカシオ", "Newtide"), ("風舞", "カザマイ", "Windreel"), ("瑞渓", "ズイケイ", "Freshgill"),
    ("千灯", "チトモシ", "Thousandlamp"), ("翠湾", "スイワン", "Greenbight"), ("鈴森", "スズモリ", "Bellgrove"),
    ("遠雷", "エンライ", "Farthunder"), ("桜渡", "サクラド", "Cherryferry"), ("藍里", "アイサト", "Indigoham"),
    ("陽向野", "ヒナタノ", "Sunnylea"), ("砂紋", "サモン", "Sandripple"), ("氷見坂", "ヒミザカ", "Frostbrae"),
    ("竹響", "タケヒビ", "Caneecho"), ("夕凪島", "ユウナギジマ", "Eveningisle"), ("光塔", "コウトウ", "Raytower"),
]  # fmt: skip

# Kinds of business per industry, in the same three writings.
TRADES = {
    "manufacturing": [("精機", "セイキ", "Instruments"), ("製作所", "セイサクショ", "Works"),
                      ("工業", "コウギョウ", "Industries")],
    "retail": [("商店", "ショウテン", "Stores"), ("マート", "マート", "Mart"), ("百貨", "ヒャッカ", "Emporium")],
    "it": [("システムズ", "システムズ", "Systems"), ("ソフト", "ソフト", "Software"), ("データ", "データ", "Data")],
    "healthcare": [("メディカル", "メディカル", "Medical"), ("ケアサービス", "ケアサービス", "Care"),
                   ("薬品", "ヤクヒン", "Pharmacy")],
    "logistics": [("運輸", "ウンユ", "Transport"), ("倉庫", "ソウコ", "Storage"),
                  ("ロジスティクス", "ロジスティクス", "Logistics")],
    "construction": [("建設", "ケンセツ", "Construction"), ("工務店", "コウムテン", "Builders"),
                     ("設備", "セツビ", "Fittings")],
    "education": [("学園", "ガクエン", "Academy"), ("ゼミナール", "ゼミナール", "Tutoring"),
                  ("教育出版", "キョウイクシュッパン", "Learning")],
    "hospitality": [("ホテルズ", "ホテルズ", "Hotels"), ("フーズ", "フーズ", "Foods"), ("観光", "カンコウ", "Travel")],
}  # fmt: skip

FORMS = [("株式会社{}", "{} Inc."), ("{}株式会社", "{} Ltd."), ("合同会社{}", "{} LLC")]

BRANCHES = [
    ("札幌店", "サッポロテン", "North", "hokkaido_tohoku"), ("仙台店", "センダイテン", "Northeast", "hokkaido_tohoku"),
    ("東京本店", "トウキョウホンテン", "Capital", "kanto"), ("横浜店", "ヨコハマテン", "Bay", "kanto"),
    ("名古屋店", "ナゴヤテン", "Central", "chubu"), ("大阪店", "オオサカテン", "West", "kansai"),
    ("福岡店", "フクオカテン", "South", "kyushu"),
]  # fmt: skip

OWNERS = [
    ("小鳥遊 澪", "Mia Larkfield"), ("東雲 駿", "Owen Dawnley"), ("一ノ瀬 楓", "Tess Rapidford"),
    ("鷹取 誠", "Noel Hawkridge"), ("水無月 遥", "June Dryden-Vale"), ("七瀬 陸", "Reed Sevenoak"),
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Name:
    """One name, as each language writes it."""

    ja: str
    reading: str
    en: str


class NameBox:
    """Names not yet given to anyone, per industry."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._left = {trade: [(s, t) for s in STEMS for t in kinds] for trade, kinds in TRADES.items()}
        for pairs in self._left.values():
            rng.shuffle(pairs)

    def plain(self, industry: str) -> Name:
        """A name without its legal form, for a group of stores."""
        stem, trade = self._left[industry].pop()
        return Name(stem[0] + trade[0], stem[1] + trade[1], f"{stem[2]} {trade[2]}")

    def company(self, industry: str) -> Name:
        """A company with its legal form; the reading leaves the form out, as Japanese ledgers do."""
        plain = self.plain(industry)
        form_ja, form_en = self._rng.choices(FORMS, weights=[45, 45, 10])[0]
        return Name(form_ja.format(plain.ja), plain.reading, form_en.format(plain.en))


def store(group: Name, branch: tuple[str, str, str, str]) -> Name:
    """The name of one store of a group."""
    return Name(f"{group.ja} {branch[0]}", f"{group.reading} {branch[1]}", f"{group.en} {branch[2]}")
