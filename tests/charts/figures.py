"""Figures of every kind and length, with gaps and names that bite."""

from __future__ import annotations

from typing import get_args

from cs_kpi.charts.figure import ChartKind, Figure, Marker, Measured, Role, Series, Status
from cs_kpi.locale import Language, Message, _
from cs_kpi.locale.formats import Unit

KINDS: tuple[ChartKind, ...] = get_args(ChartKind)
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


REASONS = {
    "ja": ("必要な機能が足りなかったため（請求書の一括発行・承認ワークフローなど）", "予算削減・コスト見直し",
           "競合サービスへの乗り換え", "担当者の退職にともなう利用停止", "サポートの対応に不満", "事業の終了・統合",
           "使いこなせなかった"),
    "en": ("A feature they needed was missing (bulk invoices, approval workflow and the like)", "Budget was cut",
           "Moved to a competitor", "The person in charge left the company", "Not happy with support",
           "Business closed or merged", "Too hard to use")}


def figure(kind: ChartKind, count: int = 12, language: Language = "en", *, gaps: bool = False,
           title: str = "MRR", currency: str | None = "JPY") -> Figure:
    if kind == "waterfall":
        return waterfall(count, gaps=gaps, title=title, currency=currency)
    if kind in BUILDERS:
        return BUILDERS[kind](count, language, gaps, Message(title), currency)
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
                  roles=tuple(role for _name, _value, role in steps), incomplete=frozenset({count - 1}))


def columns(count: int, language: Language, gaps: bool, title: Message, currency: str | None) -> Figure:
    """Two kinds of customers side by side, with whiskers."""
    values = _values(count, 40_000.0, gaps)
    limits = [tuple(None if value is None else value * share for value in values) for share in (0.8, 1.25)]
    return Figure("g", "grouped_bars", title, months(count, language),
                  (Series("SMB", values, "accent", *limits), Series("Enterprise", _values(count, 60_000.0, False),
                                                                    "second")),
                  "money", _("Closing MRR. n = {n}", n=500), subtitle=_("Grew"), currency=currency,
                  incomplete=frozenset({count - 1}) if count > 1 else frozenset(),
                  markers=(Marker(count // 2, "Score v2"),), references=(Marker(50_000, "Budget"),))


def ranking(count: int, language: Language, gaps: bool, title: Message, currency: str | None) -> Figure:
    """Reasons by MRR, stacked by plan."""
    names = tuple(REASONS[language][k] if k < 7 else f"{REASONS[language][k % 7]} {k}" for k in range(count))
    values = _values(count, 2_000_000.0, gaps)[::-1]
    half = tuple(None if value is None else value * 0.4 for value in values)
    return Figure("r", "ranked_bars", title, names, (Series("SMB", values, "accent"), Series("Enterprise", half,
                                                                                            "second")),
                  "money", _("Closing MRR. n = {n}", n=500), currency=currency, category_title=Message("Reason"))


def grid(count: int, language: Language, gaps: bool, title: Message, currency: str | None) -> Figure:
    """As many cohorts as months: a triangle of shares."""
    rows = tuple(Series(name, tuple(None if k + n >= count or (gaps and k % 5 == 2 and count > 2) else 0.97 ** (k * 1.5)
                                    - (n % 4) * 0.02 * (k > 0) for k in range(count)), size=1_200 - 10 * n)
                 for n, name in enumerate(months(count, language)))
    return Figure("h", "heatmap", title, tuple(str(k) for k in range(count)), rows, "share",
                  _("Closing MRR. n = {n}", n=500), currency=currency, series_title=Message("Start"),
                  category_title=Message("Months since the start"))


def curves(count: int, language: Language, gaps: bool, title: Message, currency: str | None) -> Figure:
    """Two segments, one of them observed for a shorter time."""
    whole = tuple(0.98 ** k for k in range(count))
    short = tuple(None if k >= max(count - 3, 1) and gaps else 0.95 ** k for k in range(count))
    series = tuple(Series(name, values, role, tuple(v and v * 0.93 for v in values),
                          tuple(v and min(v * 1.06, 1.0) for v in values))
                   for name, values, role in (("Enterprise", whole, "accent"), ("SMB", short, "second")))
    return Figure("s", "survival", title, tuple(str(k) for k in range(count)), series, "share",
                  _("Closing MRR. n = {n}", n=500), currency=currency, references=(Marker(0.5, "50%"),),
                  x=Measured(Message("Months since the start"), tuple(float(k) for k in range(count)), "months"))


def customers(count: int, language: Language, gaps: bool, title: Message, currency: str | None) -> Figure:
    """Health against MRR, by band; every point is in one band."""
    bands: tuple[tuple[str, Role], ...] = (("緑" if language == "ja" else "Green", "good"),
                                           ("黄" if language == "ja" else "Yellow", "watch"),
                                           ("赤" if language == "ja" else "Red", "bad"))
    scores = [float((k * 37 + 11) % 101) for k in range(count)]
    band = [0 if score >= 70 else 1 if score >= 40 else 2 for score in scores]
    mrr = tuple(None if gaps and k % 5 == 2 else 10_000.0 * (1 + (k * 53) % 97) for k in range(count))
    series = tuple(Series(name, tuple(score if band[k] == n else None for k, score in enumerate(scores)), role)
                   for n, (name, role) in enumerate(bands))
    name = "株式会社サンプル商事" if language == "ja" else "Sample Trading Ltd. "
    return Figure("p", "scatter", title, tuple(f"{name}{k}" for k in range(count)), series, "score",
                  _("Closing MRR. n = {n}", n=500), currency=currency, category_title=_("Customer"),
                  x=Measured(_("MRR"), mrr, "money"), value_title=_("Score"), series_title=_("Status"),
                  size=Measured(_("Seats"), tuple(float(k % 40 + 1) for k in range(count)), "count"),
                  references=(Marker(70.0, "70"), Marker(40.0, "40")))


def projection(count: int, language: Language, gaps: bool, title: Message, currency: str | None) -> Figure:
    """Two thirds past, one third ahead, and a target."""
    known = max(count * 2 // 3, 1)
    past = tuple(None if k >= known or (gaps and k % 5 == 2) else 8e6 * 1.02 ** k for k in range(count))

    def ahead(spread: float) -> tuple[float | None, ...]:
        return tuple(8e6 * 1.02 ** (known - 1) * (1 + (0.02 + spread) * (k - known + 1)) if k >= known - 1 else None
                     for k in range(count))
    return Figure("t", "fan", title, months(count, language),
                  (Series("実績" if language == "ja" else "Actual", past, "accent"),
                   Series("中央値" if language == "ja" else "Median", ahead(0.0), "accent", ahead(-0.02), ahead(0.025),
                          ahead(-0.008), ahead(0.01)),
                   Series("目標" if language == "ja" else "Target", tuple(11e6 for _k in range(count)), "neutral")),
                  "money", _("Closing MRR. n = {n}", n=500), currency=currency)


def targets(count: int, language: Language, gaps: bool, title: Message, currency: str | None) -> Figure:
    """Rows of different units, on, near and off target."""
    said: tuple[tuple[str, Role], ...] = (("達成" if language == "ja" else "on target", "good"),
                                          ("あと少し" if language == "ja" else "close", "watch"),
                                          ("未達" if language == "ja" else "missed", "bad"))
    given: tuple[tuple[str, str, Unit, float, float, int], ...] = (
        ("MRR（月次経常収益）", "MRR", "money", 11_900_000.0, 12_000_000.0, 1),
        ("NRR（売上継続率・12か月）", "NRR (12 months)", "share", 1.04, 1.02, 0),
        ("オンボーディング完了率", "Onboarding completion rate", "share", 0.61, 0.8, 2),
        ("顧客数", "Customers", "count", 273.0, 250.0, 0))
    rows = [given[k % 4] for k in range(count)]
    actual = tuple(None if gaps and k % 5 == 2 else row[3] for k, row in enumerate(rows))
    return Figure("b", "bullet", title,
                  tuple(row[0 if language == "ja" else 1] + (f" {k}" if k > 3 else "") for k, row in enumerate(rows)),
                  (Series("実績" if language == "ja" else "Actual", actual, "accent"),
                   Series("目標" if language == "ja" else "Target", tuple(row[4] for row in rows), "neutral")),
                  "money", _("Closing MRR. n = {n}", n=500), currency=currency,
                  statuses=tuple(Status(*said[row[5]], row[2]) for row in rows), category_title=_("KPI"))


BUILDERS = {"grouped_bars": columns, "ranked_bars": ranking, "heatmap": grid, "survival": curves,
            "scatter": customers, "fan": projection, "bullet": targets}


def _values(count: int, size: float, gaps: bool) -> tuple[float | None, ...]:
    return tuple(None if gaps and k % 5 == 2 else size * (1 + k / 10) for k in range(count))
