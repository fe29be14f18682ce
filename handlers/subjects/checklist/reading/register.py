"""Kind register on a page: all entries that are offered, none, or the names besides them."""

from domain.answers import FieldName
from domain.registers import Entries
from handlers.subjects.checklist.reading.asked import (
    AMBIGUOUS,
    NOT_READABLE,
    Asked,
    Reading,
    giving,
)
from handlers.subjects.checklist.register.orders import read_on_page
from handlers.understanding.values.saying import Saying


def read(asked: Asked, said: Saying) -> Reading:
    """The entries; a comma that may be a part of a name is asked about."""
    found = read_on_page(said.text, asked.offered)
    if found is None:
        return NOT_READABLE
    return giving({FieldName.ENTRIES: found}) if isinstance(found, Entries) else AMBIGUOUS
