"""One of something in an English sentence."""

from __future__ import annotations

import numpy as np
import pytest

from cs_kpi.locale import _


@pytest.mark.parametrize(("n", "said"), [
    (1, "It holds for 1 customer today."), (np.int64(1), "It holds for 1 customer today."),
    (2, "It holds for 2 customers today."), (0, "It holds for 0 customers today.")])
def test_the_noun_follows_its_number(n: int, said: str) -> None:
    assert _("It holds for {n} customers today.", n=n).text("en") == said


def test_the_verb_follows_too_and_other_numbers_stay() -> None:
    assert str(_("{n} customers were there, {k} rows are left.", n=1, k=3)) == "1 customer was there, 3 rows are left."
    assert str(_("{n} more customers have left.", n=1)) == "1 more customer has left."


def test_texts_are_no_numbers() -> None:
    assert str(_("{n} customers", n="1")) == "1 customers"
