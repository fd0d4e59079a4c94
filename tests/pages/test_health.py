"""The health page: begun with one click, edited with its effect in sight, tested, saved, gone back to."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from cs_kpi.health_rules import HealthConfiguration, HealthVersion
from cs_kpi.samples import sample
from cs_kpi.settings import Preferences, Settings
from cs_kpi.workspace import Workspace
from tests import test_pages
from tests.test_pages import APP, LEDGER, speak

PAGE = "pages/health.py"
SECTIONS = ("today", "customers", "moves", "editor", "backtest", "versions")
CONTRACTS = "customer_id,customer_name,plan,owner,mrr,start_date,end_date\n" + "".join(
    f"C{n},Firm {n},{'Pro' if n % 2 else 'Basic'},Sato,{100 * n},2024-01-01,\n" for n in range(1, 9))
# In June firm n uses the service 10 n times; in May everybody 40 times
USAGE = "customer_id,date,count\n" + "".join(
    f"C{n},2024-05-30,40\nC{n},2024-06-{30 if n == 1 else 29},{10 * n}\n" for n in range(1, 9))


@pytest.fixture
def work(workspace_url: str) -> Workspace:
    work = Workspace(workspace_url)
    speak(work, "en")
    return work


@pytest.fixture
def used(work: Workspace) -> Workspace:
    work.add_file("contracts.csv", CONTRACTS.encode(), by="")
    work.add_file("usage.csv", USAGE.encode(), by="")
    return work


def opened(section: str = "today") -> AppTest:
    app = AppTest.from_file(APP, default_timeout=60).run()
    app.session_state["health"] = section
    return sound(app.switch_page(PAGE).run())


def at(app: AppTest, section: str) -> AppTest:
    app.session_state["health"] = section
    return sound(app.switch_page("pages/overview.py").run().switch_page(PAGE).run())


def sound(app: AppTest) -> AppTest:
    assert not app.exception
    assert not app.error
    return app


def saved(work: Workspace) -> HealthConfiguration | None:
    found = work.load(Settings, "settings")
    return found.health if found else None


def texts(app: AppTest) -> str:
    return test_pages.texts(app).replace("\\", "")


def bands(app: AppTest) -> list[tuple[str, str]]:
    """Customers in green, yellow, red, with their change."""
    return [(one.value, one.delta) for one in app.metric][:3]


def weights(chosen: HealthConfiguration) -> dict[str, float]:
    return {part.feature: part.weight for part in chosen.rules.components}


def test_nothing_is_saved_until_it_is_begun_with_one_click(used: Workspace) -> None:
    app = opened()
    assert "suggested from your data" in texts(app)
    assert saved(used) is None
    counted = bands(app)
    app.button(key="health-start").click().run()
    sound(app)
    assert saved(used).name == "First health score"  # type: ignore[union-attr]
    assert [one.number for one in used.all(HealthVersion).values()] == [1]
    assert "suggested from your data" not in texts(app)
    assert bands(app) == counted


def test_the_overview_shows_health_as_soon_as_it_is_begun(used: Workspace) -> None:
    app = opened()
    app.button(key="health-start").click().run()
    app = sound(app.switch_page("pages/overview.py").run())
    assert [one.label for one in app.metric if one.label in ("Mean health score", "MRR at risk")] == [
        "Mean health score", "MRR at risk"]


def test_a_weight_shows_its_effect_and_counts_only_when_saved(used: Workspace) -> None:
    opened().button(key="health-start").click().run()
    before = saved(used)
    app = opened("editor")
    assert {delta for _value, delta in bands(app)} == {""}
    first, *others = [part.feature for part in before.rules.components]  # type: ignore[union-attr]
    for other in others:
        app.button(key=f"health-out-{other}").click().run()
    sound(app)
    assert texts(app).count("Part taken out") == len(others)
    app.number_input(key=f"health-good-{first}").set_value(41.0).run()
    assert bands(app)[0] == ("5", "+2")  # from 17 (bad) to 41: 40 uses score 96, 30 uses 54
    assert saved(used) == before
    app.slider(key=f"health-weight-{first}").set_value(40.0).run()
    app.text_input(key="health-name").set_value("Use alone").run()
    app.button(key="health-save").click().run()
    sound(app)
    now = saved(used)
    assert (now.name, weights(now)) == ("Use alone", {first: 40.0})  # type: ignore[union-attr,arg-type]
    assert [one.number for one in used.all(HealthVersion).values()] == [1, 2]
    again = opened("editor")
    assert again.slider(key=f"health-weight-{first}").value == 40.0
    assert {delta for _value, delta in bands(again)} == {""}


def test_a_moved_slider_is_not_thrown_back_and_follows_what_is_discarded(used: Workspace) -> None:
    """A value that the server sets overwrites what was typed meanwhile: quick presses of an arrow key were lost."""
    app = opened("editor")
    key = "health-weight-use_level"
    before = app.slider(key=key).value
    app.slider(key=key).set_value(before + 5).run()
    app.number_input(key="health-good-use_level").set_value(77.0).run()
    app.slider(key="health-limits").set_value((30.0, 60.0)).run()
    sound(app)
    shown = [app.slider(key=key), app.number_input(key="health-good-use_level"), app.slider(key="health-limits")]
    assert [one.proto.set_value for one in shown] == [False, False, False]
    assert [one.value for one in shown] == [before + 5, 77.0, (30.0, 60.0)]
    app.button(key="health-discard").click().run()
    assert app.slider(key=key).value == before
    assert app.slider(key=key).proto.set_value


def test_thresholds_that_are_the_same_are_refused_in_words(used: Workspace) -> None:
    app = opened("editor")
    good = app.number_input(key="health-good-use_level").value
    app.number_input(key="health-bad-use_level").set_value(good).run()
    assert not app.exception
    assert "must differ" in app.error[0].value
    assert app.number_input(key="health-bad-use_level").value != good


def test_a_share_is_typed_in_percent(used: Workspace) -> None:
    app = opened("editor")
    app.selectbox(key="health-add-en").set_value("mrr_change_3").run()
    box = app.number_input(key="health-bad-mrr_change_3")
    assert box.label == "Bad (%)"
    box.set_value(-25.0).run()
    app.button(key="health-save").click().run()
    [part] = [one for one in saved(used).rules.components if one.feature == "mrr_change_3"]  # type: ignore
    assert part.bad == -0.25


def test_sections_of_all_customers_say_that_the_pickers_do_not_narrow_them(used: Workspace) -> None:
    app = opened("editor")
    assert "all customers of 2024-06-30, whatever period and segment" in texts(app)
    assert "whatever period and segment" not in texts(at(app, "backtest"))
    app.selectbox(key="by").set_value("plan").run()
    sound(app)
    assert "all customers, whatever period and segment" in texts(at(app, "backtest"))
    assert "all customers, whatever period and segment" in texts(at(app, "versions"))


def test_discarding_leads_back_to_what_is_in_force(used: Workspace) -> None:
    app = opened("editor")
    app.slider(key="health-limits").set_value((20.0, 95.0)).run()
    assert any(delta for _value, delta in bands(app))
    app.button(key="health-discard").click().run()
    assert app.slider(key="health-limits").value == (40.0, 70.0)
    assert not any(delta for _value, delta in bands(app))


def test_bands_missing_parts_and_caps_are_edited(used: Workspace) -> None:
    app = opened("editor")
    app.slider(key="health-limits").set_value((30.0, 60.0)).run()
    app.button_group(key="health-missing-en").set_value("penalise").run()
    app.selectbox(key="health-cap-add-en").set_value("use_level").run()
    app.number_input(key="health-cap-0-limit").set_value(35.0).run()
    app.selectbox(key="health-cap-0-band-en").set_value("red").run()
    app.button(key="health-save").click().run()
    rules = saved(sound(app) and used).rules  # type: ignore[union-attr]
    assert (rules.yellow_from, rules.green_from, rules.missing) == (30, 60, "penalise")
    [cap] = rules.caps
    assert (cap.feature, cap.when, cap.limit, cap.band) == ("use_level", "at_most", 35.0, "red")


def test_churn_risk_can_be_a_part_and_says_where_it_cannot_be_told(used: Workspace) -> None:
    app = opened("editor")
    before = app.metric[3].value
    app.selectbox(key="health-add-en").set_value("churn_risk").run()
    assert app.number_input(key="health-bad-churn_risk").disabled
    assert sound(app).toggle(key="health-insists").value is False
    assert app.metric[3].value == before  # nobody has left, so no model is believed and the others share its weight
    app.button(key="health-save").click().run()
    for section in SECTIONS:
        opened(section)


def test_a_plan_gets_rules_of_its_own(used: Workspace) -> None:
    app = opened("editor")
    app.selectbox(key="health-field-en").set_value("plan").run()
    app.multiselect(key="health-values-plan-en").set_value(["Pro"]).run()
    app.button_group(key="health-whose-en").set_value("Pro").run()
    app.slider(key="health-weight-use_level").set_value(80.0).run()
    app.button(key="health-save").click().run()
    now = saved(sound(app) and used)
    assert now.field == "plan"  # type: ignore[union-attr]
    own = {part.feature: part.weight for part in now.segments["Pro"].components}  # type: ignore[union-attr]
    assert own["use_level"] == 80.0
    assert weights(now)["use_level"] != 80.0  # type: ignore[arg-type]


def test_an_older_version_counts_again_and_none_is_lost(used: Workspace) -> None:
    opened().button(key="health-start").click().run()
    first = saved(used)
    app = opened("editor")
    app.slider(key="health-limits").set_value((10.0, 90.0)).run()
    app.button(key="health-save").click().run()
    app = at(app, "versions")
    listed = next(one.value for one in app.dataframe if "What changed" in one.value)
    assert listed["What changed"].tolist() == [
        "yellow begins at 10 instead of 40. green begins at 90 instead of 70.", "the first one"]
    app.button(key="health-restore").click().run()
    sound(app)
    assert saved(used).rules == first.rules  # type: ignore[union-attr]
    assert [one.number for one in used.all(HealthVersion).values()] == [1, 2, 3]


def test_the_test_of_the_past_runs_at_a_click_and_follows_the_draft(work: Workspace) -> None:
    work.add_file(*sample("en", "tidy"), by="")
    app = opened("backtest")
    assert not [one for one in app.subheader if one.value == "How early it warned"]
    app.button(key="health-test").click().run()
    sound(app)
    found = next(one.value for one in app.dataframe if "ROC AUC" in one.value)
    assert found["Tested"].tolist() == ["First health score", "Weights fitted to the data"]
    app.button(key="health-fitted").click().run()
    sound(app)
    again = next(one.value for one in app.dataframe if "ROC AUC" in one.value)
    assert again.iloc[0, 1] != found.iloc[0, 1]  # the fitted weights are the draft now, and are what is tested
    assert saved(work) is None


def test_hidden_names_are_nowhere_on_the_page(used: Workspace) -> None:
    used.save(Preferences(language="en", hides_names=True), "preferences", by="")
    for section in SECTIONS:
        app = opened(section)
        assert "Firm" not in texts(app)
        assert not any("Firm" in one.value.to_csv() for one in app.dataframe)
        assert not any("Firm" in str(one.options) for one in app.selectbox)


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_section_opens_before_and_after_saving(used: Workspace, section: str, language: str) -> None:
    speak(used, language)
    opened(section)
    opened().button(key="health-start").click().run()
    opened(section)


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_contracts_alone_have_a_score_of_what_there_is(work: Workspace, section: str, language: str) -> None:
    speak(work, language)
    work.add_file("契約.csv", LEDGER.encode("cp932"), by="")
    opened(section)


@pytest.mark.parametrize("section", SECTIONS)
def test_a_list_without_dates_is_scored_too(work: Workspace, section: str) -> None:
    work.add_file("list.csv", b"customer_id,monthly fee,status,tenure months\n" + b"".join(
        b"C%d,%d,%s,%d\n" % (n, 100 + n, b"churned" if n % 3 == 0 else b"active", n) for n in range(60)), by="")
    app = opened(section)
    if section == "backtest":
        app.button(key="health-test").click().run()
        assert "Green, and left: " in texts(sound(app))
        assert "month" not in texts(app)


def test_use_alone_is_scored_without_money(work: Workspace) -> None:
    work.add_file("usage.csv", USAGE.encode(), by="")
    for section in SECTIONS:
        app = opened(section)
        if section == "backtest":
            app.button(key="health-test").click().run()
            assert "contracts" in sound(app).info[-1].value


def test_a_score_of_other_data_offers_to_begin_anew(used: Workspace) -> None:
    opened().button(key="health-start").click().run()
    chosen = saved(used).model_dump_json().replace("use_", "pulse_")  # type: ignore[union-attr]
    now = HealthConfiguration.model_validate_json(chosen)
    rules = now.rules.model_copy(update={"components": (now.rules.components[0].model_copy(update={
        "feature": "pulse"}),)})
    settings = used.load(Settings, "settings")
    changed = settings.model_copy(update={"health": now.model_copy(update={"rules": rules})})  # type: ignore
    used.save(changed, "settings", by="")
    app = opened()
    assert "pulse" in app.warning[0].value
    app.button(key="health-anew").click().run()
    sound(app)
    assert "use_level" in weights(saved(used))  # type: ignore[arg-type]


def test_the_renewal_calendar_tells_health(used: Workspace) -> None:
    used.add_file("terms.csv", ("customer_id,start_date,term_end,mrr\n" + "".join(
        f"C{n},2024-01-01,2024-12-31,{100 * n}\n" for n in range(1, 9))).encode(), by="")
    opened().button(key="health-start").click().run()
    app = AppTest.from_file(APP, default_timeout=60).run()
    app.session_state["retention"] = "renewals"
    app = sound(app.switch_page("pages/retention.py").run())
    listed = next(one.value for one in app.dataframe if "Term end" in one.value)
    assert listed["Band of health"].str.contains("red|yellow|green").all()
