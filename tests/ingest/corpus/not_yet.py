"""Cases that are not read as wanted yet, and what is wrong first of all. The goal is an empty list."""

NOT_YET: dict[str, str] = {
    "contract_rows_en": "'subscriptions_2025': subscriptions.customer_id is None, wanted 'AccountID'",
    "monthly_wide_en": "'ARR bridge': subscriptions.customer_id is None, wanted 'Client'",
    "logins_wide": "'ログイン回数': usage.customer_id is None, wanted '顧客ID'",
    "milestones_wide": "'進捗': milestones.customer_id is None, wanted '顧客ID'",
    "repeated_names": "'BoB': customers.customer_id is None, wanted 'CustomerID'",
    "units_in_headers_en": "'acv': subscriptions: 10 of 10 rows are not as wanted, 10 are there instead; {'c",
    "subtotals_and_notes": "'支店別': subscriptions.subscription_id is None, wanted '契約番号'",
    "a_sheet_per_month": "'2024年6月': subscriptions.customer_id is None, wanted '顧客ID'",
    "a_file_per_month": "'usage-2025-01': usage.count is None, wanted 'Eventcount'",
    "short_months": "'starts': subscriptions.customer_id is None, wanted 'CustomerID'",
    "european_order": "'eu contracts': subscriptions.customer_id is None, wanted 'Clientno.'",
    "yen_styles": "'請求金額': subscriptions.customer_id is None, wanted '請求先ID'",
    "currencies": "'global': subscriptions.customer_id is None, wanted 'AccountNo.'",
    "stores": "'店舗': customers.customer_id is '店舗名', wanted '店舗コード'",
    "utf16_with_commas": "'unicode': subscriptions.customer_id is '得意先名', wanted '得意先CD'",
    "use_by_subscription": "'Usage': usage.subscription_id is None, wanted 'SubscriptionID'",
    "google_form_two_scores": "'Feedback (Responses)': scores: {}, wanted {'Howsatisfiedareyouoverall?(1-5)': '",
}
