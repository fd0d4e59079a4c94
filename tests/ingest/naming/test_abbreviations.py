"""Short forms of English headers are spelt out where they mean one thing, and left where they may mean another."""

import pytest

from cs_kpi.ingest.naming.abbreviations import spelt


@pytest.mark.parametrize(("header", "full"), [
    ("Acct Mgr", "account manager"), ("A/C No.", "account no"), ("Cust. since", "customer since"),
    ("Co. name", "company name"), ("Org_ID", "organization id"), ("Client's name", "client name"),
    ("Renewal dt", "renewal date"), ("Exp. dt", "expiry date"), ("Sub. start", "subscription start"),
    ("Cxl'd dt", "cancelled date"), ("Term'd on", "terminated on"), ("Canceled on", "cancelled on"),
    ("Svc start dt", "service start date"), ("w.e.f.", "effective"),
    ("Ann. value", "annual value"), ("Fee p.a. (GBP)", "fee per year"), ("Fee p.m.", "fee per month"),
    ("Price/mo", "price per month"), ("$/mo", "fee per month"), ("Monthly Rev", "monthly revenue"),
    ("Monthly ex VAT", "monthly"), ("Amount incl. GST", "amount"), ("USD ARR", "arr"), ("MRR in USD", "mrr"),
    ("ARR $k", "arr"), ("ACV £", "acv"), ("price_usd", "price"), ("Curr ARR", "current arr"), ("Curr", "currency"),
    ("Lic. qty", "license quantity"), ("No. of users", "number of users"), ("# of seats", "number of seats"),
    ("Licences", "licenses"), ("Disc %", "discount"), ("active_min", "active minutes"), ("min_seats", "minimum seats"),
    ("Min. term ends", "minimum term ends"), ("Rec'd", "received")])
def test_a_short_form_is_spelt_out(header: str, full: str) -> None:
    assert spelt(header) == full


@pytest.mark.parametrize(("header", "form"), [
    ("Sub-total", "sub total"), ("Sub industry", "sub industry"), ("Disc. date", "disc date"),
    ("Rev share", "rev share"),
    ("USD", "usd"), ("EUR rate", "eur rate"), ("Exp MRR", "expected mrr"), ("顧客ID", "顧客id"), ("$", "$"),
    ("No", "no"), ("Co-term date", "co term date"), ("Min", "min"), ("Subs", "subs")])
def test_what_may_mean_another_thing_is_left(header: str, form: str) -> None:
    assert spelt(header) == form
