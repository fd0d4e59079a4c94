"""Every KPI there is, in the order in which KPIs are shown: whoever reads the registry reads it from here."""
# ruff: noqa: I001

from cs_kpi.kpi import subscription_kpis, life_kpis, use_kpis, voice_kpis, health_kpis  # noqa: F401  (declare them)
from cs_kpi.kpi.registry import KPIS

__all__ = ["KPIS"]
