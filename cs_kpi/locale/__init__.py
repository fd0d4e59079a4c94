"""What a user reads, in the user's language: messages from the gettext catalogue `ja.po`.

The core never holds finished text. It holds a `Message`: the English sentence and the values in it. Whoever shows
it (a page, the command line, a slide) asks for the text in the reader's language.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from cs_kpi.locale.singular import singular

Language = Literal["ja", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


@dataclass(frozen=True, slots=True)
class Message:
    """An English sentence with `{named}` places and the values that fill them.

    >>> _("Row {row} of sheet '{sheet}'.", row=214, sheet="契約台帳").text("en")
    "Row 214 of sheet '契約台帳'."
    """

    template: str
    values: Mapping[str, object] = field(default_factory=dict)

    def text(self, language: Language) -> str:
        sentence = catalogue(language).get(self.template, self.template)
        if language == "en":
            sentence = singular(sentence, self.values)
        return sentence.format_map({name: shown(value, language) for name, value in self.values.items()})

    def __str__(self) -> str:
        return self.text("en")

    def __hash__(self) -> int:
        return hash((self.template, tuple((name, str(value)) for name, value in sorted(self.values.items()))))


def _(template: str, /, **values: object) -> Message:
    """Mark a sentence for the catalogue and hold the values that go into it."""
    return Message(template, values)


@cache
def catalogue(language: Language) -> Mapping[str, str]:
    """English sentence -> sentence in `language`; empty for English, which is what the code is written in."""
    if language == "en":
        return {}
    from babel.messages.pofile import read_po  # here and below: a child that parses has no use for it

    with (Path(__file__).parent / f"{language}.po").open("rb") as file:
        return {str(entry.id): str(entry.string) for entry in read_po(file) if entry.id and entry.string}


def shown(value: object, language: Language) -> str:
    """A value inside a sentence: messages translated, dates and numbers in the locale's form, the rest as it is."""
    if isinstance(value, Message):
        return value.text(language)
    if isinstance(value, (list, tuple)):
        return ("、" if language == "ja" else ", ").join(shown(item, language) for item in value)
    if isinstance(value, dt.date):
        from babel.dates import format_date

        return format_date(value, "yyyy/MM/dd" if language == "ja" else "yyyy-MM-dd", locale=language)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        from babel.numbers import format_decimal

        return format_decimal(value, locale=language)
    return str(value)
