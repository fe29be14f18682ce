"""The checks of `antt check`: packs, units, holidays, sentences, settings, stored verdicts."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.configured import Misconfigured, configured
from bot.settings import Settings, sources
from domain.assessments import Assessment, find
from domain.units import Structure, Unit, UnitId
from domain.verdicts import Finding
from handlers.ground.library import Library
from locales import Words
from locales.check import check_sentences
from packs import PackError, Problem, check_pack_file, load_document
from packs.holidays import check_overrides_file
from packs.unit_files import UnitDataError, UnitProblem
from packs.units import UnitBook, load_successions, load_units
from storage import KeptVerdict, Store, Tx
from storage.verdicts import kept

PAGE = 200
"""Assessments recomputed in one transaction: well under a second."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """One problem, in words: where and what. `line` is 0 if there are no lines."""

    file: str
    line: int
    text: str


def packs(ids: Iterable[str], words: Words) -> Iterator[Found]:
    """Problems of packs, each by its id or path. Raises `UnknownPackError`."""
    books: dict[Structure, UnitBook] = {}
    for pack_id in ids:
        problems = check_pack_file(pack_id)
        yield from (_of_pack(problem, words) for problem in problems)
        if not problems:
            yield from _place(pack_id, books, words)


def _place(pack_id: str, books: dict[Structure, UnitBook], words: Words) -> Iterator[Found]:
    """Whether the province that a valid pack names exists."""
    try:
        document = load_document(pack_id).document
        structure = Structure(document.structure)
        book = books.setdefault(structure, load_units(structure))
    except (PackError, UnitDataError, ValueError):
        # Reported elsewhere: the pack changed meanwhile, or the units have their own check.
        return
    if document.province not in {unit.code for unit in book.provinces}:
        text = words.say(
            "cli.no_such_province", province=document.province, structure=structure.value
        )
        yield Found(file=f"{document.id}.yaml", line=1, text=text)


def units(words: Words) -> Iterator[Found]:
    """Problems of the files of units."""
    for structure in Structure:
        try:
            load_units(structure)
        except UnitDataError as error:
            yield from (_of_units(problem, words) for problem in error.problems)
            return
    load_successions()


def holidays(words: Words) -> Iterator[Found]:
    """Problems of the table of corrections."""
    for problem in check_overrides_file():
        yield _of_pack(problem, words)


def sentences(words: Words) -> Iterator[Found]:
    """Sentences that one language has and the other does not."""
    for problem in check_sentences():
        text = words.say(f"cli.sentence_{problem.what}", **dict(problem.details))
        yield Found(file=problem.file, line=problem.line, text=text)


def installed(settings: Settings, environment: Mapping[str, str]) -> Iterator[Found]:
    """Problems of the settings, each with its variable or its key in the file."""
    try:
        configured(settings, sources(environment))
    except Misconfigured as error:
        yield from (Found(file=one.place, line=0, text=one.text) for one in error.problems)


def _of_pack(problem: Problem, words: Words) -> Found:
    text = words.say(f"check.{problem.code}", **dict(problem.named))
    return Found(file=problem.file, line=problem.line, text=text)


def _of_units(problem: UnitProblem, words: Words) -> Found:
    text = words.say(f"check_units.{problem.code}", *problem.details)
    return Found(file=problem.file, line=problem.line, text=text)


def verdicts(store: Store, library: Library, words: Words) -> Iterator[Found]:
    """Every stored verdict that does not follow from the answers."""
    last = 0
    while True:
        with store.read() as tx:
            page = tx.assessments.page(last, PAGE)
            for assessment in page:
                yield from _verdicts_of(assessment, tx, library, words)
        if not page:
            return
        last = page[-1].id


def _verdicts_of(assessment: Assessment, tx: Tx, library: Library, words: Words) -> Iterator[Found]:
    unit = tx.units.get(assessment.unit)
    if unit is None:
        return
    before = {one.subject: one for one in tx.assessments.verdict_rows(assessment.id)}
    after = {
        finding.subject: kept(assessment.id, finding)
        for finding in _found(assessment, unit, tx, library)
    }
    if not before and not tx.assessments.answers(assessment.id):
        # The first answer writes the rows; before it there is nothing to compare.
        return
    for subject in sorted(before.keys() | after.keys()):
        if before.get(subject) != after.get(subject):
            yield _differs(assessment, subject, before.get(subject), after.get(subject), words)


def _found(assessment: Assessment, unit: Unit, tx: Tx, library: Library) -> Iterator[Finding]:
    criteria = library.criteria(assessment.set_id, assessment.set_hash, tx)
    province = UnitId(unit.structure, unit.province)
    for part in criteria.parts_for(unit.kind):
        yield from find(
            criteria,
            part,
            tx.assessments.answers(assessment.id),
            year=assessment.year,
            rulings=tx.rulings.in_force(province, assessment.set_id),
        )


def _differs(
    assessment: Assessment,
    subject: str,
    before: KeptVerdict | None,
    after: KeptVerdict | None,
    words: Words,
) -> Found:
    def said(verdict: KeptVerdict | None) -> str:
        return words.say("common.verdict", verdict.verdict) if verdict is not None else "–"

    text = words.say(
        "cli.verdict_differs",
        year=assessment.year,
        subject=subject,
        kept=said(before),
        found=said(after),
    )
    return Found(file=str(assessment.unit), line=assessment.id, text=text)
