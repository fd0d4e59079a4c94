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

POLAR = KnownExport(
    _("a list of subscriptions as the API of Polar gives them"),
    (("customer id",), ("price id",), ("recurring interval",), ("current period end",), ("cancel at period end",)),
    ("subscriptions",),
    {"*.customer_id": ("customer id",), "subscriptions.subscription_id": ("id",),
     "subscriptions.start_date": ("started at", "created at"), "subscriptions.end_date": ("ended at",),
     "subscriptions.term_end": ("current period end",), "subscriptions.amount": ("amount",),
     "subscriptions.billing_interval": ("recurring interval",), "subscriptions.currency": ("currency",),
     "subscriptions.product": ("product id",)},
    ("created at", "canceled at", "current period start", "cancel at period end", "status", "active", "trial start",
     "trial end", "price id", "discount id"),
    (_("Its amounts are in cents, and were divided by 100, except for currencies without cents such as yen."),
     _("A contract ends on 'ended_at'; 'canceled_at' is the day of the request. Days are those of UTC.")),
    in_cents=True)

SURVEYMONKEY = KnownExport(
    _("a list of answers of SurveyMonkey"),
    (("respondent id",), ("collector id",), ("end date", "date modified")),
    ("surveys",),
    {"surveys.answered_on": ("end date", "date modified")},
    ("respondent id", "collector id", "start date", "date created", "ip address", "email address", "first name",
     "last name"),
    (_("'Start Date' and 'End Date' say when somebody answered, and nothing of a contract."),))

CHARTMOGUL_LINES = KnownExport(
    _("a sheet of invoice line items of ChartMogul"),
    (("service period start",), ("service period end",), ("invoice external id", "invoice id"),
     ("amount", "amount in cents")),
    ("subscriptions",),
    {"*.customer_id": ("customer external id", "customer id"),
     "customers.customer_name": ("customer name", "company"),
     "subscriptions.subscription_id": ("subscription external id", "subscription id"),
     "subscriptions.start_date": ("service period start",), "subscriptions.end_date": ("service period end",),
     "subscriptions.amount": ("amount", "amount in cents"), "subscriptions.currency": ("currency",),
     "subscriptions.plan": ("plan", "plan name", "plan external id"), "subscriptions.seats": ("quantity",),
     "subscriptions.charge_kind": ("type", "line type", "line item type")},
    ("invoice external id", "invoice id", "external id", "invoice date", "invoiced at", "date", "due date", "due at",
     "tax amount", "discount amount", "transaction fee", "proration", "description"),
    (_("Each line is read as a contract for its service period, and its amount as the total for that time."),),
    _("Its lines name their invoice, and not their customer. Look up each line's 'Customer external ID' in the sheet "
      "of invoices by the ID of its invoice (in a spreadsheet: XLOOKUP or VLOOKUP), add it as a column, and load the "
      "file again."),
    is_per_term=True)

CHARTMOGUL_INVOICES = KnownExport(
    _("a sheet of invoices of ChartMogul"),
    (("customer external id",), ("invoice external id", "external id", "invoice id"),
     ("date", "invoice date", "invoiced at", "invoiced date"), ("due date", "due at"), ("currency",)),
    (),
    {"*.customer_id": ("customer external id",)},
    ("external id", "invoice external id", "date", "invoice date", "invoiced at", "due date", "due at", "data source"))

ALL = (POLAR, *KNOWN, RECURLY, SURVEYMONKEY, CHARTMOGUL_LINES, CHARTMOGUL_INVOICES)
