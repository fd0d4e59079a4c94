"""Cases that are not read as wanted yet, and what is wrong first of all. The goal is an empty list."""

NOT_YET: dict[str, str] = {
    "monthly_wide_en": "'ARR bridge': subscriptions.customer_id is None, wanted 'Client'",
    "logins_wide": "'ログイン回数': usage.customer_id is None, wanted '顧客ID'",
    "milestones_wide": "'進捗': milestones.customer_id is None, wanted '顧客ID'",
    "a_sheet_per_month": "'2024年6月': subscriptions.customer_id is None, wanted '顧客ID'",
    "google_form_two_scores": "'Feedback (Responses)': scores: {}, wanted {'Howsatisfiedareyouoverall?(1-5)': '",
}
