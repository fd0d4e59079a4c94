"""Which parts of Japanese headers make a field of what happened: 打合せ and 実施 and 日, 学習 and 時間, 議事 and 要旨.

Use, contacts, surveys, steps, cancellations and the pulse; of three kinds, as for contracts.
"""

from __future__ import annotations

from cs_kpi.ingest.naming.parts_ja import (
    CODE,
    CONTACT,
    COUNTED,
    CSM,
    DAY,
    ENQUIRED,
    KIND,
    LEAVING,
    OURS,
    SCREEN,
    TAUGHT,
    USED,
    USER,
    WAY,
    WHEN,
)

ASKED = "(?:nps|csat|満足度(?:調査)?|アンケート|調査)"
SATISFIED = "(?:お客様|顧客|総合|サービス|サポート|対応|製品|ご)?満足度"
POINTS = "(?:スコア|点数?|評価|値)"
STEP = "(?:オンボーディング|オンボ|導入|完了|到達|達成|進捗|実施|チェック)"
NOTED = "(?:内容|メモ|概要|詳細|記録|要旨|履歴|経過|報告|事項|議事録?|サマリー?)"
STAFF = ("(?:対応|応対|受付|記入|記録|入力|起票|報告|実施|訪問|架電|面談|活動|受電|議事録作成|[一二1-3]次対応"
         "|フォロー|回答担当|相談対応)")
FELT = "(?:所感|温度感|肌感覚?|手応え|感触|パルス|センチメント)"
WHY = "(?:理由|事由|要因|原因)"
ENDED = f"(?:{LEAVING}|退店|契約終了|利用停止|利用終了|サービス解約|停止|終了|非更新|未更新|更新しない)"
RULES = (
    ("interactions", "kind", f"(?:受付|{CONTACT}|記録|履歴)の?{KIND}|会議体名?"),
    ("interactions", "note", f"議事(?:録|メモ|内容|要旨|概要|録要旨|録要約)?|(?:受付|{CONTACT})の?(?:内容|メモ"
                             "|概要|詳細|記録|要旨)"),
    ("surveys", "answered_on", f"(?:最新|直近)?{ASKED}の?(?:回答|実施|取得|測定|調査)?{DAY}|ご?回答(?:完了|送信"
                               f"|受付|受信|登録)?{DAY}|回収日"),
    ("surveys", "comment", "(?:nps|csat|満足度|ご?満足|推奨度?|スコア|点数|回答)の?(?:回答)?の?理由|(?:nps|アンケート"
                           "|お客様|顧客)の?コメント"),
    ("milestones", "completed_on", f"(?:ステップ|タスク|マイルストーン|項目|工程|作業)(?:完了|達成|到達){DAY}"),
    ("cancellations", "reason", f"(?:主な|主たる|第[一1])?{ENDED}(?:の|した)?(?:主な|主要?)?{WHY}(?:{KIND}|コード"
                                "|大分類)?|解約主因"),
    ("cancellations", "comment", f"{LEAVING}時?の?(?:{WHY})?の?(?:詳細|コメント|自由記述|補足|備考|経緯|背景|メモ)"
                                 f"|{LEAVING}に至(?:る|った)経緯|{LEAVING}時?の?ヒアリング(?:内容|結果|メモ)"
                                 "|詳細理由|理由の?詳細"),
    ("pulse", "value", f"(?:{CSM}担当者?|{CSM}|担当者?|顧客|お客様|営業)?の?{FELT}(?:スコア|評価|点数?)"
                       f"|(?:{CSM}担当者?|{CSM}|担当者?|顧客|お客様|営業)の?{FELT}|{FELT}"),
    ("pulse", "date", f"(?:{FELT}|{CSM}評価)の?(?:記入|入力|更新|確認|評価)?{DAY}"),
    ("pulse", "by", f"{FELT}(?:記入|入力|評価)者名?|評価(?:担当)?者名?"),
    ("pulse", "note", f"{FELT}の?(?:コメント|メモ|備考|理由|詳細)|(?:{CSM}|担当者?)の?(?:コメント|メモ)"),
)
"""(table, field, pattern) of words that mean this field and no other."""
OPEN = (
    ("usage", "date", f"(?:最終)?{USED}{DAY}|{USED}開始日時|集計日"),
    ("usage", "count", f"(?:月間|総)?{COUNTED}(?:回数|件数|数|枚数)(?:合計)?|pv数?"),
    ("usage", "minutes", f"総?{USED}(?:時間分?|分数?)(?:合計)?"),
    ("usage", "user_id", f"(?:ご?利用|ログイン|操作|実行)?{USER}(?:{CODE}|名|氏名|アカウント)?"),
    ("usage", "feature", f"{USED}(?:した|された)?(?:{SCREEN}|{TAUGHT}|コース)名?|対象機能"
                         f"|{SCREEN}(?:名称?|種別)|モジュール|イベント(?:名|種別)|{TAUGHT}名|教材|講座|コース名"
                         "|操作(?:内容|名|種別)"),
    ("interactions", "date", f"(?:受付|起票|来訪|開催|{ENQUIRED})(?:実施|開催|受付|起票|作成|開始|受信)?{DAY}"
                             f"|受信日時|実施{DAY}"),
    ("interactions", "priority", "(?:対応)?(?:優先|緊急|重要|重大|深刻|至急|影響)(?:度|性|順位|レベル|区分)+"
                                 "|プライオリティ"),
    ("interactions", "status", f"(?:現在の)?(?:処理|解決|クローズ|進行|進捗|対応完了|受付|{CONTACT})の?(?:状況"
                               "|状態|ステータス|進捗)|(?:対応|処理)結果"
                               "|(?:対応)?完了区分"),
    ("interactions", "by", f"{OURS}(?:担当|対応)者?(?:氏?名)?|{STAFF}(?:担当)?者(?:氏?名)?|(?:{STAFF}"
                           "|サポート)担当(?:者名?)?"
                           "|オペレーター?名?"),
    ("cancellations", "cancelled_on", f"(?:{LEAVING}|退会届)(?:の)?(?:申し?出|申し?込み?|申請|申し?入れ?|受付"
                                    "|連絡|通知|依頼|意思確認|確定|受理)?"
                                      f"(?:受付|受領|受理)?{WHEN}|{LEAVING}?ヒアリング(?:実施)?{DAY}"),
    ("pulse", "value", f"(?:{CSM}|担当者?)の?(?:評価|スコア|判定|主観スコア)|主観(?:評価|スコア)|関係性(?:評価"
                       "|スコア)"),
    ("pulse", "date", f"(?:評価|記入){DAY}"),
    ("pulse", "note", "評価の?(?:コメント|メモ|備考|理由)"),
    ("pulse", "by", f"{OURS}担当者?(?:氏?名)?"),
    ("surveys", "score", f"(?:直近|最新|前回|最終)?の?(?:nps|csat|推奨(?:意向)?度|推奨意向|お[すススめ勧薦]+め度"
                         f"|{SATISFIED}){POINTS}?(?:最新)?"
                         f"|推奨(?:スコア|点)|nps最新スコア|評価点数?|得点|総合評価|\\d段階評価"),
    ("surveys", "kind", f"(?:調査|アンケート)(?:{KIND}|名)"),
    ("surveys", "comment", "フリー(?:コメント|アンサー|記述|回答|記入)|自由(?:記入欄|意見|記述欄|回答欄|記入)"
                           "|改善(?:要望|点|してほしい点)|回答コメント"),
    ("surveys", "respondent", "(?:ご回答|ご担当|ご記入|回答)者(?:名|様名?|氏名)?|担当者様名?|ご?(?:お名前|氏名)"),
    ("milestones", "milestone", f"{STEP}?(?:マイルストー?ン|ステップ|工程)名?|{STEP}(?:項目|タスク)名?"
                                "|作業(?:項目|名)|タスク名|項目名"),
    ("milestones", "completed_on", f"(?:実施)?(?:完了|達成|到達)(?:した|実績)?{DAY}|実績(?:完了)?日"),
)
"""The same of words that may have others before them, unless those are known to mean something else."""
VAGUE = (
    ("interactions", "kind", f"(?:受付|{CONTACT}|実施|開催)の?{WAY}|形式|手段|(?:会議|mtg|ミーティング"
                             "|打ち?合わ?せ)名"),
    ("interactions", "by", f"{OURS}(?:出席|参加)者?(?:名)?"),
    ("interactions", "note", f"{CONTACT}の?(?:{NOTED}|件名|目的)|(?:面談|訪問|打ち?合わ?せ|会議|商談)結果|要旨"
                             "|タイトル|ご?用件|要件|トピックス?"
                             "|(?:主な)?(?:議題|話題)|アジェンダ"
                             "|やり取り(?:内容)?|やりとり(?:内容)?|経緯|所見|サマリー?|要約|本文|記事|お困りごと"
                             "|内容(?:詳細|要約)"
                             "|(?:回答|質問|報告|協議|会話|通話|実施|要望|確認|話し合った|ヒアリング)(?:内容|メモ"
                             "|事項)"),
    ("cancellations", "reason", f"理由{KIND}|(?:主な|主たる|主要?|第[一1])の?{WHY}|要因{KIND}?"),
    ("cancellations", "comment", "ヒアリング(?:内容|結果|メモ)"),
    ("interactions", "status", "現在の(?:状況|ステータス)"),
)
"""Words that a record of contacts has beside better ones: the way of a meeting beside its kind."""
