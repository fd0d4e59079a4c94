"""Invented comments and notes, each in Japanese and in English."""

Phrase = tuple[str, str]

COMMENTS: dict[str, list[Phrase]] = {
    "praise": [
        ("現場の報告がとても楽になりました。", "Reporting from the floor has become much easier."),
        ("サポートの返事が早く助かっています。", "Support answers quickly, which helps us a lot."),
        ("他部署にもすすめています。", "I recommend it to other departments."),
        ("集計の手間が半分になりました。", "It has halved the time we spend on summaries."),
        ("定例会での提案が具体的で参考になります。", "The suggestions in our regular meetings are concrete."),
    ],
    "usage": [
        ("機能が多く、使いこなせていません。", "There are many features and we cannot make use of them."),
        ("一部の担当者しか使っていません。", "Only a few of us actually use it."),
        ("入力の手間のわりに効果が見えません。", "We do not see the benefit for the effort of data entry."),
        ("推進していた担当者が異動し、止まっています。", "The colleague who drove it has moved and it has stalled."),
        (
            "画面が複雑で、以前の表計算に戻りつつあります。",
            "The screens are complex; we are drifting back to spreadsheets.",
        ),
    ],
    "onboarding": [
        ("導入に時間がかかりすぎました。", "Getting started took far too long."),
        ("初期設定が難しく、まだ全員が使えていません。", "Setup was hard and not everyone can use it yet."),
        ("データ移行の説明が足りませんでした。", "Data import was not explained well enough."),
        ("管理者研修の日程がなかなか決まりませんでした。", "It took ages to get a date for the admin training."),
    ],
    "support": [
        ("緊急の問合せに回答がありません。", "We got no answer to an urgent ticket."),
        ("同じ不具合が何度も起きています。", "The same fault keeps coming back."),
        ("問合せのたびに担当が変わり、説明し直しです。", "Each time someone else answers and we explain again."),
        ("障害時の連絡が遅く、業務が止まりました。", "We were told late about an outage and work stopped."),
    ],
    "price": [
        ("値上げの理由に納得できませんでした。", "We were not convinced by the reasons for the price rise."),
        ("使っている人数のわりに高いと感じます。", "It feels expensive for the number of people using it."),
        ("年払いの割引がもう少し欲しいです。", "We would like a better discount for paying yearly."),
    ],
}

LEAVING: dict[str, list[Phrase]] = {
    "onboarding": [
        ("導入が終わらないまま期限を迎えた。", "The term ran out before we had finished getting started."),
        ("初期設定の負担が大きく、定着しなかった。", "Setup was too much work and it never took hold."),
    ],
    "usage": [
        ("利用者が減り、費用に見合わなくなった。", "Fewer people used it and it was no longer worth the cost."),
        ("推進担当者の異動後に使われなくなった。", "After our champion moved, nobody used it."),
    ],
    "support": [
        ("緊急の不具合が解決されなかった。", "An urgent fault was never fixed."),
        ("問合せへの対応が遅く、信頼できなくなった。", "Support was slow and we lost trust."),
    ],
    "price": [
        ("価格改定後の予算が確保できなかった。", "We had no budget after the price change."),
        ("値上げを機に社内で見直しとなった。", "The price rise led to an internal review."),
    ],
    "business": [
        ("事業の縮小に伴い利用を終えた。", "Our business shrank and we no longer need it."),
        ("組織再編で部署がなくなった。", "The department was dissolved in a reorganisation."),
    ],
    "competitor": [
        ("グループ標準の別の製品に切り替えた。", "We moved to another product that our group has chosen."),
        ("必要な連携機能を持つ他社製品を選んだ。", "We chose another product with the integrations we need."),
    ],
}

NOTES: dict[str, list[Phrase]] = {
    "ticket": [
        ("帳票が出力できない", "Report cannot be exported"),
        ("ログインできない利用者がいる", "A user cannot sign in"),
        ("集計値が合わない", "Totals do not match"),
        ("通知メールが届かない", "Notification mails do not arrive"),
        ("権限設定の方法を知りたい", "How to set permissions"),
        ("画面の表示が遅い", "The screen is slow"),
    ],
    "meeting": [
        ("定例会：活用状況の確認", "Regular meeting: review of use"),
        ("四半期の振り返り", "Quarterly review"),
        ("追加部署への展開相談", "Talk about rolling out to another department"),
    ],
    "mail": [
        ("新機能のご案内", "News about a new feature"),
        ("活用事例の共有", "Sharing a success story"),
        ("更新時期のご連絡", "Notice of the coming renewal"),
    ],
    "call": [
        ("利用が減っている件の確認", "Asking about the drop in use"),
        ("担当者変更のご連絡", "Change of contact person"),
        ("操作方法のご質問への回答", "Answering a question on how to use it"),
    ],
}
