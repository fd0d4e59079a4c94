"""Configurations and small books for the health score."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from cs_kpi.book import Book
from cs_kpi.health_rules import Cap, Component, HealthConfiguration, Missing, Rules
from cs_kpi.settings import Settings

LAST = dt.date(2024, 6, 30)


def rules(*parts: tuple[str, float, float, float], missing: Missing = "exclude", caps: tuple[Cap, ...] = (),
          limits: tuple[float, float] = (40, 70)) -> Rules:
    """parts : feature, bad, good, weight"""
    return Rules(components=tuple(Component(feature=id, bad=bad, good=good, weight=weight)
                                  for id, bad, good, weight in parts),
                 missing=missing, caps=caps, yellow_from=limits[0], green_from=limits[1])


def configuration(*parts: tuple[str, float, float, float], name: str = "Score", **more: object
                  ) -> HealthConfiguration:
    return HealthConfiguration(name=name, made_on=LAST, rules=rules(*parts, **more))  # type: ignore[arg-type]


def small() -> Book:
    """Four customers: a uses 20 times in June, b 5 times, c not at all, d came in May and leaves in June; NPS of a
    and b; c is on the plan Pro."""
    days = pd.to_datetime
    contracts = pd.DataFrame({
        "customer_id": list("abcd"), "start_date": days(["2024-01-01"] * 3 + ["2024-05-01"]),
        "end_date": days([None, None, None, "2024-06-15"]), "mrr": [100.0, 50.0, 30.0, 10.0],
        "plan": ["Basic", "Basic", "Pro", "Basic"], "charge_kind": "recurring"})
    use = pd.DataFrame({
        "customer_id": ["a", "b", "c", "d", "a", "b"],
        "date": days(["2024-01-02"] * 3 + ["2024-05-10", "2024-06-10", "2024-06-12"]),
        "count": [10.0, 10.0, 10.0, 3.0, 20.0, 5.0]})
    said = pd.DataFrame({"customer_id": ["a", "b"], "answered_on": days(["2024-06-01", "2024-06-02"]),
                         "kind": "nps", "score": [6.0, 9.0], "scale": 10.0})
    return Book({"subscriptions": contracts, "usage": use, "surveys": said}, Settings(as_of=LAST), today=LAST)
