"""Text on charts: names as plain text, cut and wrapped by how wide they are drawn, and labels of the axes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from cs_kpi.charts.figure import Figure, Series
from cs_kpi.locale import Language, Message, _
from cs_kpi.locale.names import unique

INCOMPLETE = _("incomplete")
PERIOD, ITEM = _("Period"), _("Item")
ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
OUTER_INNER = (re.compile(r"(?P<outer>\d{4}年度?+)(?P<inner>.+)"),
               re.compile(r"(?P<inner>.+?),? (?P<outer>(?:FY ?)?\d{4})"),
               re.compile(r"(?P<outer>(?:FY ?)?\d{4})[ \-/](?P<inner>.+)"))
WIDE = frozenset("WFA")
NARROW = frozenset(" !'(),-./:;Iijl|[]")


def plain(text: Message | str, language: Language) -> str:
    """One line of plain text: translated, without line breaks and without characters that XML cannot hold.

    >>> plain("A\\x00\\nB", "en")
    'A B'
    """
    words = text.text(language) if isinstance(text, Message) else str(text)
    return " ".join(ILLEGAL.sub("", words).split())


def width_em(text: str) -> float:
    """About how wide `text` is drawn, in font sizes: 1 for a full-width character, 0.3 to 0.7 for others."""
    return sum(1.0 if unicodedata.east_asian_width(char) in WIDE else 0.3 if char in NARROW else
               0.7 if char.isupper() or char in "mw%" else 0.56 for char in text)


def cut(text: str, limit_em: float) -> str:
    """`text`, or as much of it as fits with an ellipsis.

    >>> cut("株式会社サンプル", 5), cut("short", 5)
    ('株式会社…', 'short')
    """
    if width_em(text) <= limit_em:
        return text
    kept = next(n for n in range(len(text), -1, -1) if width_em(text[:n]) + 1 <= limit_em or n == 0)
    return text[:kept].rstrip() + "…"


def wrapped(text: str, limit_em: float) -> list[str]:
    """`text` in lines of at most `limit_em`; breaks at spaces and between full-width characters.

    >>> wrapped("new and churn", 6), wrapped("新規と解約。次", 5)
    (['new and', 'churn'], ['新規と解約。', '次'])
    """
    lines, line = [], ""
    for piece in re.findall(r"[!-~]+\s*|\s+|[^!-~\s][、。,.）」』]*", text):
        if line and width_em((line + piece).rstrip().rstrip("、。")) > limit_em:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def category_names(figure: Figure, language: Language) -> list[str]:
    return [plain(category, language) for category in figure.categories]


def marked_names(figure: Figure, language: Language) -> list[str]:
    """Category names, with the word behind those that are not complete: 2024年12月 (集計中)."""
    word = INCOMPLETE.text(language)
    return [f"{name} ({word})" if i in figure.incomplete else name
            for i, name in enumerate(category_names(figure, language))]


def series_names(series: Sequence[Series], language: Language) -> list[str]:
    """Names of the series, each once: a name that comes again is numbered."""
    return unique([plain(one.name, language) or "—" for one in series])


def outer_inner(names: Sequence[str]) -> list[tuple[str, str]] | None:
    """Year and month of every label where all are written so, else None.

    >>> outer_inner(["2024年4月", "2024年5月"]), outer_inner(["Apr 2024"]), outer_inner(["SMB"])
    ([('2024年', '4月'), ('2024年', '5月')], [('2024', 'Apr')], None)
    """
    for pattern in OUTER_INNER:
        matches = [pattern.fullmatch(name) for name in names]
        if names and all(matches):
            return [(match["outer"], match["inner"]) for match in matches if match]
    return None
