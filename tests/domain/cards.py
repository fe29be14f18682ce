"""Cards of any kind, for property tests."""

from hypothesis import strategies as st

from domain.cards import Badge, Card, Row, Table, Tone

# PostgreSQL stores no NUL and no unpaired surrogate; a line of a card is one line.
LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0\n\r")
ANY_TEXT = st.text(LETTERS, max_size=12)
SHOWN_TEXT = st.text(st.sampled_from("aạ🔔b "), min_size=1, max_size=30)


def badges(text: st.SearchStrategy[str]) -> st.SearchStrategy[Badge]:
    return st.builds(Badge, sign=text, word=text, standing=text, tone=st.sampled_from(Tone))


def rows(text: st.SearchStrategy[str]) -> st.SearchStrategy[Row]:
    return st.builds(
        Row,
        label=text,
        value=text,
        badge=st.none() | badges(text),
        figures=st.lists(st.tuples(text, text | st.integers()), max_size=2).map(tuple),
        nested=st.booleans(),
        folds=st.booleans(),
    )


@st.composite
def tables(draw: st.DrawFn, text: st.SearchStrategy[str]) -> Table:
    width = draw(st.integers(min_value=1, max_value=4))
    line = st.lists(text, min_size=width, max_size=width).map(tuple)
    return Table(
        head=draw(line),
        rows=tuple(draw(st.lists(line, max_size=5))),
        names=draw(st.integers(min_value=0, max_value=width - 1)),
        folds=draw(st.booleans()),
    )


def cards(text: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[Card, ...]]:
    card = st.builds(
        Card,
        context=text,
        heading=text,
        badge=st.none() | badges(text),
        text=text,
        rows=st.lists(rows(text), max_size=6).map(tuple),
        table=st.none() | tables(text),
        notes=st.lists(text, max_size=2).map(tuple),
        more=text,
    )
    return st.lists(card, max_size=3).map(tuple)
