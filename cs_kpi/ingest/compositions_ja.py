"""The parts of Japanese headers: 契約 and 開始 and 日, 月額 and 警備 and 料."""

from __future__ import annotations

import re

WHO = ("(?:ご?契約者|ご?契約先|ご?契約企業|顧客|お客様|お客さま|客先|得意先|取引先|請求先|納品先|納入先|訪問先|会員"
       "|加盟店|店舗|施設|企業|会社|貴社|御社|団体|自治体|学校|医院|病院|クリニック|事業所|事業者|導入先|導入企業|利用企業"
       "|ユーザー企業|エンドユーザー?|顧問先|荷主|サロン|ショップ|テナント|クライアント|アカウント|行ラベル)")
KEYS = rf"(?:システム|自社|弊社|当社|社内)?{WHO}(?:様)?(?:管理)?(?:id|コード|cd|no|番号|ナンバー|キー)"\
       rf"(?:または{WHO}(?:コード|id|番号))?1?"
NAMES = rf"{WHO}(?:様名|様名称|名称?|の名称|正式名称|様)"
WHAT = "(?:ご?契約|ご?利用|サービス|課金|提供|適用|サブスク|サブスクリプション|プラン|ライセンス)"
WHEN = "(?:年月日|年月|日付|日|月)"
ANY = r"[^\d\s]{0,8}?"
NOT_A_TERM = re.compile(
    "トライアル|試用|試験|試し|無料|体験|キャンペーン|受付|申込|申出|申請|担当|割引|値引|特典|予定|予告|募集|研修|移行|工事|会議|面談|"
    "営業|対応|作業|休会|休止|次回|前回|最終|見込|旧|稼働|導入|運用|設定|本番|検討|商談|集計|会計|通話|受講|視聴|"
    "セッション|ログイン|操作|開発|保証|メール|配信|アンケート|調査|回答|イベント|プロジェクト|オンボ|事業|フェーズ|期限|点検|検査|修理|検収|納品|発送|製造|発売|販売|建設|着工|工期|雇用|勤務|就業|在職|入社")
"""Words of other things that begin and end."""
NOT_A_FEE = re.compile(
    "割引|値引|超過|従量|平均|累計|目標|限度|上限|下限|過去|前月|先月|来月|翌月|前年|差額|原価|コスト|予算|手数料|仕入|増減|減少|"
    "増加|見込|予定|予測|旧|改定前|変更前|初期|割合|解約|失注|粗利|返金|未収|入金|人|件|率|比|税額|消費税|月.*年")
NOT_NEARLY = {"discount": re.compile("前|後|理由|期間|日|コード|種別|区分|名|有無"), "term_end": re.compile("日時"),
              "user_id": re.compile("数|人$"), "customer_id": re.compile(
                  "数$|社員|職員|従業員|教員|工員|商品|品番|伝票|請求書|見積|受付|案件"),
              "subscription_id": re.compile("数$"), "billing_interval": re.compile("サイト|期限|期日|日|条件")}
"""Parts of words that are only like those of a field, and mean something else."""
OF_A_PERSON = re.compile("姓|名(?:カナ|かな|フリガナ)|氏名|担当|代表")
BEGUN = re.compile("導入|稼働|運用|本番|申込|事業|募集|担当")
RULES = tuple((table, field, re.compile(pattern)) for table, field, pattern in (
    ("subscriptions", "mrr", "(?:月額|月次|毎月の?)(?:基本|固定|利用|契約|請求|合計|サービス|売上|定額"
                             "|システム)?(?:利用)?"
                             "(?:料金?|費用?|額|金額|売上|請求額)?"),
    ("subscriptions", "start_date", f"{WHAT}(?:の)?(?:開始|締結|開通){WHEN}?|(?:開始|締結|開通){WHEN}"),
    ("subscriptions", "end_date", f"{WHAT}(?:の)?(?:終了|解約|停止){WHEN}?|(?:終了|解約|退会){WHEN}"),
    ("subscriptions", "term_end", f"{WHAT}(?:の)?(?:満了|満期|更新){WHEN}|(?:満了|満期|更新期限){WHEN}?")))
KIND = "(?:区分|種別|種類|カテゴリー?|分類|タイプ)"
ENQUIRY = "(?:お?問い?合わ?せ|面談|対応|相談|会議|商談|訪問|打ち?合わ?せ|定例会?|チケット|活動|連絡|架電)"
USE = "(?:利用|操作|アクセス|ログイン|実行|起動|閲覧|視聴|受講|出荷|処理|使用|送信|発行)"
MONEY = "(?:料金?|費用?|額|会費|報酬|賃料|代金?|計|定価|単価)"
UNIT = "(?:id|席|ユーザー?|人|名|台|アカウント|ライセンス|店舗|拠点|口|端末|シート)"
"""What is counted where a price is that of one."""
THINGS = "回線|端末|機器|デバイス|センサー|カメラ"
"""What is rented out by number."""
OPEN = tuple((table, field, re.compile(pattern)) for table, field, pattern in (
    ("subscriptions", "mrr", f"(?:月額|月次|毎月の?|月々の?){ANY}{MONEY}|月(?:会費|謝|ぎめ料金)"
                             f"|1? ?{UNIT}(?:あたり|当たり|当り)?の?月額{MONEY}?"),
    ("subscriptions", "amount", f"(?:1|一)(?:回|配送|本|箱)(?:あたり|当たり|の)の?{ANY}(?:額|料金|価格)"
                                f"|(?:システム|サービス|クラウド|ソフト|ライセンス|年間|年額){ANY}(?:料金?|費用?|額)"),
    ("subscriptions", "start_date", f"{ANY}(?:開始|締結|開通|入会|加入|入居|始期|発効|開設){WHEN}?の?{WHEN}"
                                    f"|初回(?:お?届け?|配送|課金|請求|注文|出荷){WHEN}|導入{WHEN}|契約始期|開始|(?:契約|利用)期間(?:自|から|始)"),
    ("subscriptions", "end_date", f"{ANY}(?:終了|解約|停止|退会|解除|撤退|終期|脱退|退店|退去|閉店|廃止)"
                                  f"{WHEN}?の?{WHEN}"
                                  "|契約終期|終了|(?:契約|利用)期間(?:至|まで|終)"),
    ("subscriptions", "term_end", f"{ANY}(?:満了|満期){WHEN}"),
    ("subscriptions", "billing_interval", "(?:お?届け?|配送|ご?請求|お?支払い?|課金|決済|引落し?|契約)の?"
                                          "(?:サイクル|周期|間隔|頻度)"),
    ("subscriptions", "charge_kind", f"(?:料金|課金|費用|請求|明細)の?{KIND}"),
    ("subscriptions", "subscription_id", "(?:ご?契約|定期(?:購入)?|サブスク|申込|ライセンス)(?:管理)?"
                                         "(?:id|no|番号|コード|cd|キー)"),
    ("subscriptions", "product", "(?:商品|製品|サービス|品目)名?|品名|(?:契約|ご利用)(?:商品|製品|サービス)名?"),
    ("subscriptions", "seats", f"(?:ご?契約|ご?利用|導入|設置|総)?(?:{THINGS})?(?:台|{THINGS}|口|席|シート)数"),
    ("usage", "date", f"{USE}(?:年月日|日時|日付|日)"),
    ("usage", "count", f"{USE}(?:回数|件数|数)"),
    ("usage", "minutes", f"{USE}(?:時間分?|分数?)"),
    ("usage", "feature", f"{USE}(?:した|された)?(?:機能|画面|メニュー)名?"
                         "|(?:講座|教材|動画|メニュー|コンテンツ|レポート)名"),
    ("interactions", "date", f"(?:受付|起票|来訪|開催|{ENQUIRY})(?:年月日|日時|日付|日)"),
    ("interactions", "kind", f"(?:受付|{ENQUIRY})の?(?:{KIND}|形式|方法|手段|チャネル)|手段"),
    ("interactions", "status", "(?:対応|処理|解決)(?:状況|状態|ステータス)"),
    ("interactions", "by", "(?:弊社|当社|自社)(?:担当|対応)者?|(?:受付|対応|訪問)(?:担当)?者名?"),
    ("interactions", "note", f"議事(?:録|メモ|内容)?|{ENQUIRY}の?(?:内容|メモ|概要|詳細|記録)"),
    ("cancellations", "reason", f"(?:解約|退会|離脱)(?:の|した)(?:理由|事由|要因|原因)(?:{KIND})?"
                                f"|(?:解約|退会|離脱)(?:事由|要因|原因)(?:{KIND})?"),
    ("cancellations", "cancelled_on", "(?:解約|退会)(?:年月|月|年月日)"),
    ("cancellations", "comment", "(?:解約|退会|離脱)(?:の)?(?:理由|要因)?の?(?:詳細|コメント|自由記述|経緯|背景)"),
    ("pulse", "value", "(?:csm|cs|担当者?)の?(?:評価|所感|スコア|温度感|判定)"),
    ("pulse", "date", "(?:評価|所感|記入)(?:年月日|日付|日)"),
    ("pulse", "note", "(?:評価|所感)の?(?:コメント|メモ|備考|理由)"),
    ("customers", "owner", "(?:主|正|副)?担当(?:csm|cs|者名?)|(?:主|正|副)担当"
                           "|(?:cs|csm|カスタマーサクセス)の?担当者?|カスタマーサクセス"
                           "|(?:ルート|エリア|アカウント)担当|担当(?:[a-z]{2,3}|マネージャー?|コンサルタント|アドバイザー|コーディネーター|トレーナー)"),
    ("customers", "furigana", f"(?:{WHO}|{ANY})(?:様?名称?)?(?:カナ|かな|フリガナ|ふりがな|よみ(?:がな)?"
     "|読み(?:仮名)?)"),
    ("customers", "touch_model", "(?:支援|サポート|フォロー|対応|cs)の?(?:モデル|区分|レベル)"),
    ("customers", "parent_id", "(?:運営|親|統括|グループ)(?:会社|企業|法人|本部)(?:名|id|コード|cd|番号)?"),
    ("surveys", "score", "(?:直近|最新|前回|最終)の?(?:nps|csat|満足度|推奨度)(?:スコア|点数)?"),
    ("surveys", "respondent", "(?:ご回答|ご担当|ご記入|回答)者(?:名|様名?)?|お名前"),
    ("milestones", "completed_on", "(?:完了|達成|実施完了)(?:年月日|日時)")))
COURTESY = re.compile("税[抜込]き?み?(?=.)|税別(?=.)|"
                      "(?:ご|御)(?=契約|利用|請求|登録|解約|退会|入会|加入|連絡|要望|購入|注文)|お(?=支払|申込)")


def plainer(word: str) -> str:
    """A header without the signs of courtesy that change nothing: 月額ご利用料 is 月額利用料."""
    return COURTESY.sub("", word)


def sure(word: str) -> list[tuple[str, str]]:
    """The field whose known parts make up a word; none where it could be several."""
    found = [(table, field) for table, field, pattern in RULES if pattern.fullmatch(plainer(word))]
    return found if len(found) == 1 else []


def likely(word: str) -> list[tuple[str, str]]:
    """The fields that a word names by its last part, whatever stands before it, if that is nothing else's."""
    bare = plainer(word)
    return [(table, field) for table, field, pattern in OPEN
            if pattern.fullmatch(bare if table != "surveys" else word) and not _is_barred(field, bare)]


def _is_barred(field: str, word: str) -> bool:
    if field in ("mrr", "amount"):
        return NOT_A_FEE.search(word) is not None
    if field == "furigana":
        return OF_A_PERSON.match(word) is not None
    is_term = field in ("start_date", "end_date", "term_end")
    return is_term and NOT_A_TERM.search(word) is not None and not re.fullmatch(f"導入{WHEN}", word)


def is_of_another(field: str, word: str) -> bool:
    """Whether a part of the header says that it is no term, or no fee of today; what a customer begins with
    (導入開始日, 稼働開始日) may be its start."""
    if field in ("start_date", "started_on"):
        return _is_barred("start_date", BEGUN.sub("", word))
    other = NOT_NEARLY.get(field)
    return _is_barred(field, word) or (other is not None and other.search(word) is not None)
