"""The KPIs of what customers say (handbook 4)."""

from __future__ import annotations

from cs_kpi.kpi.registry import kpi
from cs_kpi.locale import _

kpi("nps", "voice", label=_("NPS"), unit="points", better="up", bounds=(-100, 100), method="points",
    numerator="promoters - detractors", denominator="nps_given",
    definition=_("Net promoter score: the share of answers of 9 and 10 less the share of answers of 0 to 6, in points. "
                 "The latest answer of each respondent in the period counts."), source="Bain & Company")
kpi("csat", "voice", label=_("CSAT"), unit="share", better="up", bounds=(0, 1),
    numerator="satisfied", denominator="csat_given",
    definition=_("Customer satisfaction: the share of answers of at least four fifths of the scale, on five points 4 "
                 "and 5."), source="Delighted")
