"""Every text and number in the reader's language."""

from __future__ import annotations

import re

from cs_kpi.locale import Message, _
from cs_kpi.locale.formats import Unit, with_unit
from pages._ui.work import language, preferences

__all__ = ["_", "number", "plain", "say", "say_other"]
_LINK = re.compile(r"://|www\.|@")
"""What makes Markdown turn a text into a link; an unseen joiner inside keeps it a text."""
_MARKDOWN = str.maketrans({character: "\\" + character for character in "\\`*_{}[]()#+-!|<>$~:"})


def say(message: Message | str) -> str:
    """A message as the reader reads it."""
    return message.text(language()) if isinstance(message, Message) else message


def counts_seconds() -> bool:
    """Whether a spinner tells its seconds: Streamlit words them in English alone."""
    return language() == "en"


def say_other(message: Message) -> str:
    """The same in the other language: the term that stands small beside a name."""
    return message.text("en" if language() == "ja" else "ja")


def plain(text: Message | str) -> str:
    """A text from the user's data inside Markdown: shown as it is, whatever it holds."""
    return _LINK.sub(lambda found: found[0][0] + "\u2060" + found[0][1:], say(text)).translate(_MARKDOWN)


def number(value: float | None, unit: Unit, currency: str | None = None, signed: bool = False) -> str:
    """A number in the reader's form and the money unit the team chose."""
    return with_unit(value, unit, language(), currency=currency, money_unit=preferences().money_unit, signed=signed)
