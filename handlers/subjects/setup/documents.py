"""Step 2: which documents the province uses. One of another province needs the typed word."""

from dataclasses import dataclass

from domain.obligations import LegalDocument
from domain.units import Structure, UnitId
from handlers.ground.heard import Heard
from handlers.ground.reply import Reply
from handlers.ground.settings import documents_of, set_documents
from handlers.subjects.setup.screens import (
    Progress,
    SetupTurn,
    Step,
    confirm,
    drop,
    load,
    pick,
    save,
    screen,
)
from handlers.understanding.agreement import agrees
from packs import pack_ids


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A document of another province that waits for confirmation."""

    document: str


def progress(setup: SetupTurn) -> Progress:
    """Done with the first document."""
    chosen = documents_of(setup.turn.tx, setup.province.id)
    return Progress.DONE if chosen else Progress.TODO


def show(setup: SetupTurn) -> Reply:
    """All documents, the province's own first, with a mark on the chosen ones."""
    draft = load(setup, Step.DOCUMENTS, Draft)
    if draft is not None:
        return _confirm(setup, draft.document)
    chosen = documents_of(setup.turn.tx, setup.province.id)
    labels = tuple(_label(setup, one, chosen) for one in _all(setup))
    return screen(setup, Step.DOCUMENTS, "", setup.say("documents", count=len(chosen)), *labels)


def at(setup: SetupTurn, place: str) -> Reply:  # noqa: ARG001  it has one screen at a time
    """The screen again."""
    return show(setup)


def said(setup: SetupTurn, place: str, heard: Heard) -> Reply | None:
    """A number adds or removes a document; the word adds one of another province."""
    if place == "ok":
        return _take(setup) if agrees(heard.text) else None
    documents = _all(setup)
    at = pick(heard.text, len(documents))
    if at is None:
        return None
    document = documents[at]
    chosen = documents_of(setup.turn.tx, setup.province.id)
    if document.id not in chosen and not is_own(setup, document):
        save(setup, Step.DOCUMENTS, Draft(document=document.id))
        return _confirm(setup, document.id)
    _toggle(setup, document.id)
    return show(setup)


def is_own(setup: SetupTurn, document: LegalDocument) -> bool:
    """Whether the document is of this province, or of one that was merged into it."""
    structure = Structure(document.structure)
    origins = setup.turn.library.successions().origins(setup.province.id, structure)
    return UnitId(structure, document.province) in (*origins.units, setup.province.id)


def cited(setup: SetupTurn, document: LegalDocument) -> str:
    """How a document is named in a list."""
    return setup.say(
        "document",
        number=document.number,
        day=document.issued_on,
        issuer=document.issuer,
        title=document.title,
    )


def _all(setup: SetupTurn) -> tuple[LegalDocument, ...]:
    found = [setup.turn.library.pack(one).document for one in pack_ids()]
    return tuple(sorted(found, key=lambda one: (not is_own(setup, one), one.id)))


def _label(setup: SetupTurn, document: LegalDocument, chosen: tuple[str, ...]) -> str:
    return setup.say(
        "document_choice",
        document=cited(setup, document),
        chosen=document.id in chosen,
        own=is_own(setup, document),
    )


def _confirm(setup: SetupTurn, document_id: str) -> Reply:
    document = setup.turn.library.pack(document_id).document
    text = setup.say(
        "document_of_other",
        document=cited(setup, document),
        province=setup.turn.unit_name(setup.province),
    )
    return confirm(setup, Step.DOCUMENTS, "ok", text)


def _take(setup: SetupTurn) -> Reply:
    draft = load(setup, Step.DOCUMENTS, Draft)
    drop(setup, Step.DOCUMENTS)
    if draft is not None:
        _toggle(setup, draft.document)
    return show(setup)


def _toggle(setup: SetupTurn, document_id: str) -> None:
    tx = setup.turn.tx
    chosen = documents_of(tx, setup.province.id)
    if document_id in chosen:
        after = tuple(one for one in chosen if one != document_id)
    else:
        after = (*chosen, document_id)
    set_documents(tx, setup.province.id, after)
    action = "document_taken" if document_id in after else "document_left"
    setup.audit(action, f"document:{document_id}")
