"""Cases that are not read as wanted yet, and what is wrong first of all. The goal is an empty list."""

NOT_YET: dict[str, str] = {
    "care_records": "'契約事業所': subscriptions.product is 'サービス種別', which is no such thing",
    "field_sensors": "'契約農園': subscriptions.seats is None, wanted 'センサー台数'",
    "smart_locks": "'更新管理': customers.customer_id is None, wanted '契約先コード'",
    "libraries": "'契約館': customers.customer_id is None, wanted '館コード'",
    "marinas": "'Contracts': customers.customer_id is None, wanted 'Customerref'",
    "churches_recommend": "'recommend_survey': surveys.answered_on is None, wanted 'Submittedat'",
    "charities_to_renew": "'Renewals FY25': customers.customer_id is None, wanted 'AccountID'",
    "museums": "'Customers': customers.customer_name is None, wanted 'Museumname'",
}
