"""Figures of every kind and length, with gaps and names that bite."""

from __future__ import annotations

from cs_kpi.charts.figure import ChartKind, Figure, Role, Series
from cs_kpi.locale import Language, Message, _

KINDS: tuple[ChartKind, ...] = ("line", "stacked_bars", "stacked_area", "waterfall")
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
MOVEMENTS: tuple[tuple[str, Role, int], ...] = (
    ("New", "new", 1), ("Reactivation", "reactivation", 1), ("Expansion", "expansion", 1),
    ("Contraction", "contraction", -1), ("Churn", "churn", -1))
BRIDGE: tuple[tuple[str, float, Role], ...] = (
    ("Opening", 300_000.0, "total"), ("New", -500_000.0, "new"), ("Reactivation", -100_000.0, "reactivation"),
    ("Expansion", 450_000.0, "expansion"), ("Churn", -400_000.0, "churn"), ("Closing", -250_000.0, "total"))


def months(count: int, language: Language) -> tuple[str, ...]:
    return tuple(f"{2020 + k // 12}年{k % 12 + 1}月" if language == "ja" else f"{MONTHS[k % 12]} {2020 + k // 12}"
                 for k in range(count))


def figure(kind: ChartKind, count: int = 12, language: Language = "en", *, gaps: bool = False,
           title: str = "MRR", currency: str | None = "JPY") -> Figure:
    if kind == "waterfall":
        return waterfall(count, gaps=gaps, title=title, currency=currency)
    if kind == "line":
        values = _values(count, 1_000_000.0, gaps)
        low = tuple(None if value is None else value * 0.9 for value in values)
        high = tuple(None if value is None else value * 1.1 for value in values)
        series: tuple[Series, ...] = (Series(_("MRR"), values, "accent", low, high),
                                      Series("Plan", _values(count, 1_100_000.0, False), "second"))
    elif kind == "stacked_bars":
        series = tuple(Series(name, _values(count, sign * 100_000.0, gaps), role) for name, role, sign in MOVEMENTS)
    else:
        series = tuple(Series(f"Year {2020 + k}", _values(count, 500_000.0, gaps and k == 1), "layer")
                       for k in range(4))
    return Figure("f", kind, Message(title), months(count, language), series, "money",
                  _("Closing MRR. n = {n}", n=500), subtitle=_("Grew"), period="2020", currency=currency,
                  incomplete=frozenset({count - 1}) if count > 1 else frozenset())


def waterfall(count: int = len(BRIDGE), *, gaps: bool = False, title: str = "MRR",
              currency: str | None = "JPY") -> Figure:
    steps = [BRIDGE[k % len(BRIDGE)] for k in range(count)]
    values = tuple(None if gaps and k == 2 else value for k, (_name, value, _role) in enumerate(steps))
    return Figure("w", "waterfall", Message(title), tuple(f"{name} {k}" for k, (name, _v, _r) in enumerate(steps)),
                  (Series(_("MRR"), values, "total"),), "money", _("Closing = opening + movements."), currency=currency,
                  step_roles=tuple(role for _name, _value, role in steps), incomplete=frozenset({count - 1}))


def _values(count: int, size: float, gaps: bool) -> tuple[float | None, ...]:
    return tuple(None if gaps and k % 5 == 2 else size * (1 + k / 10) for k in range(count))
