"""The reference of all KPIs, generated from their declarations: docs/metrics.md and docs/metrics.ja.md.

python -m cs_kpi.kpi.docs writes both into docs/ of the current folder.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cs_kpi.kpi import formula
from cs_kpi.kpi.conventions import CONVENTIONS, conventions_of
from cs_kpi.kpi.declarations import KPIS
from cs_kpi.kpi.passport import as_written
from cs_kpi.kpi.registry import DEFAULT_CONVENTION, GROUP_LABELS, VARIANTS, Kpi
from cs_kpi.locale import LANGUAGES, Language, Message, _
from cs_kpi.locale.formats import Unit
from cs_kpi.tables import TABLES

UNIT_LABELS: dict[Unit, Message] = {
    "money": _("money"), "share": _("share (percent)"), "count": _("count"), "ratio": _("ratio"),
    "points": _("points"), "minutes": _("minutes"), "months": _("months"), "score": _("score")}
BETTER_LABELS = {"up": _("higher is better"), "down": _("lower is better")}
TITLE, FORMULA, NEEDS = _("KPI reference"), _("Formula"), _("Needs")
SOURCE, CONVENTION, NOTHING = _("Defined so by"), _("Convention"), _("nothing")
CONVENTIONS_HEAD = _("Conventions")
ELSEWHERE = _("Each defines the KPIs named here in its own way, as written at each of them; of all others the default "
              "holds.")
INTRODUCTION = _("This page is written by the program from the declarations of the KPIs. Every rate has a 95% "
                 "interval, and every number opens to the customers behind it. Where nobody lost or gained anything, "
                 "customers show no spread: a share of MRR then has the limit of Wilson's interval for so many "
                 "customers, and a ratio that may exceed 100% has no interval.")


def reference(language: Language) -> str:
    """The whole page in Markdown."""
    return "\n".join(_lines(language)) + "\n"


def _lines(language: Language) -> Iterator[str]:
    yield f"# {TITLE.text(language)}"
    yield ""
    yield INTRODUCTION.text(language)
    for group, label in GROUP_LABELS.items():
        yield ""
        yield f"## {label.text(language)}"
        for kpi in KPIS.values():
            if kpi.group == group:
                yield from _section(kpi, language)
    yield from _conventions(language)


def _conventions(language: Language) -> Iterator[str]:
    """Every convention with the KPIs that it defines in its own way."""
    yield ""
    yield f"## {CONVENTIONS_HEAD.text(language)}"
    yield ""
    yield ELSEWHERE.text(language)
    yield ""
    for name, label in CONVENTIONS.items():
        kpis = [KPIS[one].label.text(language) for one, convention in VARIANTS if convention == name]
        if kpis:
            yield f"- `{name}` ({label.text(language)}): {('、' if language == 'ja' else ', ').join(kpis)}"


def _section(kpi: Kpi, language: Language) -> Iterator[str]:
    other: Language = "en" if language == "ja" else "ja"
    name, second = kpi.label.text(language), kpi.label.text(other)
    yield ""
    yield f"### {name}" + ("" if second in name or name in second else f" / {second}")
    yield ""
    yield f"`{kpi.id}` · {UNIT_LABELS[kpi.unit].text(language)} · {BETTER_LABELS[kpi.better].text(language)}"
    yield ""
    yield kpi.definition.text(language)
    yield ""
    yield f"- {FORMULA.text(language)}: {written(kpi, language)}"
    yield f"- {NEEDS.text(language)}: {_places(kpi, language)}"
    if kpi.source:
        yield f"- {SOURCE.text(language)}: {kpi.source}"
    for variant in conventions_of(kpi.id):
        if variant.convention != DEFAULT_CONVENTION:
            label = CONVENTIONS[variant.convention].text(language)
            yield (f"- {CONVENTION.text(language)} `{variant.convention}` ({label}): "
                   f"{variant.definition.text(language)} {written(variant, language)}")


def written(kpi: Kpi, language: Language) -> str:
    """The formula in words."""
    named = {name: word for side in kpi.sides.values() for name, word in formula.names(side, language).items()}
    return as_written(kpi, named, language)


def _places(kpi: Kpi, language: Language) -> str:
    """The tables and fields it cannot be computed without; alternatives with a slash between them."""
    needs = [" / ".join(_place(place, language) for place in need.split("|")) for need in kpi.needs]
    return ("、" if language == "ja" else ", ").join(needs) or NOTHING.text(language)


def _place(place: str, language: Language) -> str:
    table, _dot, column = place.partition(".")
    name = TABLES[table].label.text(language)
    return f"{name}: {TABLES[table].by_name[column].label.text(language)}" if column else name


def file_name(language: Language) -> str:
    return "metrics.md" if language == "en" else f"metrics.{language}.md"


def write(folder: Path) -> None:
    """Write the page of every language into a folder."""
    for language in LANGUAGES:
        (folder / file_name(language)).write_text(reference(language), "utf-8")


if __name__ == "__main__":
    write(Path("docs"))
