"""Every problem has a sentence in both languages."""

from pathlib import Path

import jinja2
import pytest

import locales
from packs import Problem, ProblemCode, check_pack
from packs.problems import DETAILS
from tests.packs.samples import DAMAGES

HOME = Path(next(iter(locales.__path__)))
LANGUAGES = ("vi", "en")


def _macros(language: str) -> dict[str, jinja2.runtime.Macro]:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HOME / language),
        undefined=jinja2.StrictUndefined,
        autoescape=False,  # noqa: S701 - plain text for a terminal
    )
    module = environment.get_template("check.j2").module
    return {name: found for name, found in vars(module).items() if not name.startswith("_")}


MACROS = {language: _macros(language) for language in LANGUAGES}


def _said(problem: Problem, language: str) -> str:
    return str(MACROS[language][problem.code](**dict(problem.named))).strip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_code_has_its_macro_with_its_details_and_no_other(language: str) -> None:
    found = {name: tuple(macro.arguments) for name, macro in MACROS[language].items()}
    assert found == {code.value: DETAILS[code] for code in ProblemCode}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", DAMAGES)
def test_every_damage_is_told_in_a_sentence(code: ProblemCode, language: str) -> None:
    for problem in check_pack(DAMAGES[code][0], "thu.yaml"):
        sentence = _said(problem, language)
        assert sentence[-1] in ".?)"
        assert "\n" not in sentence
        assert len(sentence) < 400
        for detail in problem.details:
            if detail not in ("text", "list", "table", "number", "flag"):
                assert detail in sentence


def test_two_sentences_as_an_administrator_reads_them() -> None:
    missing, unknown = (
        check_pack(DAMAGES[code][0], "thu.yaml")[0]
        for code in (ProblemCode.MISSING_KEY, ProblemCode.UNKNOWN_KEY)
    )
    assert _said(missing, "vi") == "I.1.a: thiếu mục “clause”."
    assert _said(unknown, "vi") == "Không có mục nào tên “labell”; có phải “label” không?"
    assert _said(missing, "en") == "I.1.a: the field “clause” is missing."
