"""The command `deck`: slides of a preset or a saved deck, for a job that makes the monthly report."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from pydantic import ValidationError

from cs_kpi.book import Book
from cs_kpi.churn.registry import at_hand
from cs_kpi.churn.risk import Outlook, outlook
from cs_kpi.cli_input import os_words, text_of
from cs_kpi.cli_output import free_to_write, save
from cs_kpi.deck.presets import PRESETS, deck_of
from cs_kpi.deck.records import Deck
from cs_kpi.deck.scene import Kept, scene
from cs_kpi.errors import DataError
from cs_kpi.export.deck_file import Built, built
from cs_kpi.export.template_check import taken_in
from cs_kpi.health.rival import health_rival
from cs_kpi.locale import _

MONEY_UNITS = ("one", "thousand", "ten_thousand", "million")


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, required=True, metavar="DECK.pptx", help="where the slides are written")
    parser.add_argument("--preset", choices=list(PRESETS), help="what the deck holds (default: monthly)")
    parser.add_argument("--deck", type=Path, metavar="D.json", help="a deck as the slides page downloads it, instead "
                        "of a preset; the other options change it")
    parser.add_argument("--template", type=Path, metavar="T.pptx", help="the company's own .pptx or .potx")
    parser.add_argument("--period", metavar="PERIOD", help="2024-12, 2024-Q4, FY2024, ... (default: the last complete "
                        "one)")
    parser.add_argument("--customer", metavar="ID", help="whom slides about one customer are about")
    parser.add_argument("--by", metavar="FIELD", help="the field by which charts are cut")
    parser.add_argument("--segment", metavar="VALUE", help="everything about the customers with this value of --by "
                        "alone")
    parser.add_argument("--title", metavar="TEXT", help="the title of the first slide")
    parser.add_argument("--money-unit", choices=MONEY_UNITS, default="one", help="in which amounts are written")
    parser.add_argument("--hide-names", action="store_true", help="numbers instead of customers' names")


def chosen(options: argparse.Namespace) -> Deck:
    """The saved deck or the preset, with what the options change."""
    deck = _read(options.deck) if options.deck else deck_of(options.preset or "monthly")
    if options.deck and options.preset:
        raise DataError(_("Give either --deck or --preset: a saved deck has items of its own."))
    given = {"period": options.period, "customer": options.customer, "by": options.by, "segment": options.segment,
             "title": options.title, "language": deck.language or options.language}
    changes: dict[str, object] = {name: value for name, value in given.items() if value is not None}
    return deck.model_copy(update=changes | ({"hides_names": True} if options.hide_names else {}))


def _read(path: Path) -> Deck:
    try:
        return Deck.model_validate_json(text_of(path))
    except ValidationError as error:
        first = error.errors()[0]
        raise DataError(_("The deck in '{file}' cannot be used: {problem} (at {place}). Correct the file, then try "
                          "again.", file=str(path), problem=first["msg"],
                          place=".".join(map(str, first["loc"])) or _("the beginning"))) from error


def written(book: Book, options: argparse.Namespace) -> Built:
    """The deck, written to --out; whole or not at all."""
    free_to_write(options.out, [*options.files, options.template, options.deck])
    deck = chosen(options)
    template = None
    if options.template:
        try:
            data = options.template.read_bytes()
        except OSError as error:
            raise DataError(_("The file '{file}' cannot be opened ({reason}). Check its name and its rights, then try "
                              "again.", file=str(options.template), reason=os_words(error))) from error
        template = (options.template.name, taken_in(options.template.name, data))
    kept = Kept(outlook=lambda: _outlook(book))
    found = built(scene(book, deck, options.language, options.money_unit, kept), deck, template)
    save(options.out, found.data)
    return found


def _outlook(book: Book) -> Outlook:
    """Trained here, where the deck has an item that asks for it."""
    return outlook(book, at_hand(book, book.settings.churn), health_rival(book))


def told(found: Built, options: argparse.Namespace) -> Iterable[str]:
    """What was left out and what the template lacks, for stderr."""
    return [line.text(options.language) for line in (*(one.said for one in found.left_out), *found.missing)]


def text(found: Built, options: argparse.Namespace) -> str:
    return _("{n} slides were written to '{file}'.", n=found.slides, file=str(options.out)).text(options.language)


def document(found: Built, options: argparse.Namespace) -> dict[str, object]:
    """The same as JSON holds it."""
    return {"file": str(options.out), "slides": found.slides,
            "left_out": [{"item": one.label if isinstance(one.label, str) else one.label.text(options.language),
                          "reason": one.reason.text(options.language)} for one in found.left_out],
            "template": [line.text(options.language) for line in found.missing]}
