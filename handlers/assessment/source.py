"""The document behind a criteria set."""

from handlers.ground.turn import Turn


def source(turn: Turn, set_id: str) -> str:
    """The usual name of the document that a criteria set comes from."""
    document = turn.library.pack(set_id).document
    return turn.say(
        "status.document",
        issuer=document.issuer,
        number=document.number,
        day=document.issued_on,
        title=document.title,
    )
