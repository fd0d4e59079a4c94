"""A saved deck on today's data as a .pptx: a first slide with the data date, then every item that the book can show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce

from cs_kpi.charts.words import plain
from cs_kpi.deck.making import LeftOut, Made, made
from cs_kpi.deck.presets import title_of
from cs_kpi.deck.records import Deck
from cs_kpi.deck.scene import Scene
from cs_kpi.errors import DataError
from cs_kpi.export.company import CompanyStage
from cs_kpi.export.slides import presentation
from cs_kpi.export.stage import HouseStage, Stage
from cs_kpi.kpi.readings import segment_name
from cs_kpi.locale import Message, _

MAKING = 0.6
"""The share of the work that computing takes; the rest is writing."""


@dataclass(frozen=True, slots=True)
class Built:
    """left_out : items that this book cannot show; missing : what the template lacks, whole sentences"""

    data: bytes
    slides: int
    left_out: tuple[LeftOut, ...]
    missing: tuple[Message, ...]


def built(scene: Scene, deck: Deck, template: tuple[str, bytes] | None = None,
          progress: Callable[[float], object] = lambda _share: None) -> Built:
    """The presentation of a deck.

    template : name and bytes of a company's template that was taken in; None: our own look
    progress : told the share that is done
    Raises DataError where nothing at all can be shown.
    """
    found = made(scene, deck, lambda share: progress(MAKING * share))
    if not found.pages:
        raise DataError(_nothing(found))
    stage: Stage = CompanyStage(*template) if template else HouseStage()
    cover = (plain(title_of(deck), scene.language), cover_lines(scene))
    data = presentation(found.pages, scene.language, scene.money_unit, stage=stage, cover=cover,
                        progress=lambda share: progress(MAKING + (1 - MAKING) * share))
    missing = stage.missing if isinstance(stage, CompanyStage) else ()
    return Built(data, len(stage.presentation.slides), found.left_out, missing)


def _nothing(found: Made) -> Message:
    if not found.left_out:
        return _("The deck has no items. Choose at least one.")
    reasons = reduce(lambda said, one: _("{said} {next}", said=said, next=one.said), found.left_out[1:],
                     found.left_out[0].said)
    return _("None of the deck's items can be shown with this data. {reasons}", reasons=reasons)


def cover_lines(scene: Scene) -> list[str]:
    """Period and segment, the customer it is about, and up to when the data speaks."""
    language = scene.language
    lines = [scene.period.label(language)]
    if scene.segment:
        lines[0] += f" · {plain(segment_name(scene.segment), language)}"
    if scene.customer:
        lines.insert(0, plain(scene.customer_name, language))
    lines.append(_("The list has no dates.").text(language) if scene.book.is_snapshot else
                 _("Data up to {day}.", day=scene.book.as_of).text(language))
    return lines
