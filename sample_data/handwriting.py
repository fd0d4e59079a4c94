"""How people type dates, amounts, names and blanks into a ledger, in each language."""

from datetime import date, datetime
from random import Random

from sample_data.customers import stream
from sample_data.vocabulary import Language

WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
BLANKS: dict[Language, dict[str, list[str | None]]] = {
    "ja": {"end": [None, None, "継続中", "継続中", "－", "未定"], "other": [None, None, "－", "-"]},
    "en": {"end": [None, None, "n/a", "TBD", "-"], "other": [None, None, "n/a", "-"]},
}


def wide(text: str) -> str:
    """The text in full-width letters and digits."""
    return text.translate(WIDE)


def japanese_dates(day: date) -> list[object]:
    """One day as Japanese ledgers write it."""
    year, month, number, reiwa = day.year, day.month, day.day, day.year - 2018
    return [
        day, datetime(year, month, number, 9, 30), f"{year}/{month}/{number}", f"{year}.{month}.{number}",
        f"{year}年{month}月{number}日", f"令和{reiwa}年{month}月{number}日", f"R{reiwa}.{month}.{number}",
        wide(f"{year}/{month:02d}/{number:02d}"),
    ]  # fmt: skip


def english_dates(day: date) -> list[object]:
    """One day as American ledgers write it."""
    return [
        day, datetime(day.year, day.month, day.day, 9, 30), f"{day.month}/{day.day}/{day.year}",
        f"{day.month:02d}/{day.day:02d}/{day.year}", f"{day:%b} {day.day}, {day.year}",
        f"{day.day}-{day:%b}-{day.year}",
        day.isoformat(),
    ]  # fmt: skip


def japanese_amounts(amount: float) -> list[object]:
    """One amount of yen as ledgers write it; credits carry a triangle."""
    if amount < 0:
        return [f"▲{-amount:,}", f"△{-amount:,}円"]
    return [amount, amount, f"¥{amount:,}", f"{amount:,}円", wide(f"{amount:,}"), f"{amount:,}"]


def english_amounts(amount: float) -> list[object]:
    """One amount of dollars as ledgers write it; credits stand in parentheses."""
    if amount < 0:
        return [f"({-amount:,.2f})", f"(${-amount:,.2f})"]
    return [amount, amount, f"${amount:,.2f}", f"{amount:,.2f}"]


class Hand:
    """One writer's hand for one sheet; the same sheet always comes out the same."""

    def __init__(self, language: Language, sheet: str) -> None:
        self.language: Language = language
        self.rng: Random = stream("hand", language, sheet)

    def blank(self, kind: str = "other") -> str | None:
        """Nothing, in one of the ways of writing it; `kind` is "end" for the end of a running contract."""
        return self.rng.choice(BLANKS[self.language][kind])

    def date(self, day: date | None, kind: str = "other") -> object:
        """A day in some style, or a blank."""
        if day is None:
            return self.blank(kind)
        return self.rng.choice((japanese_dates if self.language == "ja" else english_dates)(day))

    def amount(self, amount: float) -> object:
        """An amount of money in some style."""
        return self.rng.choice((japanese_amounts if self.language == "ja" else english_amounts)(amount))

    def number(self, number: int | None) -> object:
        """A count, at times in full-width digits or as text."""
        if number is None:
            return self.blank()
        return wide(str(number)) if self.language == "ja" and self.rng.random() < 0.08 else number

    def key(self, key: str) -> str:
        """An id, at times full-width or with stray blanks."""
        styles = [wide(key), f" {key}", f"{key}　"] if self.language == "ja" else [f" {key}", f"{key}  "]
        return self.rng.choice(styles) if self.rng.random() < 0.18 else key

    def company(self, name: str) -> str:
        """A company's name, at times abbreviated or with a stray blank."""
        if self.rng.random() < 0.08:
            return name.replace("株式会社", "㈱")
        return f"{name} " if self.rng.random() < 0.05 else name
