"""The forms of the settings page; everything is saved as it is changed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import get_args

import streamlit as st

from cs_kpi.locale import Message
from cs_kpi.locale import shown as date_text
from cs_kpi.locale.formats import MONEY_SCALE, money_suffix
from cs_kpi.measures.use import use_log
from cs_kpi.settings import MoneyUnit
from pages._ui.conventions import conventions_form
from pages._ui.guards import told
from pages._ui.held import held
from pages._ui.loading import loaded_book
from pages._ui.progress import cancel_all
from pages._ui.risk_training import cancel_trainings
from pages._ui.words import _, plain, say
from pages._ui.work import language, preferences, save_preferences, save_settings, settings, workspace

CURRENCIES = ("JPY", "USD", "EUR", "GBP", "AUD", "SGD", "KRW", "CNY", "TWD")


def shown() -> None:
    """How numbers are shown, and who writes."""
    known = preferences()
    with st.container(border=True):
        st.subheader(say(_("Display")), anchor=False)
        st.text_input(say(_("Display name")), key=held("set-display_name", known.display_name), max_chars=80,
                      help=say(_("Signs whatever you write in this workspace.")), on_change=_save_shown,
                      args=("display_name",))
        units = {unit: _unit_name(unit) for unit in get_args(MoneyUnit)
                 if language() == "ja" or unit != "ten_thousand" or known.money_unit == unit}
        key = held(f"set-money_unit-{'-'.join(units.values())}", known.money_unit)
        st.selectbox(say(_("Money unit")), list(units), key=key, format_func=units.__getitem__, on_change=_save_shown,
                     args=("money_unit", key))
        st.toggle(say(_("Hide customer names")), key=held("set-hides_names", known.hides_names), on_change=_save_shown,
                  args=("hides_names",), help=say(
                      _("For a screen on the wall and for slides. Every name in a list of customers is replaced by a "
                        "number. The data page goes on showing the sheets as they are.")))


def _unit_name(unit: MoneyUnit) -> str:
    currency = settings().currency or ("JPY" if language() == "ja" else None)
    if unit == "one":
        return money_suffix(language(), currency, "one").strip() or say(_("Whole units"))
    return f"{money_suffix(language(), currency, unit).strip()} (× {MONEY_SCALE[unit]:,})"


@told
def _save_shown(name: str, key: str = "") -> None:
    save_preferences(**{name: st.session_state[key or f"set-{name}"]})


def computed() -> None:
    """How numbers are computed."""
    known = settings()
    with st.container(border=True):
        st.subheader(say(_("Computation")), anchor=False)
        left, right = st.columns(2)
        with left:
            st.selectbox(say(_("First month of the fiscal year")), range(1, 13), on_change=_save_computed,
                         key=held("set-fiscal_year_start", known.fiscal_year_start), args=("fiscal_year_start",))
            st.number_input(say(_("Grace period of renewals (days)")), 0, 92, on_change=_save_computed,
                            key=held("set-renewal_grace_days", known.renewal_grace_days), args=("renewal_grace_days",),
                            help=say(_("A contract that is followed by another within these days counts as renewed.")))
            st.toggle(say(_("Count variable charges as MRR")), key=held("set-counts_variable", known.counts_variable),
                      on_change=_save_computed, args=("counts_variable",))
            st.toggle(say(_("Count stores under their parent company")), on_change=_save_computed,
                      key=held("set-rolls_up_to_parent", known.rolls_up_to_parent), args=("rolls_up_to_parent",),
                      help=say(_("Customers with a parent company ID count as that company, up to the topmost one.")))
        with right:
            _money_settings()
        _days()


def _money_settings() -> None:
    known = settings()
    names = {code: code or say(_("As in the sheets")) for code in ("", *CURRENCIES, known.currency or "")}
    key = held(f"set-currency-{language()}", known.currency or "")
    st.selectbox(say(_("Currency")), list(names), key=key, format_func=names.__getitem__, on_change=_save_currency,
                 args=(key,))
    st.toggle(say(_("Amounts include tax")), key=held("set-tax_included", known.tax_included),
              on_change=_save_computed, args=("tax_included",))
    if known.tax_included:
        st.number_input(say(_("Tax rate (%)")), 0.0, 99.0, step=0.5, key=held("set-tax", float(known.tax_rate * 100)),
                        on_change=_save_tax)
    _rates()


def methods() -> None:
    """What the KPIs rest on that the sheets do not say: margin, windows, least use, key features, conventions."""
    known = settings()
    with st.container(border=True):
        st.subheader(say(_("KPI definitions")), anchor=False)
        left, right = st.columns(2)
        with left:
            margin = None if known.gross_margin is None else float(known.gross_margin * 100)
            st.number_input(say(_("Gross margin (%)")), 0.1, 100.0, None, step=1.0, on_change=_save_margin,
                            key=held("set-margin", margin), placeholder="100",
                            help=say(_("For the lifetime value. Until it is set, the whole revenue counts.")))
            _months("ltv_window", _("Months of churn for the lifetime value"), 3, known.ltv_window)
            _months("cohort_months", _("Months after which a start cohort is judged"), 1, known.cohort_months)
        with right:
            st.number_input(say(_("Uses from which a customer is active")), 1, on_change=_save_computed,
                            key=held("set-active_min_count", known.active_min_count), args=("active_min_count",))
            st.number_input(say(_("Days for onboarding")), 0, 3_650, on_change=_save_computed,
                            key=held("set-onboarding_days", known.onboarding_days), args=("onboarding_days",),
                            help=say(_("Where no criterion of its own is set.")))
            _key_features(known.key_features)
        conventions_form()


def _months(name: str, label: Message, least: int, value: int) -> None:
    st.number_input(say(label), least, 60, key=held(f"set-{name}", value), on_change=_save_computed, args=(name,))


def _key_features(known: tuple[str, ...]) -> None:
    """Chosen from the features that the usage names; chosen ones that it no longer names stay until taken out."""
    book = loaded_book()
    named = book.once(use_log).features if book and book.has("usage.feature") else ()
    options = list(dict.fromkeys((*named, *known)))
    key = held(f"set-key_features-{'-'.join(options)}", list(known))
    st.multiselect(say(_("Key features")), options, key=key, on_change=_save_features, args=(key,),
                   placeholder=say(_("Choose features")),
                   help=say(_("A customer that uses all of them in a period has adopted the product.")))


@told
def _save_margin() -> None:
    percent = st.session_state["set-margin"]
    save_settings(gross_margin=None if percent is None else Decimal(str(percent)) / 100)


@told
def _save_features(key: str) -> None:
    save_settings(key_features=tuple(st.session_state[key]))


def _rates() -> None:
    """A rate for each currency of the contracts other than the one that is shown."""
    book = loaded_book()
    if book is None or not book.money.needs_rates:
        return
    known = settings()
    if known.currency is None:
        st.warning(plain(_("The contracts are in {currencies}. Choose the currency in which money is to be shown.",
                           currencies=book.money.currencies)))
        return
    st.caption(plain(_("Enter how much one unit of each currency of the contracts is worth in {currency}.",
                       currency=known.currency)))
    for code in book.money.currencies:
        if code != known.currency:
            st.number_input(plain(code), 0.0, format="%.6g", on_change=_save_rate, args=(code,),
                            key=held(f"set-rate-{code}", float(known.currency_rates.get(code, 0))))


def _days() -> None:
    """Until when and since when the data speaks, where the team knows better than the sheets."""
    known, book = settings(), loaded_book()
    left, right = st.columns(2)
    latest = f" ({date_text(book.dates.latest, language())})" if book and book.dates.latest else ""
    automatic = say(_("As the sheets say")) + latest
    with left:
        st.date_input(say(_("Data up to")), None, key=held("set-as_of", known.as_of), on_change=_save_as_of,
                      args=(book.dates.latest if book else None,), min_value="1990-01-01", help=automatic)
    with right:
        st.date_input(say(_("Data complete since")), None, key=held("set-data_from", known.data_from),
                      on_change=_save_computed, args=("data_from",), min_value="1990-01-01",
                      help=say(_("Set this when older customers are missing from the sheets. Who is active on the day "
                                 "before counts as an existing customer, not as a new one.")))


@told
def _save_computed(name: str) -> None:
    save_settings(**{name: st.session_state[f"set-{name}"]})


@told
def _save_as_of(latest: date | None) -> None:
    save_settings(as_of=st.session_state["set-as_of"], as_of_confirmed_at=latest)


@told
def _save_currency(key: str) -> None:
    """Another currency makes the rates into the one before meaningless."""
    save_settings(currency=st.session_state[key] or None, currency_rates={})


@told
def _save_tax() -> None:
    save_settings(tax_rate=Decimal(str(st.session_state["set-tax"])) / 100)


@told
def _save_rate(code: str) -> None:
    rate = Decimal(str(st.session_state[f"set-rate-{code}"]))
    rates = {**settings().currency_rates, code: rate}
    save_settings(currency_rates={name: value for name, value in rates.items() if value > 0})


def forget_all() -> None:
    """One button that forgets everything, after saying what will be gone."""
    with st.container(border=True):
        st.subheader(say(_("Forget everything")), anchor=False)
        files = len(workspace().files())
        st.write(say(_("All uploaded files ({files}), their mappings and all settings are deleted from this computer. "
                       "This cannot be undone.", files=files)))
        is_sure = st.checkbox(say(_("Yes, delete it all")), key="forget-sure")
        st.button(say(_("Forget everything")), disabled=not is_sure, key="forget", icon=":material/delete_forever:",
                  on_click=_forget)


@told
def _forget() -> None:
    """Nothing stays: not in the workspace, not in the caches, not in this session or its address."""
    cancel_all()
    cancel_trainings()
    try:
        workspace().forget()
    finally:
        st.cache_resource.clear()
        st.cache_data.clear()
        st.query_params.clear()
        for key in list(st.session_state):
            if not str(key).startswith("$$"):  # streamlit's own
                del st.session_state[key]
