"""Sets of KPIs by stage, and a team's own."""

import pytest
from pydantic import ValidationError

from cs_kpi.kpi.presets import PRESETS, OwnSet, kpis_of, label_of
from cs_kpi.kpi.registry import KPIS


def test_presets_name_declared_kpis_alone() -> None:
    named = {name for preset in PRESETS.values() for name in preset.kpis or ()}
    assert named <= set(KPIS)


def test_each_stage_watches_what_teams_of_that_stage_do() -> None:
    """As teams grow: what is earned and from whom, then whether customers arrive, then whether they stay."""
    new = {"seed": {"arr", "mrr", "customers"}, "first_hire": {"onboarding_completion_rate", "health_mean"},
           "series_a": {"gross_revenue_churn_rate", "customer_churn_rate", "nrr", "nps"}}
    known: set[str] = set()
    for name, added in new.items():
        known |= added
        assert set(PRESETS[name].kpis or ()) == known
    assert set(PRESETS["situational"].kpis or ()) == {"ltv", "upsell_rate", "csat"}


def test_each_stage_takes_over_what_the_one_before_watches() -> None:
    seed, hire, series_a = (PRESETS[name].kpis for name in ("seed", "first_hire", "series_a"))
    assert seed and hire and series_a  # noqa: PT018
    assert set(seed) < set(hire) < set(series_a)
    assert kpis_of(PRESETS["all"]) == list(KPIS)


def test_an_own_set_keeps_its_order_and_names_and_drops_what_is_gone() -> None:
    own = OwnSet(name="Board", kpis=("nrr", "mrr", "forgotten", "nrr"), names={"nrr": "Net retention"})
    assert kpis_of(own) == ["nrr", "mrr"]
    assert label_of(own, "nrr") == "Net retention"
    assert label_of(own, "mrr") == KPIS["mrr"].label
    assert OwnSet.model_validate_json(own.model_dump_json()) == own


@pytest.mark.parametrize("wrong", [{"name": "", "kpis": ["mrr"]}, {"name": "Board", "kpis": []}])
def test_a_set_without_name_or_kpis_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        OwnSet.model_validate(wrong)
