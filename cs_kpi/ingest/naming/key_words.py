"""Words of headers that are the key or the name of something, and of what they are never a customer's."""

from __future__ import annotations

import re

from cs_kpi.ingest.naming.words import plain

KEY = re.compile(r"(?P<stem>.+?)(?:管理)?(?:id|コード|cd|no|番号|ナンバー)"
                 r"|(?P<words>.+) (?:id|no|nr|number|code|key|ref|reference)")
NAME = re.compile(r"(?P<stem>.+?)(?:様)?(?:名称?|名前|の名称)|(?P<words>.+) name")
OTHERS = re.compile(
    "商品|製品|品目|仕入|サービス|プラン|請求書|伝票|注文|受注|発注|見積|案件|問い?合|受付|チケット|担当|社員|従業員|職員|スタッフ|"
    "電話|携帯|fax|郵便|口座|銀行|支店|部門|部署|拠点|倉庫|地域|エリア|地区|業種|業態|分類|区分|カテゴリ|レコード|メール|利用者|ユーザー?|回答|"
    "アンケート|通貨|代理店|販売店|パートナー|紹介|ロット|シリアル|車両|都道府県|国|言語|税|インボイス|登録|法人番号|名刺|物件|親|本社|グループ|"
    "証券|銘柄|請求(?!先)|稟議|割引|製造番号|端末|対応|面談|活動|記録|議事録|ログ|イベント|セッション|リクエスト|設問|画面|教材|講座|"
    "コンテンツ|エラー|結果|"
    "行|枝|連|バージョン|機能|項目|理由|オプション|キャンペーン|クーポン|"
    r"\b(?:contract|subscription|product|item|plan|invoice|order|ticket|case|opportunity|opp|oppty|deal|agreement|quote|user|respondent|"
    r"collector|phone|fax|zip|postal|post|currency|bank|agent|employee|staff|rep|record|row|line|transaction|payment|po|"
    r"version|serial|campaign|ip|region|country|area|branch|department|reason|email|parent|partner|reseller|coupon|event|"
    r"session|conversation|usage|log|activity|survey|answer|response|milestone|step|task|message|note|external|language|tax|vat|promo|source|group|category|owner|manager|admin|device|feature|discount|cost|"
    r"charge|sort|deposit|paid|prepaid|comment|feedback|contact|request|issue|price|csm|segment|sic|type|registration|week|sr|sl|s)\b")
PARTY = re.compile(r".+(?:企業|会社|法人|団体|組合|店|店舗|施設|病院|医院|学校|先)(?:様?名)?")
NO_PARTY = re.compile(
    "仕入|連絡先|宛|送付|請求先|支払|振込|乗り?換|移行先|委託|外注|勤務|転職|他社|競合|代理|販売|取次|親|子会社|グループ|運営|管理|関連|リース|保険|"
    "信販|決済|参照|リンク|保存|配送|届け?先|出荷|出力|遷移|優先|紹介|自社|当社|弊社|支店|本店|工事|前職|投資|出資|製造|開発|検収|提携|出張")
"""How Japanese calls whom something is done for (派遣先, 受講企業), and those for whom it is not done for a fee."""
OWN = re.compile("(?:ご?契約|定期(?:購入|寄付)?|継続(?:寄付|購入|課金|契約)?|申込|サブスク)(?:id|コード|cd|no|番号)")


def is_party(word: str) -> bool:
    """Whether a plain word is made as the names of customers are.

    >>> [is_party(word) for word in ("派遣先", "受講企業", "仕入先", "代理店", "商品")]
    [True, True, False, False, False]
    """
    return PARTY.fullmatch(word) is not None and NO_PARTY.search(word) is None


def stem_of(header: str) -> str:
    """What a header is the key of; nothing where it is none.

    >>> [stem_of(header) for header in ("医院コード", "Property ID", "会員No.", "No.", "ID", "月額")]
    ['医院', 'property', '会員', '', '', '']
    """
    match = KEY.fullmatch(plain(header))
    return (match["stem"] or match["words"]).strip() if match else ""
