"""Targets and their review in words: how each stands, how realistic it is, what its periods propose, what changed."""

from __future__ import annotations

from collections.abc import Iterator

from cs_kpi.kpi.conventions import CONVENTIONS
from cs_kpi.kpi.declarations import KPIS
from cs_kpi.kpi.readings import segment_name
from cs_kpi.kpi.registry import DEFAULT_CONVENTION
from cs_kpi.locale import Message, _, shown
from cs_kpi.periods import Period, PeriodName
from cs_kpi.targets.goals import Agreement, Benchmark, Wanted
from cs_kpi.targets.realism import FEWEST, Realism, Word
from cs_kpi.targets.relations import Relation
from cs_kpi.targets.review import Judged, Status, Streak, better_by
from cs_kpi.targets.words import Form

STATUS_LABELS: dict[Status, Message] = {
    "met": _("Target met"), "missed": _("Target missed"), "on_track": _("On track"), "behind": _("Behind"),
    "not_testable": _("Not testable (within noise)"), "too_early": _("Too early to tell"), "no_value": _("No value")}
WORD_LABELS: dict[Word, Message] = {
    "easy": _("Easy"), "realistic": _("Realistic"), "stretch": _("Stretch"), "out_of_reach": _("Out of reach"),
    "unknown": _("Too little history")}


def titled(wanted: Wanted) -> Message:
    """The KPI, of whom, and by which convention where that is not the default."""
    named = KPIS[wanted.kpi].label
    if wanted.convention != DEFAULT_CONVENTION:
        named = _("{kpi} [{convention}]", kpi=named, convention=CONVENTIONS[wanted.convention])
    if wanted.whom is None:
        return named
    return _("{kpi} ({segment})", kpi=named, segment=segment_name(wanted.whom))


def named(period: Period) -> PeriodName:
    return PeriodName("", period=period)


def span(wanted: Wanted) -> Message:
    """Its periods: the only one, or the first to the last."""
    run = wanted.periods
    return named(run[0]) if len(run) == 1 else _("{first} – {last}", first=named(run[0]), last=named(run[-1]))


def asked(wanted: Wanted, form: Form) -> str:
    """Its value; of a path the first and the last."""
    unit = wanted.measured.unit
    first, last = (form.number(wanted.values[place], unit) for place in (0, -1))
    return last if wanted.is_level else f"{first} → {last}"


def explained(one: Judged, wanted: Wanted, form: Form) -> Message:
    """Why a period has the status that it has."""
    unit, reading = wanted.measured.unit, one.reading
    values = {"period": named(one.period), "target": form.number(one.wanted, unit),
              "actual": form.number(reading.value, unit), "n": reading.n}
    if one.status == "not_testable" and (reading.low is None or reading.high is None):
        return _("{period}: {actual} against {target}. There is no interval (n = {n}), so nobody knows how much of the "
                 "difference is chance.", **values)
    if one.status == "not_testable":
        low, high = (form.number(value, unit) for value in (reading.low, reading.high))
        return _("{period}: {actual} against {target}. The 95% interval (n = {n}) is {low} to {high} and holds the "
                 "target: the difference may be chance.", **values, low=low, high=high)
    if one.status == "too_early":
        if one.gap is None:
            return _("{period} is not over yet. It is judged when it is complete.", **values)
        return _("{period} is not over yet and stands at {actual}, against {target}. It is judged when it is complete.",
                 **values)
    if one.status == "no_value":
        reason = reading.reason or _("There is no value.")
        return _("{period}: {reason}", period=values["period"], reason=reason)
    if one.status == "met":
        return _("{period}: {actual} reaches the target of {target}.", **values)
    return _("{period}: {actual} misses the target of {target}.", **values)


def realism_said(found: Realism, wanted: Wanted, form: Form) -> Iterator[Message]:
    """On what the word rests, and whether the data could tell the target from chance."""
    unit = wanted.measured.unit
    target = form.number(found.wanted, unit)
    levels = found.levels
    if levels.n:
        yield _("Own history reached {target} in {k} of {n} complete periods before; the best was {best}, the median "
                "{median}.", target=target, k=levels.k, n=levels.n, best=form.number(levels.best, unit),
                median=form.number(levels.median, unit))
    else:
        yield _("There is no complete period before the target's.")
    if found.moves and found.moves.n:
        yield _("It has to move there in {distance} periods. Over {steps} periods it moved as fast in {k} of {n} cases "
                "(overlapping ones counted).", distance=found.distance, steps=found.steps, k=found.moves.k,
                n=found.moves.n)
    if found.word == "unknown":
        yield _("With fewer than {n} such cases nothing is said of how realistic it is.", n=FEWEST)
    yield from _noise_said(found, wanted, form)


def _noise_said(found: Realism, wanted: Wanted, form: Form) -> Iterator[Message]:
    now, kpi = found.latest, wanted.measured
    if now is None:
        return
    if not kpi.is_rate:
        yield _("It is counted, not estimated: there is no noise to be told from.")
    elif now.low is None or now.high is None or found.is_testable is None:
        yield _("{period} has no interval (n = {n}), so nobody knows how much of it is chance.", n=now.n,
                period=named(now.period))
    else:
        low, high, value = (form.number(one, kpi.unit) for one in (now.low, now.high, now.value))
        yield _("Noise alone covers {low} to {high}: the 95% interval of {period} ({value}, n = {n}).", low=low,
                high=high, value=value, n=now.n, period=named(now.period))
        if not found.is_testable:
            yield _untestable(found, form.number(found.wanted, kpi.unit))


def _untestable(found: Realism, target: str) -> Message:
    if found.customers_needed is None:
        return _("The target of {target} is where the KPI is already: no number of customers would show a difference.",
                 target=target)
    if found.periods_needed is None:
        return _("The target of {target} lies inside this noise and cannot be tested with this many customers. About "
                 "{n} in the denominator would be needed.", target=target, n=found.customers_needed)
    return _("The target of {target} lies inside this noise and cannot be tested with this many customers. About {n} "
             "in the denominator would be needed, which is {periods} periods like this one together.", target=target,
             n=found.customers_needed, periods=found.periods_needed)


def benchmark_said(one: Benchmark, wanted: Wanted, form: Form) -> Message:
    """How the target stands to what others report; by whom, of whom."""
    kpi = wanted.measured
    value, high = wanted.values[-1], one.low if one.high is None else one.high
    reported = form.number(one.low, kpi.unit)
    if one.high is not None:
        reported = f"{reported} – {form.number(one.high, kpi.unit)}"
    values = {"reported": reported, "target": form.number(value, kpi.unit),
              "source": f"{one.source}; {one.about}" if one.about else one.source}
    if one.low <= value <= high:
        return _("{target} is within what others report: {reported} ({source}).", **values)
    if better_by(kpi, value, high if kpi.better == "up" else one.low) > 0:
        return _("{target} is better than what others report: {reported} ({source}).", **values)
    return _("{target} is worse than what others report: {reported} ({source}).", **values)


def streak_said(found: Streak, margin: float, wanted: Wanted, form: Form) -> Message:
    """What the last periods in a row propose."""
    values = {"n": len(found.periods), "first": named(found.periods[0]), "last": named(found.periods[-1]),
              "level": form.number(found.level, wanted.measured.unit)}
    if found.kind == "easy":
        return _("Met by at least {margin}% in {n} periods running ({first} to {last}): a more ambitious target is "
                 "proposed. All of them reached {level}.", margin=round(100 * margin, 1), **values)
    return _("Missed in {n} periods running ({first} to {last}); the best of them came to {level}. Look at the level, "
             "and at whether it contradicts another target.", **values)


def contradiction_said(one: Relation, wanted: Wanted) -> Message:
    """That another target's KPI got worse when this one's got better."""
    other = KPIS[one.kgi if one.kpi == wanted.kpi else one.kpi].label
    return _("In the months so far, {kpi} got worse when {other} got better (rank correlation of changes {r}). Both "
             "have targets.", kpi=KPIS[wanted.kpi].label, other=other, r=f"{one.found.r:.2f}" if one.found else "")


def agreed(one: Agreement) -> Message | str:
    """A department, and who agreed for it and when."""
    if not one.is_agreed:
        return _("{department} (not agreed yet)", department=one.department)
    return _("{department} ({by}, {day})", department=one.department, by=one.by, day=one.on)


def differences(before: Wanted, after: Wanted, form: Form) -> Iterator[tuple[Message, str, str]]:
    """What a change changed: the field, the old and the new in words."""
    for label, old, new in (
            (_("KPI"), titled(before), titled(after)), (_("Periods"), span(before), span(after)),
            (_("Target value"), _values(before, form), _values(after, form)), (_("Owner"), before.owner, after.owner),
            (_("Shared with"), _shared(before), _shared(after)), (_("Rationale"), before.rationale, after.rationale),
            (_("From the scenario"), before.scenario, after.scenario)):
        texts = tuple(shown(one, form.language) for one in (old, new))
        if texts[0] != texts[1]:
            yield label, texts[0], texts[1]


def _values(wanted: Wanted, form: Form) -> list[str]:
    unit = wanted.measured.unit
    return list(dict.fromkeys([form.number(value, unit) for value in wanted.values])) if wanted.is_level else [
        form.number(value, unit) for value in wanted.values]


def _shared(wanted: Wanted) -> list[Message | str]:
    return [agreed(one) for one in wanted.shared_with]
