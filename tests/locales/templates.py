"""The sentences, parsed from their syntax trees: macros, arguments, words."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, nodes

import locales
from locales import LOCALES

HOME: Final = Path(locales.__file__).parent
HOLE: Final = "◊"
"""Replaces a value."""
BRANCH: Final = "│"
"""Separates two pieces of text between which there is an `if` or a loop."""


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """One macro of one language. `words` is its text with placeholders for values; `said` are the
    words in its expressions ("Đạt").
    """

    key: str
    arguments: tuple[str, ...]
    optional: frozenset[str]
    words: str
    said: tuple[str, ...]
    calls: frozenset[str]

    @property
    def private(self) -> bool:
        """Whether only its own file uses it."""
        return self.key.partition(".")[2].startswith("_")


@cache
def files(locale: str) -> dict[str, str]:
    """The templates of a language: name without ending, source."""
    return {
        path.stem: path.read_text(encoding="utf-8") for path in sorted((HOME / locale).glob("*.j2"))
    }


@cache
def sentences(locale: str) -> dict[str, Sentence]:
    """Every macro of a language by `file.macro`. A duplicate name in a file is an error."""
    found: dict[str, Sentence] = {}
    for file, source in files(locale).items():
        tree = Environment(autoescape=True).parse(source)
        for macro in tree.find_all(nodes.Macro):
            sentence = _sentence(file, macro)
            assert sentence.key not in found, f"{locale}: two sentences are called {sentence.key}"
            found[sentence.key] = sentence
    return found


def _sentence(file: str, macro: nodes.Macro) -> Sentence:
    names = tuple(argument.name for argument in macro.args)
    optional = names[len(names) - len(macro.defaults) :]
    calls = {
        call.node.name for call in macro.find_all(nodes.Call) if isinstance(call.node, nodes.Name)
    }
    return Sentence(
        key=f"{file}.{macro.name}",
        arguments=names,
        optional=frozenset(optional),
        words=_words(macro),
        said=tuple(_said(macro)),
        calls=frozenset(calls),
    )


def _words(node: nodes.Node) -> str:
    """The text of a macro as a reader sees it, all its branches one after the other."""
    return BRANCH.join(
        "".join(
            part.data if isinstance(part, nodes.TemplateData) else HOLE for part in output.nodes
        )
        for output in node.find_all(nodes.Output)
    )


def _said(macro: nodes.Macro) -> list[str]:
    """String constants that are printed: values of dictionaries and lists, results of `if`."""
    return [
        constant.value
        for constant in macro.find_all(nodes.Const)
        if isinstance(constant.value, str) and not constant.value.isascii()
    ]


assert set(LOCALES) == {"vi", "en"}, "the tests here compare these two"
