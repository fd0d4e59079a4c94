"""Colours that can be told apart, by everyone, in light and dark."""

from itertools import combinations

import numpy as np
import pytest

from cs_kpi.charts.figure import Figure, Series
from cs_kpi.charts.theme import DARK, LIGHT, Theme, contrast, on_ramp, readable, series_colours
from cs_kpi.locale import _

LOOKS = pytest.mark.parametrize("look", [LIGHT, DARK], ids=["light", "dark"])
MOVEMENTS = ("new", "expansion", "reactivation", "contraction", "churn")
# Machado, Oliveira, Fernandes 2009, severity 1.0
SIGHT = {
    "full": np.eye(3),
    "no red": np.array([[.152286, 1.052583, -.204868], [.114503, .786281, .099216], [-.003882, -.048116, 1.051998]]),
    "no green": np.array([[.367322, .860646, -.227968], [.280085, .672501, .047413], [-.011820, .042940, .968881]]),
    "no blue": np.array([[1.255528, -.076749, -.178779], [-.078411, .930809, .147602], [.004733, .691367, .303900]])}
TO_CONES = np.array([[.4122214708, .5363325363, .0514459929], [.2119034982, .6806995451, .1073969566],
                     [.0883024619, .2817188376, .6299787005]])
TO_OKLAB = np.array([[.2104542553, .793617785, -.0040720468], [1.9779984951, -2.428592205, .4505937099],
                     [.0259040371, .7827717662, -.808675766]])


def seen(colour: str, sight: np.ndarray) -> np.ndarray:
    channels = np.array([int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return TO_OKLAB @ np.cbrt(TO_CONES @ np.clip(sight @ linear, 0, 1))


@LOOKS
def test_every_role_stands_out_from_the_paper(look: Theme) -> None:
    assert [role for role, colour in look.roles.items() if contrast(colour, look.paper) < 3] == []


@LOOKS
def test_text_is_readable(look: Theme) -> None:
    assert min(contrast(colour, look.paper) for colour in (look.ink, look.muted)) >= 4.5
    assert min(contrast(readable(colour, look), look.paper) for colour in look.roles.values()) >= 4.5


@LOOKS
@pytest.mark.parametrize("sight", list(SIGHT))
def test_movements_are_told_apart(look: Theme, sight: str) -> None:
    distance = {pair: np.linalg.norm(seen(look.roles[pair[0]], SIGHT[sight]) - seen(look.roles[pair[1]], SIGHT[sight]))
                for pair in combinations(MOVEMENTS, 2)}
    assert min(distance.values()) > 0.05, distance


@LOOKS
def test_layers_are_all_different_and_stand_out(look: Theme) -> None:
    colours = [on_ramp(look.ramp, k, 10) for k in range(10)]
    assert len(set(colours)) == 10
    assert min(contrast(colour, look.paper) for colour in colours) >= 2.5


def test_a_role_that_comes_twice_gets_another_tint() -> None:
    twice = Figure("f", "line", _("MRR"), ("a",), (Series("x", (1.0,)), Series("y", (2.0,))), "count", _("MRR"))
    first, second = series_colours(twice, LIGHT)
    assert first.lower() == LIGHT.roles["accent"].lower() != second
