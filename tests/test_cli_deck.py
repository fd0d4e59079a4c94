"""The command `deck`: what it writes, what it says it left out, and how it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pptx import Presentation

from cs_kpi.cli import main
from cs_kpi.deck.presets import PRESETS, deck_of
from tests.export import templates
from tests.test_cli import CONTRACTS

ITEMS = ("kpis", "trend-mrr", "bridge", "churned")


def texts(path: Path) -> list[str]:
    return ["\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
            for slide in Presentation(str(path)).slides]


@pytest.fixture
def contracts(tmp_path: Path) -> str:
    path = tmp_path / "contracts.csv"
    path.write_text(CONTRACTS, "utf-8")
    return str(path)


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A deck as the slides page downloads it."""
    path = tmp_path / "deck.json"
    path.write_text(deck_of("monthly").with_items(ITEMS).model_dump_json(), "utf-8")
    return path


def test_a_saved_deck_is_written_for_the_last_complete_month(run, contracts, saved, tmp_path) -> None:
    out = tmp_path / "out.pptx"
    code, said, err = run("deck", contracts, "--deck", saved, "--out", out, "--as-of", "2024-04-15", "--language", "en")
    assert (code, err) == (0, "")
    assert said.strip() == f"5 slides were written to '{out}'."
    slides = texts(out)
    assert "Mar 2024" in slides[0]
    assert "Data up to 2024-04-15" in slides[0]
    assert "Customers who left, Mar 2024: 1" in slides[4]


def test_period_title_segment_and_names_are_taken_from_the_options(run, contracts, saved, tmp_path) -> None:
    out = tmp_path / "out.pptx"
    code, _said, err = run("deck", contracts, "--deck", saved, "--out", out, "--as-of", "2024-04-15", "--period",
                           "2024-03", "--title", "月次のご報告", "--by", "plan", "--segment", "Basic", "--hide-names",
                           "--language", "ja")
    assert (code, err) == (0, "")
    cover, *slides = texts(out)
    assert cover.startswith("月次のご報告")
    assert "2024年3月" in cover
    assert "Basic" in cover
    assert "1" in slides[3].partition("：")[2]  # Gamma, that left, by its number alone
    assert "Gamma" not in "".join(slides)


@pytest.mark.parametrize("preset", [preset for preset in PRESETS if preset != "review"])
def test_every_preset_is_written_or_says_why_not(preset, run, contracts, tmp_path) -> None:
    """Of contracts alone: what they cannot tell is left out, and named on stderr."""
    out = tmp_path / "out.pptx"
    more = ("--customer", "B") if PRESETS[preset].is_about_customer else ()
    code, said, err = run("deck", contracts, "--out", out, "--preset", preset, "--as-of", "2024-04-15", *more,
                          "--language", "en")
    assert code == 0
    assert said.strip() == f"{len(texts(out))} slides were written to '{out}'."
    left_out = [line for line in err.splitlines() if line.startswith("Left out: ")]
    assert left_out
    assert all(line.endswith(".") for line in left_out)


def test_a_review_without_targets_says_where_they_are_set(run, contracts, tmp_path) -> None:
    code, _said, err = run("deck", contracts, "--out", tmp_path / "out.pptx", "--preset", "review", "--language", "en")
    assert code == 2
    assert "There is no target yet. Set one on the targets page. Left out: What the last periods propose." in err
    assert not (tmp_path / "out.pptx").exists()


def test_json_names_the_slides_what_was_left_out_and_what_the_template_lacks(
        run, contracts, saved, tmp_path) -> None:
    out, template = tmp_path / "out.pptx", tmp_path / "bare.potx"
    template.write_bytes(templates.bare())
    saved.write_text(deck_of("monthly").with_items([*ITEMS, "nps-groups"]).model_dump_json(), "utf-8")
    code, said, _err = run("deck", contracts, "--deck", saved, "--out", out, "--as-of", "2024-04-15", "--template",
                           template, "--language", "en", "--format", "json")
    found = json.loads(said)
    assert (code, found["slides"], found["file"]) == (0, 5, str(out))
    assert [one["item"] for one in found["left_out"]] == ["NPS: who answers how"]
    assert all("'bare.potx'" in line for line in found["template"])
    assert len(found["template"]) == 2


@pytest.mark.parametrize(("more", "sentence"), [
    (("--preset", "monthly", "--deck", "D"), "Give either --deck or --preset"),
    (("--period", "2031-01"), "The data says nothing of 2031-01"),
    (("--period", "soon"), "soon"),
    (("--preset", "qbr"), "None of the deck's items can be shown"),
    (("--preset", "qbr", "--customer", "Nobody"), "There is no customer with the ID 'Nobody'"),
    (("--template", "missing.potx"), "The file 'missing.potx' cannot be opened"),
    (("--template", "T"), "The template 'torn.potx' is damaged"),
    (("--deck", "broken"), "cannot be used"),
    (("--out", "/no/such/folder/d.pptx"), "/no/such/folder")])
def test_what_cannot_be_done_is_one_sentence_and_leaves_no_file(
        more, sentence, run, contracts, saved, tmp_path) -> None:
    torn, broken, out = tmp_path / "torn.potx", tmp_path / "broken.json", tmp_path / "out.pptx"
    torn.write_bytes(templates.wide()[:9_000])
    broken.write_text("{", "utf-8")
    known = {"D": saved, "T": torn, "broken": broken}
    code, said, err = run("deck", contracts, "--out", out, "--as-of", "2024-04-15", "--language", "en",
                          *(known.get(word, word) for word in more))
    assert (code, said) == (2, "")
    assert sentence in err
    assert "Traceback" not in err
    assert not out.exists()


def test_an_unknown_preset_is_refused_with_the_known_ones(contracts, tmp_path, capsys) -> None:
    with pytest.raises(SystemExit):
        main(["deck", contracts, "--out", str(tmp_path / "out.pptx"), "--preset", "weekly"])
    said = capsys.readouterr().err
    assert [preset for preset in PRESETS if preset not in said] == []
