"""Step 2: which documents the province works by. Another province's needs the typed word."""

from dataclasses import dataclass

from domain.obligations import LegalDocument
from domain.units import Structure, UnitId
from handlers.ground.heard import Heard
from handlers.ground.reply import Reply
from handlers.ground.settings import documents_of, set_documents
from handlers.subjects.setup.screens import (
    Desk,
    Progress,
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
    """A document of another province that waits for the word."""

    document: str


def progress(desk: Desk) -> Progress:
    """Done with the first document."""
    chosen = documents_of(desk.turn.tx, desk.province.id)
    return Progress.DONE if chosen else Progress.TODO


def show(desk: Desk) -> Reply:
    """All documents there are, the province's own first, with a mark on the chosen ones."""
    draft = load(desk, Step.DOCUMENTS, Draft)
    if draft is not None:
        return _confirm(desk, draft.document)
    chosen = documents_of(desk.turn.tx, desk.province.id)
    labels = tuple(_label(desk, one, chosen) for one in _all(desk))
    return screen(desk, Step.DOCUMENTS, "", desk.say("documents", count=len(chosen)), *labels)


def at(desk: Desk, place: str) -> Reply:  # noqa: ARG001  it has one screen at a time
    """The screen once more."""
    return show(desk)


def said(desk: Desk, place: str, heard: Heard) -> Reply | None:
    """A number takes a document in or out; the word takes in another province's."""
    if place == "ok":
        return _take(desk) if agrees(heard.text) else None
    documents = _all(desk)
    at = pick(heard.text, len(documents))
    if at is None:
        return None
    document = documents[at]
    chosen = documents_of(desk.turn.tx, desk.province.id)
    if document.id not in chosen and not is_own(desk, document):
        save(desk, Step.DOCUMENTS, Draft(document=document.id))
        return _confirm(desk, document.id)
    _toggle(desk, document.id)
    return show(desk)


def is_own(desk: Desk, document: LegalDocument) -> bool:
    """Whether the document is of this province, or of one that went into it."""
    structure = Structure(document.structure)
    origins = desk.turn.library.successions().origins(desk.province.id, structure)
    return UnitId(structure, document.province) in (*origins.units, desk.province.id)


def cited(desk: Desk, document: LegalDocument) -> str:
    """How a document is named in a list."""
    return desk.say(
        "document",
        number=document.number,
        day=document.issued_on,
        issuer=document.issuer,
        title=document.title,
    )


def _all(desk: Desk) -> tuple[LegalDocument, ...]:
    found = [desk.turn.library.pack(one).document for one in pack_ids()]
    return tuple(sorted(found, key=lambda one: (not is_own(desk, one), one.id)))


def _label(desk: Desk, document: LegalDocument, chosen: tuple[str, ...]) -> str:
    return desk.say(
        "document_choice",
        document=cited(desk, document),
        chosen=document.id in chosen,
        own=is_own(desk, document),
    )


def _confirm(desk: Desk, document_id: str) -> Reply:
    document = desk.turn.library.pack(document_id).document
    text = desk.say(
        "document_of_other",
        document=cited(desk, document),
        province=desk.turn.unit_name(desk.province),
    )
    return confirm(desk, Step.DOCUMENTS, "ok", text)


def _take(desk: Desk) -> Reply:
    draft = load(desk, Step.DOCUMENTS, Draft)
    drop(desk, Step.DOCUMENTS)
    if draft is not None:
        _toggle(desk, draft.document)
    return show(desk)


def _toggle(desk: Desk, document_id: str) -> None:
    tx = desk.turn.tx
    chosen = documents_of(tx, desk.province.id)
    if document_id in chosen:
        after = tuple(one for one in chosen if one != document_id)
    else:
        after = (*chosen, document_id)
    set_documents(tx, desk.province.id, after)
    action = "document_taken" if document_id in after else "document_left"
    desk.audit(action, f"document:{document_id}")
