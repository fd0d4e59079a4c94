"""Every sentence that our code marks has a Japanese one with the same places, and no entry is left over."""

import ast
import re
import string
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
SOURCES = [ROOT / "app.py", *sorted((ROOT / "cs_kpi").rglob("*.py")), *sorted((ROOT / "pages").rglob("*.py"))]


@pytest.fixture(scope="module")
def marked() -> dict[str, str]:
    """Every sentence marked by `_("...")`, and where."""
    found: dict[str, str] = {}
    for file in SOURCES:
        for line, sentence, _comments, _context in extract_from_file("python", file, keywords={"_": None}):
            text = sentence if isinstance(sentence, str) else sentence[0]
            if text:
                found.setdefault(text, f"{file.relative_to(ROOT)}:{line}")
    return found


@pytest.fixture(scope="module")
def japanese() -> dict[str, str]:
    with (ROOT / "cs_kpi" / "locale" / "ja.po").open("rb") as file:
        return {str(entry.id): str(entry.string) for entry in read_po(file) if entry.id}


def places(sentence: str) -> set[str]:
    return {name for _text, name, _format, _conversion in string.Formatter().parse(sentence) if name is not None}


def test_every_sentence_is_translated(marked: dict[str, str], japanese: dict[str, str]) -> None:
    missing = [f"{where}: {sentence}" for sentence, where in marked.items() if not japanese.get(sentence)]
    assert missing == []


def test_translations_have_the_same_places(japanese: dict[str, str]) -> None:
    assert [sentence for sentence, text in japanese.items() if places(sentence) != places(text)] == []


def test_no_entry_is_left_over(marked: dict[str, str], japanese: dict[str, str]) -> None:
    assert sorted(set(japanese) - set(marked)) == []


def test_sentences_are_marked_as_they_stand() -> None:
    """`_` takes a plain literal; an f-string or a variable could not be found for the catalogue."""
    wrong = [f"{file.relative_to(ROOT)}:{call.lineno}" for file in SOURCES
             for call in ast.walk(ast.parse(file.read_text("utf-8")))
             if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "_"
             and not (call.args and isinstance(call.args[0], ast.Constant))]
    assert wrong == []


OF_CUSTOMERS = re.compile(r"\{(\w+)\} (?:of these )?customers\b|^Customers\b[^.:]*: (?:only )?\{(\w+)\}")


def test_customers_are_counted_in_companies_and_nothing_else_is(japanese: dict[str, str]) -> None:
    wrong = [text for sentence, text in japanese.items() for found in OF_CUSTOMERS.finditer(sentence)
             if re.search(r"\{" + (found[1] or found[2]) + r"\} ?[件人名]", text)]
    assert wrong == []


@pytest.mark.parametrize(("english", "word"), [("data page", "データ取込ページ"), ("in the settings", "設定画面で")])
def test_a_page_has_one_name_which_the_command_line_knows(japanese: dict[str, str], english: str, word: str) -> None:
    assert [text for sentence, text in japanese.items() if english in sentence and word not in text] == []
