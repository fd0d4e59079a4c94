"""The reference of KPIs says what the declarations say."""

from pathlib import Path

import pytest

from cs_kpi.kpi.conventions import CONVENTIONS
from cs_kpi.kpi.docs import file_name, reference
from cs_kpi.kpi.registry import KPIS, VARIANTS
from cs_kpi.locale import LANGUAGES, Language

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_reference_in_docs_is_the_one_that_the_declarations_give(language: Language) -> None:
    written = (DOCS / file_name(language)).read_text("utf-8")
    assert written == reference(language), "run: python -m cs_kpi.kpi.docs"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_reference_holds_every_kpi_and_every_convention(language: Language) -> None:
    lines = reference(language).splitlines()
    for kpi in KPIS.values():
        assert any(line.startswith(f"`{kpi.id}` ") for line in lines)
        assert kpi.definition.text(language) in lines
    for variant in VARIANTS.values():
        assert any(f"`{variant.convention}`" in line and variant.definition.text(language) in line for line in lines)


def test_every_convention_of_a_variant_has_a_name() -> None:
    assert {convention for _kpi, convention in VARIANTS} == set(CONVENTIONS) - {"default"}
