"""How each language writes the world's codes: one entry per word, Japanese and English side by side."""

from collections.abc import Mapping
from typing import Any, Literal

import pandas as pd

from sample_data.names import OWNERS

Language = Literal["ja", "en"]
LANGUAGES: tuple[Language, ...] = ("ja", "en")
INDEX: dict[Language, int] = {"ja": 0, "en": 1}

OWNER_WORDS = {f"owner{number}": names for number, names in enumerate(OWNERS)}
PEOPLE = {**OWNER_WORDS, "support": ("サポート窓口", "Support desk")}

WORDS: Mapping[str, Mapping[Any, tuple[str, str]]] = {
    "owner": OWNER_WORDS,
    "by": PEOPLE,
    "touch_model": {"high": ("ハイタッチ", "High touch"), "low": ("ロータッチ", "Low touch"),
                    "tech": ("テックタッチ", "Tech touch")},
    "industry": {
        "manufacturing": ("製造", "Manufacturing"), "retail": ("小売", "Retail"), "it": ("情報通信", "IT"),
        "healthcare": ("医療・福祉", "Healthcare"), "logistics": ("物流", "Logistics"),
        "construction": ("建設", "Construction"), "education": ("教育", "Education"),
        "hospitality": ("宿泊・飲食", "Hospitality"),
    },
    "region": {
        "hokkaido_tohoku": ("北海道・東北", "North"), "kanto": ("関東", "Capital area"), "chubu": ("中部", "Central"),
        "kansai": ("関西", "West"), "kyushu": ("九州", "South"),
    },
    "size": {"small": ("小規模（50名未満）", "Small (under 50)"),
             "medium": ("中規模（50〜299名）", "Medium (50 to 299)"),
             "large": ("大規模（300名以上）", "Large (300 and more)")},
    "source": {"referral": ("紹介", "Referral"), "web": ("Web問合せ", "Website"), "event": ("展示会", "Event"),
               "partner": ("代理店", "Partner")},
    "product": {"core": ("コア", "Core"), "insight": ("分析", "Insight"), "connect": ("連携", "Connect")},
    "plan": {"light": ("ライト", "Light"), "standard": ("スタンダード", "Standard"),
             "premium": ("プレミアム", "Premium")},
    "auto_renews": {True: ("あり", "Yes"), False: ("なし", "No")},
    "charge_kind": {"recurring": ("月額・年額", "Recurring"), "variable": ("従量", "Variable"),
                    "one_time": ("初期費用", "One-time"), "trial": ("トライアル", "Trial")},
    "interval": {"month": ("月払い", "Monthly"), "year": ("年払い", "Yearly"), "once": ("一括", "Once")},
    "feature": {
        "dashboard": ("ダッシュボード", "Dashboard"), "tasks": ("タスク管理", "Tasks"),
        "reports": ("レポート", "Reports"),
        "automation": ("自動化", "Automation"), "mobile": ("モバイル", "Mobile"), "api": ("API連携", "API"),
    },
    "survey_kind": {"nps": ("NPS", "NPS"), "csat": ("CSAT", "CSAT")},
    "respondent": {"admin": ("管理者", "Administrator"), "lead": ("現場リーダー", "Team lead"),
                   "executive": ("役員", "Executive")},
    "milestone": {
        "kickoff": ("キックオフ", "Kickoff"), "setup": ("初期設定", "Setup"), "import": ("データ移行", "Data import"),
        "training": ("管理者研修", "Admin training"), "first_report": ("初回レポート", "First report"),
    },
    "contact_kind": {"ticket": ("問合せ", "Ticket"), "meeting": ("ミーティング", "Meeting"), "mail": ("メール", "Mail"),
                     "call": ("電話", "Call")},
    "priority": {"low": ("低", "Low"), "normal": ("中", "Normal"), "high": ("高", "High"),
                 "urgent": ("緊急", "Urgent")},
    "status": {"resolved": ("解決済", "Resolved"), "in_progress": ("対応中", "In progress"),
               "unresolved": ("未解決", "Unresolved")},
    "reason": {
        "onboarding": ("導入・定着の失敗", "Onboarding failed"), "usage": ("活用が進まない", "Not used enough"),
        "support": ("サポート対応への不満", "Poor support"), "price": ("価格", "Price"),
        "business": ("事業・組織の都合", "Business or organisation change"),
        "competitor": ("他社へ切替", "Moved to another product"),
    },
}  # fmt: skip

SATISFACTION = {
    5: ("非常に満足", "Very satisfied"), 4: ("満足", "Satisfied"), 3: ("どちらともいえない", "Neutral"),
    2: ("不満", "Dissatisfied"), 1: ("非常に不満", "Very dissatisfied"),
}  # fmt: skip

KIND_WORDS = {"surveys": "survey_kind", "interactions": "contact_kind"}


def said(name: str, field: str, code: object, language: Language) -> object:
    """A cell's value in a language: codes become words, everything else stays; blanks stay blank."""
    if code is None:
        return None
    words = WORDS.get(KIND_WORDS.get(name, field) if field == "kind" else field)
    return words[code][INDEX[language]] if words else code


def amounts(rows: pd.DataFrame, language: Language) -> list[int]:
    """What is charged per billing interval, before discount, in the language's currency."""
    fees = rows["fee_jpy" if language == "ja" else "fee_usd"]
    return [fee * (12 if interval == "year" else 1) for fee, interval in zip(fees, rows["interval"], strict=True)]


def monthly_net(rows: pd.DataFrame, language: Language) -> list[float]:
    """The monthly fee after discount (the whole for one-time rows): whole yen, or dollars with cents."""
    fees = rows["fee_jpy" if language == "ja" else "fee_usd"]
    net = [round(fee * (1 - discount), 2) for fee, discount in zip(fees, rows["discount"], strict=True)]
    return [round(fee) for fee in net] if language == "ja" else net
