"""What the parts of Japanese headers make together, and which of them mean something else."""

from __future__ import annotations

import re

from cs_kpi.ingest.naming import records_ja, terms_ja
from cs_kpi.ingest.naming.parts_ja import KEYS, NAMES, UNIT, WHEN, WHO

__all__ = ["KEYS", "NAMES", "UNIT", "WHO", "is_of_another", "likely", "plainer", "sure", "vague"]

NOT_A_TERM = re.compile(
    "トライアル|試用|試験|試し|無料|体験|キャンペーン|受付|申込|申出|申請|担当|割引|値引|特典|予定|予告|募集|研修"
    "|移行|工事|会議|面談|"
    "営業|対応|作業|休会|休止|次回|前回|最終|見込|旧|稼働|導入|運用|設定|本番|検討|商談|集計|会計|通話|受講|視聴|"
    "セッション|ログイン|操作|開発|保証|メール|配信|アンケート|調査|回答|イベント|プロジェクト|オンボ|事業"
    "|フェーズ|期限|点検|検査|修理|検収|納品|発送|製造|発売|販売|建設|着工|工期|雇用|勤務|就業|在職|入社")
"""Words of other things that begin and end."""
TO_COME = re.compile("予定|次回|見込")
"""What the end of a term always is."""
NOT_A_FEE = re.compile(
    "割引(?!後)|値引き?(?!き?後)|超過|従量|平均|累計|目標|限度|上限|下限|過去|前月|先月|来月|翌月|前年|差額|原価|コスト|予算|手数料"
    "|仕入|増減|減少|"
    "増加|見込|予定|予測|旧|改定前|変更前|初期|割合|解約|失注|粗利|返金|未収|入金|人|件|率|比|税額|消費税|月.*年")
THEIRS = ("様|(?:先方|窓口|顧客|客先|取引先|貴社|御社|企業|会社|契約|経理|推進|解約|前任)ご?担当|役職|部署|id$|番号$")
"""People of the customer, and what is said of people."""
UNITS = "課$|部$|係$|室$|班$|部門|グループ|チーム|支店|営業所|拠点|エリア"
"""Parts of a company, which are no people."""
NOT_NEARLY = {field: re.compile(pattern) for field, pattern in {
    "answered_on": "配信|送付|依頼|期限|期日|予定",
    "billing_interval": "サイト|期限|期日|日|条件",
    "by": f"先方|{THEIRS}|{UNITS}",
    "cancelled_on": "予定|先|担当|方法",
    "comment": "数$|有無$|日$|者$",
    "count": "回答|残|失敗|平均|上限|目標|エラー|再|返信|コメント",
    "customer_id": "業種|割引|電話|数$|社員|職員|従業員|教員|工員|商品|品番|伝票|請求書|見積|受付|案件",
    "customer_name": "担当|窓口",
    "date": "生年|期限|期日|予定|次回",
    "discount": "前|後|理由|期間|日|コード|種別|区分|名|有無",
    "has_left": "届|書|予定|予兆|リスク|見込|意向|防止|可能|検討|違約|金$|形態|率$|更新|変更",
    "kind": "id$|no$|番号$|日$",
    "milestone": "数$|率$|担当|日$|番号$",
    "minutes": "平均|目標|標準|残|応答|対応|所要|経過|解決",
    "mrr": "週|日額|四半期|半年|半期",
    "note": "数$|有無$|日$|者$",
    "onboarding_completed_on": "オンボ.*開始|予定|率|期間",
    "owner": f"{THEIRS}|{UNITS}",
    "plan": "支援|前|旧|変更|希望|提案",
    "product": "他社|競合|移行先|乗り?換",
    "respondent": "数|率|役職|部署|部門|所属|属性|種別|区分|年代|性別|分類",
    "score": "拠点|健康|活用|分類|回答率|回答数|スコア差|変化|配信|平均|目標|有無|区分|前回比",
    "seats": "残|空|未|休眠|追加|増減|アクティブ|ログイン|(?<=.)単位$",
    "status": "更新|配信|請求|入金|契約|利用|会員|顧客|送付",
    "subscription_id": "数$|区分|種別|状態",
    "tenure_months": "最低|最短|無料|試用|縛り|割引|支払|保証",
    "term_end": "日時",
    "user_id": "数|人$",
    "value": "日$|者$"}.items()}
"""Parts of words that are only like those of a field, and mean something else."""
OF_A_PERSON = re.compile("姓|名(?:カナ|かな|フリガナ)|氏名|担当|代表")
BEGUN = re.compile("導入|稼働|運用|本番|申込|事業|募集|担当")
RULES, OPEN, VAGUE = (tuple((table, field, re.compile(pattern)) for table, field, pattern in one) for one in (
    (*terms_ja.RULES, *records_ja.RULES), (*records_ja.OPEN, *terms_ja.OPEN), records_ja.VAGUE))
COURTESY = re.compile("税[抜込]き?み?(?=.)|税別(?=.)|"
                      "(?:ご|御)(?=契約|利用|請求|登録|解約|退会|入会|加入|連絡|要望|購入|注文)|お(?=支払|申込)")


def plainer(word: str) -> str:
    """A header without the signs of courtesy that change nothing: 月額ご利用料 is 月額利用料."""
    return COURTESY.sub("", word)


def sure(word: str) -> list[tuple[str, str]]:
    """The field whose known parts make up a word; none of a table where it could be several."""
    found = [(table, field) for table, field, pattern in RULES if pattern.fullmatch(plainer(word))]
    tables = [table for table, _field in found]
    return [(table, field) for table, field in found if tables.count(table) == 1]


def likely(word: str) -> list[tuple[str, str]]:
    """The fields that a word names by its last part, whatever stands before it, if that is nothing else's."""
    bare = plainer(word)
    return [(table, field) for table, field, pattern in OPEN
            if pattern.fullmatch(bare if table != "surveys" else word) and not _is_barred(field, bare)]


def vague(word: str) -> list[tuple[str, str]]:
    """The fields that a word names where no other header does so better."""
    return [(table, field) for table, field, pattern in VAGUE if pattern.fullmatch(plainer(word))]


def _is_barred(field: str, word: str) -> bool:
    if field in ("mrr", "amount"):
        return NOT_A_FEE.search(word) is not None
    if field == "furigana":
        return OF_A_PERSON.match(word) is not None
    is_term = field in ("start_date", "end_date", "term_end")
    word = TO_COME.sub("", word) if field == "term_end" else word
    return is_term and NOT_A_TERM.search(word) is not None and not re.fullmatch(f"導入{WHEN}", word)


def is_of_another(field: str, word: str) -> bool:
    """Whether a part of the header says that it is no term, or no fee of today; what a customer begins with
    (導入開始日, 稼働開始日) may be its start."""
    if field in ("start_date", "started_on"):
        return _is_barred("start_date", BEGUN.sub("", word))
    other = NOT_NEARLY.get(field)
    return _is_barred(field, word) or (other is not None and other.search(word) is not None)
