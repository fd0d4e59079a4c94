"""A report as one HTML file: interactive charts, KPIs with intervals, definitions; both languages, no network."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from html import escape
from pathlib import Path
from string import Template
from typing import get_args

from cs_kpi.book import Book
from cs_kpi.charts.drawing import specification
from cs_kpi.charts.tables import column_units, table
from cs_kpi.charts.theme import LIGHT
from cs_kpi.charts.words import plain
from cs_kpi.deck.registry import GROUP_LABELS
from cs_kpi.export.report import Course, Drawn, Lacking, Scope, courses, data_date, formula_words, head_words
from cs_kpi.export.report_figures import report_figures
from cs_kpi.export.workbook_kpis import period_heads
from cs_kpi.kpi.facts import convention_words, source_words
from cs_kpi.kpi.passport import sources
from cs_kpi.kpi.readings import STATUS_LABELS, Reading
from cs_kpi.kpi.registry import Kpi
from cs_kpi.locale import Language, _
from cs_kpi.locale.formats import Unit, formatted, with_unit
from cs_kpi.settings import MoneyUnit

PAGE = Path(__file__).with_name("report_page.html")
TITLE = _("KPI report")


def report_html(book: Book, scope: Scope, language: Language, money_unit: MoneyUnit = "one") -> bytes:
    """The file, utf-8; it opens in `language` and holds the other one too. It names no customer.

    Raises DataError where a KPI or field of the scope is unknown.
    """
    found = courses(book, scope)
    charts: dict[str, object] = {}
    parts = [_Writing(book, scope, one, money_unit, found, charts).body() for one in get_args(Language)]
    page = Template(PAGE.read_text("utf-8")).substitute(
        language=language, title=escape(f"{TITLE.text(language)} {scope.period.label(language)}"), ink=LIGHT.ink,
        muted=LIGHT.muted, grid=LIGHT.grid, accent=LIGHT.roles["accent"], body="\n".join(parts), library=_library(),
        charts=_inside_script(json.dumps(charts, ensure_ascii=False, separators=(",", ":"))))
    return page.encode("utf-8")


@cache
def _library() -> str:
    """Vega, Vega-Lite and Vega-Embed as one script without imports."""
    import vl_convert

    return _inside_script(str(vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")), is_json=False)


def _inside_script(text: str, *, is_json: bool = True) -> str:
    """Text that cannot end the script element it stands in."""
    return text.replace("<", "\\u003c") if is_json else text.replace("</script", "<\\/script").replace("<!--", "<\\!--")


class _Writing:
    """The body of the page in one language; the charts go into a dict that both languages fill."""

    def __init__(self, book: Book, scope: Scope, language: Language, money_unit: MoneyUnit, found: Sequence[Course],
                 charts: dict[str, object]) -> None:
        self.book, self.scope, self.language, self.money_unit = book, scope, language, money_unit
        self.found, self.charts = found, charts

    def body(self) -> str:
        drawn, lacking = report_figures(self.book, self.scope, self.language, self.money_unit)
        head = [f"<h1>{self.said(TITLE.text(self.language))}</h1>",
                f'<p class="note">{self.said(head_words(self.book, self.scope, self.language))}</p>']
        parts = [*head, self.kpis(), *self.figures(drawn), self.run(),
                 self.definitions(), self.lacking(lacking)]
        return f'<main data-lang="{self.language}">' + "\n".join(parts) + "</main>"

    def said(self, text: str) -> str:
        return escape(plain(text, self.language))

    def number(self, value: float | None, kpi: Kpi) -> str:
        return with_unit(value, kpi.unit, self.language, currency=self.book.currency, money_unit=self.money_unit)

    def interval(self, reading: Reading, kpi: Kpi) -> str:
        if reading.low is None:
            return ""
        low, high = self.number(reading.low, kpi), self.number(reading.high, kpi)
        return f"≥ {low}" if reading.high is None else f"{low} – {high}"

    def status(self, reading: Reading) -> str:
        words = STATUS_LABELS[reading.status].text(self.language)
        return f"{words}: {reading.reason.text(self.language)}" if reading.reason else words

    def kpis(self) -> str:
        heads = [_("KPI"), _("Value"), _("95% interval"), _("n"), _("Status")]
        rows = [[one.kpi.label.text(self.language), self.number(one.last.value, one.kpi),
                 self.interval(one.last, one.kpi), formatted(one.last.n, "count", self.language),
                 self.status(one.last)] for one in self.found if one.last.status != "not_available"]
        title = _("KPIs, {period}", period=self.scope.period.label(self.language)).text(self.language)
        return f"<h2>{self.said(title)}</h2>" + self.table([one.text(self.language) for one in heads], rows, {1, 2, 3})

    def run(self) -> str:
        """Every value of the run, folded: it is wide."""
        heads = [_("KPI").text(self.language), *period_heads(self.scope, self.found, self.language)]
        rows = [[one.kpi.label.text(self.language), *(self.number(reading.value, one.kpi) for reading in one.readings)]
                for one in self.found if any(reading.value is not None for reading in one.readings)]
        title = _("KPIs in all periods").text(self.language)
        return f"<h2>{self.said(title)}</h2>" + self.folded(self.table(heads, rows, range(1, len(heads))))

    def figures(self, drawn: Sequence[Drawn]) -> Iterator[str]:
        """Every figure, with a head before the first of each part."""
        for place, one in enumerate(drawn):
            if not place or one.part != drawn[place - 1].part:
                yield f"<h2>{self.said(GROUP_LABELS[one.part].text(self.language))}</h2>"
            yield self.figure(place, one)

    def figure(self, place: int, drawn: Drawn) -> str:
        """A chart under its title, with its footnote, and its table folded."""
        figure, key = drawn.figure, f"{self.language}-{place}"
        self.charts[key] = specification(figure, self.language, money_unit=self.money_unit)
        frame = table(figure, self.language, self.money_unit)
        units = column_units(figure, self.language, self.money_unit)
        columns = [str(name) for name in frame.columns]
        rows = [[self.cell(value, units.get(name)) for name, value in zip(columns, row, strict=True)]
                for row in frame.itertuples(index=False, name=None)]
        subtitle = f"<p>{self.said(plain(figure.subtitle, self.language))}</p>" if figure.subtitle else ""
        return (f'<section class="figure"><h3>{self.said(plain(figure.title, self.language))}</h3>{subtitle}'
                f'<div class="chart" data-chart="{key}" data-name="{escape(figure.id)}"></div>'
                f'<p class="note">{self.said(plain(figure.footnote, self.language))}</p>'
                + self.folded(self.table(columns, rows, {columns.index(str(name)) for name in units})) + "</section>")

    def cell(self, value: object, unit: Unit | None) -> str:
        if unit is None or not isinstance(value, (int, float)):
            return str(value)
        if unit == "money":  # the head says in which unit
            return formatted(value, "money", self.language, currency=self.book.currency) if self.money_unit == "one" \
                else formatted(value, "ratio", self.language)
        return formatted(value, unit, self.language)

    def definitions(self) -> str:
        heads = [_("KPI"), _("Definition"), _("Formula"), _("Convention"), _("Sources"), _("Data up to")]
        day = data_date(self.book, self.language)
        rows = [[one.kpi.label.text(self.language), one.kpi.definition.text(self.language),
                 formula_words(one.kpi, self.language), convention_words(one.kpi).text(self.language),
                 source_words(sources(self.book, one.kpi), self.language), day]
                for one in self.found if one.last.status != "not_available"]
        return (f"<h2>{self.said(_('Definitions').text(self.language))}</h2>"
                + self.table([one.text(self.language) for one in heads], rows))

    def lacking(self, found: Sequence[Lacking]) -> str:
        lines = [f"{one.name.text(self.language)}: {one.reason.text(self.language)}" for one in found]
        lines += [f"{one.kpi.label.text(self.language)}: {self.status(one.last)}" for one in self.found
                  if one.last.status == "not_available"]
        if not lines:
            return ""
        title = _("Not in this report").text(self.language)
        return f"<h2>{self.said(title)}</h2><ul>" + "".join(f"<li>{self.said(line)}</li>" for line in lines) + "</ul>"

    def folded(self, body: str) -> str:
        return f"<details><summary>{self.said(_('Table').text(self.language))}</summary>{body}</details>"

    def table(self, heads: Sequence[str], rows: Iterable[Sequence[str]], numbers: Iterable[int] = ()) -> str:
        right = set(numbers)
        head, *lines = ("".join(f'<{tag}{" class=number" if place in right else ""}>{self.said(text)}</{tag}>'
                                for place, text in enumerate(row))
                        for tag, row in [("th", heads), *(("td", row) for row in rows)])
        body = "".join(f"<tr>{line}</tr>" for line in lines)
        return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
