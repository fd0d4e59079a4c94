"""Words of headers that are the key or the name of something, and of what they are never a customer's."""

from __future__ import annotations

import re

from cs_kpi.ingest.words import plain

KEY = re.compile(r"(?P<stem>.+?)(?:管理)?(?:id|コード|cd|no|番号|ナンバー)"
                 r"|(?P<words>.+) (?:id|no|nr|number|code|key|ref|reference)")
NAME = re.compile(r"(?P<stem>.+?)(?:様)?(?:名称?|名前|の名称)|(?P<words>.+) name")
OTHERS = re.compile(
    "商品|製品|品目|サービス|プラン|請求書|伝票|注文|受注|発注|見積|案件|問い?合|受付|チケット|担当|社員|従業員|職員|スタッフ|"
    "電話|携帯|fax|郵便|口座|銀行|支店|部門|部署|拠点|倉庫|地域|エリア|地区|業種|業態|分類|区分|カテゴリ|レコード|メール|利用者|ユーザー?|回答|"
    "アンケート|通貨|代理店|販売店|パートナー|紹介|ロット|シリアル|車両|都道府県|国|言語|税|インボイス|登録|法人番号|物件|親|本社|グループ|"
    "行|枝|連|バージョン|機能|項目|理由|オプション|キャンペーン|クーポン|"
    r"\b(?:contract|subscription|product|item|plan|invoice|order|ticket|case|opportunity|deal|user|respondent|"
    r"collector|phone|fax|zip|postal|post|currency|bank|agent|employee|staff|rep|record|row|line|transaction|payment|po|"
    r"version|serial|campaign|ip|region|country|area|branch|department|reason|email|parent|partner|reseller|coupon|event|"
    r"session|conversation|usage|log|activity|survey|answer|response|milestone|step|task|message|note|external|language|tax|vat|promo|source|group|category|owner|manager|admin|device|feature)\b")
OWN = re.compile("(?:ご?契約|定期(?:購入)?|申込|サブスク)(?:id|コード|cd|no|番号)")


def stem_of(header: str) -> str:
    """What a header is the key of; nothing where it is none.

    >>> [stem_of(header) for header in ("医院コード", "Property ID", "会員No.", "No.", "ID", "月額")]
    ['医院', 'property', '会員', '', '', '']
    """
    match = KEY.fullmatch(plain(header))
    return (match["stem"] or match["words"]).strip() if match else ""
