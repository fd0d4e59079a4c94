"""What every field of the canonical tables means, with an example: for the template, the mapping page and the docs.

Beside `tables.py`, which says by which words a spreadsheet may call them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from cs_kpi.fields import Field, Kind, Table
from cs_kpi.header_words import UNDATED_FIELDS
from cs_kpi.locale import LANGUAGES, Language, Message, _
from cs_kpi.tables import VALUE_LABELS

Example = str | float | dt.date


@dataclass(frozen=True, slots=True)
class Meaning:
    """`text` says what belongs into a cell of the field; `examples` is such a cell in each language."""

    text: Message
    examples: dict[Language, Example]


def _meaning(text: Message, english: Example, japanese: Example | None = None) -> Meaning:
    return Meaning(text, {"en": english, "ja": english if japanese is None else japanese})


TABLE_MEANINGS: dict[str, Message] = {
    "customers": _("One row per customer."),
    "subscriptions": _("One row per contract, and a new one whenever its price changes."),
    "usage": _("One row per use by a customer (or one of its users) on a day."),
    "surveys": _("One row per answer."),
    "milestones": _("One row per completed onboarding step."),
    "interactions": _("One row per meeting, ticket, mail or call."),
    "cancellations": _("One row per stated reason for leaving."),
    "pulse": _("One row per rating that a CSM gives from experience.")}

_CUSTOMER = _meaning(_("The ID by which the customer is called in every table."), "C001")
_SUBSCRIPTION = _meaning(_("The number of the contract. A newer export is recognised by it."), "S-0001")
_BY = _meaning(_("Who wrote this down."), "Sato", "佐藤")

MEANINGS: dict[str, Meaning] = {
    "customers.customer_id": _CUSTOMER,
    "customers.customer_name": _meaning(_("The name as people know it."), "Yamada Inc.", "株式会社山田"),
    "customers.furigana": _meaning(_("How a Japanese name is read; helps to find a customer who is spelled in two "
                                     "ways."), "ヤマダ"),
    "customers.parent_id": _meaning(_("The ID of the company to which a store or department belongs."), "P01"),
    "customers.started_on": _meaning(_("The first day of the first contract, also where older contracts are not "
                                       "listed."), dt.date(2024, 4, 1)),
    "customers.onboarding_completed_on": _meaning(_("The day on which the introduction was finished."),
                                                  dt.date(2024, 5, 20)),
    "customers.owner": _meaning(_("The person in charge."), "Sato", "佐藤"),
    "customers.touch_model": _meaning(_("How closely the customer is looked after."), "High touch", "ハイタッチ"),
    "customers.tenure_months": _meaning(_("For lists without dates: how many months the customer has been there."), 14),
    "customers.has_left": _meaning(_("For lists without dates: whether the customer has left."), "No", "いいえ"),
    "subscriptions.customer_id": _CUSTOMER,
    "subscriptions.start_date": _meaning(_("The first day on which this contract or price holds."),
                                         dt.date(2024, 4, 1)),
    "subscriptions.end_date": _meaning(_("The day on which it ended because the customer left or the price changed; "
                                         "blank while it runs."), dt.date(2025, 3, 31)),
    "subscriptions.term_end": _meaning(_("The day on which the agreed term runs out and the contract is renewed or "
                                         "not."), dt.date(2025, 3, 31)),
    "subscriptions.auto_renews": _meaning(_("Whether it goes on by itself when its term runs out."), "No", "いいえ"),
    "subscriptions.notice_days": _meaning(_("How many days before the end of the term notice has to be given."), 30),
    "subscriptions.mrr": _meaning(_("What is paid per month. Fill in this or the amount."), 10_000),
    "subscriptions.amount": _meaning(_("What is paid per billing interval. Leave it blank where MRR is filled in."),
                                     120_000),
    "subscriptions.billing_interval": _meaning(_("How often the amount is paid."), "Yearly", "毎年"),
    "subscriptions.discount": _meaning(_("What is taken off the amount: a share such as 10% or an amount."), "10%"),
    "subscriptions.currency": _meaning(_("The three letters of the currency."), "USD", "JPY"),
    "subscriptions.charge_kind": _meaning(_("What kind of charge it is; only recurring ones (and variable ones, if you "
                                            "say so) count as MRR."), "recurring", "定額"),
    "subscriptions.product": _meaning(_("The product or service."), "CRM"),
    "subscriptions.plan": _meaning(_("The plan or tier."), "Standard", "スタンダード"),
    "subscriptions.seats": _meaning(_("How many users the contract allows."), 25),
    "subscriptions.subscription_id": _SUBSCRIPTION,
    "usage.customer_id": _meaning(_("The ID of the customer; may be blank where the contract is named."), "C001"),
    "usage.subscription_id": _meaning(_("The number of the contract, where the log knows no customer."), "S-0001"),
    "usage.date": _meaning(_("The day of the use."), dt.date(2024, 6, 3)),
    "usage.user_id": _meaning(_("Who used it, for the share of active users."), "U0042"),
    "usage.feature": _meaning(_("What was used, for the adoption of key features."), "search", "検索"),
    "usage.count": _meaning(_("How many times; blank counts as once."), 12),
    "usage.minutes": _meaning(_("For how many minutes."), 35),
    "surveys.customer_id": _CUSTOMER,
    "surveys.answered_on": _meaning(_("The day of the answer."), dt.date(2024, 6, 10)),
    "surveys.kind": _meaning(_("Which question was asked: recommendation (NPS) or satisfaction (CSAT)."), "nps"),
    "surveys.score": _meaning(_("The number given as an answer."), 9),
    "surveys.scale": _meaning(_("The highest number that could be given."), 10),
    "surveys.comment": _meaning(_("What was written beside it."), "Support answers quickly.",
                                "対応が早くて助かります。"),
    "surveys.respondent": _meaning(_("Who answered, so that the latest answer of each counts."), "suzuki@example.com"),
    "milestones.customer_id": _CUSTOMER,
    "milestones.milestone": _meaning(_("The name of the step, the same for every customer."), "First report",
                                     "初回レポート作成"),
    "milestones.completed_on": _meaning(_("The day on which it was done; leave the row out until then."),
                                        dt.date(2024, 4, 18)),
    "interactions.customer_id": _CUSTOMER,
    "interactions.date": _meaning(_("The day on which it took place."), dt.date(2024, 6, 5)),
    "interactions.kind": _meaning(_("What it was, such as a ticket or a meeting."), "ticket", "問い合わせ"),
    "interactions.priority": _meaning(_("How urgent it was."), "high", "高"),
    "interactions.status": _meaning(_("Whether it is settled."), "closed", "完了"),
    "interactions.note": _meaning(_("What it was about."), "Question about the invoice", "請求書についての質問"),
    "interactions.by": _BY,
    "cancellations.customer_id": _CUSTOMER,
    "cancellations.cancelled_on": _meaning(_("The day on which the customer gave notice or left."),
                                           dt.date(2025, 3, 31)),
    "cancellations.reason": _meaning(_("The reason as one of a few words, for counting."), "Price", "価格"),
    "cancellations.comment": _meaning(_("The reason in the customer's own words."), "The budget was cut.",
                                      "予算が削減されたため。"),
    "pulse.customer_id": _CUSTOMER,
    "pulse.date": _meaning(_("The day of the rating."), dt.date(2024, 6, 28)),
    "pulse.value": _meaning(_("From 1 (about to leave) to 5 (content)."), 4),
    "pulse.by": _BY,
    "pulse.note": _meaning(_("Why this rating was given."), "New manager, wants more reports",
                           "担当者が交代し、レポートの要望が増えた")}

KIND_LABELS: dict[Kind, Message] = {
    "id": _("Text or number that names it"), "text": _("Text"), "date": _("Date"), "money": _("Amount of money"),
    "number": _("Number"), "flag": _("Yes or no"), "choice": _("One of the allowed values"),
    "interval": _("One of the allowed values")}

DESCRIPTION_HEADERS: tuple[Message, ...] = (
    _("Table"), _("Column"), _("Meaning"), _("Kind of value"), _("Required"), _("Example"), _("Allowed values"))
"""Of the sheet with which a template begins."""


def is_description(headers: tuple[str, ...]) -> bool:
    """Whether headers are those of a template's sheet of descriptions, which holds no data.

    >>> is_description(("Table", "Column", "Meaning", "Kind of value", "Required", "Example", "Allowed values"))
    True
    """
    return len(headers) == len(DESCRIPTION_HEADERS) and any(
        headers == tuple(header.text(language) for header in DESCRIPTION_HEADERS) for language in LANGUAGES)


def allowed(field: Field, language: Language) -> list[str]:
    """The words among which a cell of a field is chosen, one for each canonical value; none where anything goes."""
    if field.kind == "flag":
        return [label.text(language) for label in VALUE_LABELS["auto_renews"].values()]
    if field.kind == "interval":
        return [label.text(language) for label in VALUE_LABELS[field.name].values()]
    if field.kind != "choice":
        return []
    labels = VALUE_LABELS.get(field.name, {})
    return [labels[value].text(language) if value in labels else _word(words, language)
            for value, words in field.choices]


def _word(words: tuple[str, ...], language: Language) -> str:
    """The first word of a language among those that mean the same."""
    return next((word for word in words if word.isascii() == (language == "en")), words[0])


def descriptions(table: Table, language: Language) -> list[dict[str, Example]]:
    """A line per field that a template has, under DESCRIPTION_HEADERS."""
    rows = []
    one_of = [table.by_name[name].label for name in table.one_of]
    for field in (one for one in table.fields if one.name not in UNDATED_FIELDS):
        known = MEANINGS[f"{table.name}.{field.name}"]
        needed = _("Required") if field.required else _("At least one of: {fields}", fields=one_of) \
            if field.name in table.one_of else None
        cells: list[Example] = [
            table.label.text(language), field.label.text(language), known.text.text(language),
            KIND_LABELS[field.kind].text(language), needed.text(language) if needed else "", known.examples[language],
            " / ".join(allowed(field, language))]
        rows.append(dict(zip((header.text(language) for header in DESCRIPTION_HEADERS), cells, strict=True)))
    return rows
