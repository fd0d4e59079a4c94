"""Exports of further products; see `export_formats`."""

from __future__ import annotations

from cs_kpi.ingest.export_formats import KNOWN, KnownExport
from cs_kpi.locale import _

RECURLY = KnownExport(
    _("a subscriptions export of Recurly"),
    (("uuid",), ("account code",), ("plan code",), ("activated at",), ("expires at",)),
    ("subscriptions",),
    {"*.customer_id": ("account code",), "customers.customer_name": ("company name", "account company name"),
     "subscriptions.subscription_id": ("uuid",), "subscriptions.plan": ("plan name",),
     "subscriptions.start_date": ("activated at",), "subscriptions.end_date": ("expires at",),
     "subscriptions.term_end": ("current period ends at",), "subscriptions.amount": ("unit amount",),
     "subscriptions.currency": ("currency",), "subscriptions.seats": ("quantity",)},
    ("canceled at", "created at", "trial started at", "trial ends at", "current period started at", "state", "email"),
    (_("A contract ends on 'expires_at'; 'canceled_at' is the day of the request. Days are those of UTC."),),
    is_per_unit=True)

SURVEYMONKEY = KnownExport(
    _("a list of answers of SurveyMonkey"),
    (("respondent id",), ("collector id",), ("end date", "date modified")),
    ("surveys",),
    {"surveys.answered_on": ("end date", "date modified")},
    ("respondent id", "collector id", "start date", "date created", "ip address", "email address", "first name",
     "last name"),
    (_("'Start Date' and 'End Date' say when somebody answered, and nothing of a contract."),))

ALL = (*KNOWN, RECURLY, SURVEYMONKEY)
