"""When a sign holds, the limits of plans, and which product extends which feature; every change is saved."""

from __future__ import annotations

import streamlit as st

from cs_kpi.growth.closing import today
from cs_kpi.growth.limits import limits
from cs_kpi.growth.purchases import purchases
from cs_kpi.growth_rules import Extension, GrowthSettings
from cs_kpi.locale import Message
from pages._ui.growth import Growth
from pages._ui.guards import told
from pages._ui.held import held
from pages._ui.words import _, plain, say
from pages._ui.work import save_settings, settings

SHARES: dict[str, tuple[Message, int, int]] = {
    "seats_share": (_("Seats are full from (%)"), 10, 100),
    "limit_share": (_("Near the plan's limit from (%)"), 10, 100),
    "use_rise": (_("Use is rising from (%)"), 1, 500)}


def settings_section(found: Growth) -> None:
    chosen = settings().growth
    with st.container(horizontal=True, gap="medium"):
        for name, (label, low, high) in SHARES.items():
            st.number_input(say(label), low, high, key=held(f"growth-{name}", round(100 * getattr(chosen, name))),
                            on_change=_save_share, args=(name,), width=240)
    if found.book.has("subscriptions.plan") and found.book.has("subscriptions.seats"):
        _plans(found, chosen)
    if found.book.has("subscriptions.product") and found.book.has("usage.feature"):
        _extensions(found, chosen)


@told
def _save_share(name: str) -> None:
    save_settings(growth=settings().growth.model_copy(update={name: st.session_state[f"growth-{name}"] / 100}))


def _plans(found: Growth, chosen: GrowthSettings) -> None:
    """The seats that a plan carries: typed in, or left to what is learnt."""
    st.markdown("**" + say(_("Seats that a plan carries")) + "**")
    st.caption(say(_("Left empty, the limit is the median number of seats with which customers of the plan moved to a "
                     "plan that costs more, where at least 5 did.")))
    learnt = limits(today(found.book))
    with st.container(horizontal=True, gap="medium"):
        for place, name in enumerate(learnt.names):
            told_from = (say(_("learnt: {n} ({moves} moves)", n=float(learnt.seats[place]),
                               moves=int(learnt.moves[place]))) if learnt.moves[place] else say(_("not known")))
            st.number_input(plain(name), 1.0, None, None, step=1.0, format="%g", placeholder=told_from, width=240,
                            key=held(f"growth-plan-{name}", chosen.plan_limits.get(name)), on_change=_save_plan,
                            args=(name,))


@told
def _save_plan(name: str) -> None:
    chosen, value = settings().growth, st.session_state[f"growth-plan-{name}"]
    kept = {plan: limit for plan, limit in chosen.plan_limits.items() if plan != name}
    save_settings(growth=chosen.model_copy(update={"plan_limits": kept | ({name: value} if value else {})}))


def _extensions(found: Growth, chosen: GrowthSettings) -> None:
    """Products that extend a feature, one line each, and one to add."""
    of = found.book.once(purchases)
    st.markdown("**" + say(_("Products that extend a feature")) + "**")
    st.caption(say(_("Who uses the feature much is a candidate for the product: by the team's word here, or where it "
                     "is learnt as a rule. Much: at least 5 uses in 3 months, and as many as the upper quarter of its "
                     "users.")))
    for number, one in enumerate(chosen.extends):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(plain(_("{feature} → {product}", feature=one.feature, product=one.product)), width="stretch")
            st.button(say(_("Remove")), key=f"growth-extension-{number}", type="tertiary", on_click=_remove,
                      args=(one,))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.selectbox(say(_("Feature")), of.features, key="growth-feature", width=260)
        st.selectbox(say(_("Product")), of.products, key="growth-product", width=260)
        st.button(say(_("Add")), key="growth-extend", icon=":material/add:", on_click=_add)


@told
def _add() -> None:
    one = Extension(feature=st.session_state["growth-feature"], product=st.session_state["growth-product"])
    chosen = settings().growth
    if one not in chosen.extends:
        save_settings(growth=chosen.model_copy(update={"extends": (*chosen.extends, one)}))


@told
def _remove(one: Extension) -> None:
    chosen = settings().growth
    save_settings(growth=chosen.model_copy(update={"extends": tuple(each for each in chosen.extends if each != one)}))
