"""A card as text for channels that cannot draw, and the rows left out when space is short."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.card_text import folded, text_of
from domain.cards import Badge, Card, Cards, Row, Table, Tone, saying
from domain.text_pieces import units
from tests.domain.cards import SHOWN_TEXT, cards

NOT_MET = Badge(sign="❌", word="CHƯA ĐẠT", standing="tạm tính", tone=Tone.BAD)
RESULT = Card(
    context="Xã Mỹ Long Bắc – năm 2024",
    heading="Chỉ tiêu 19.2",
    badge=NOT_MET,
    text="Đã trả lời 3/51 câu.",
    rows=(
        Row(label="I.1 Nghị quyết", badge=Badge(sign="✅", word="đạt"), value="5/5 yêu cầu"),
        Row(label="I.2 Nắm tình hình", badge=Badge(sign="❌", word="chưa đạt"), folds=True),
        Row(label="I.2.c", value="thiếu kế hoạch", nested=True, folds=True),
        Row(label="I.2.d", value="thiếu báo cáo", nested=True, folds=True),
    ),
    notes=("Căn cứ: văn bản 1672.", "Số liệu lúc 02:52."),
    more="kết quả I.2",
)
RESULT_TEXT = """\
Xã Mỹ Long Bắc – năm 2024
❌ Chỉ tiêu 19.2: CHƯA ĐẠT (tạm tính)
Đã trả lời 3/51 câu.
✅ I.1 Nghị quyết: đạt – 5/5 yêu cầu
❌ I.2 Nắm tình hình: chưa đạt
   I.2.c: thiếu kế hoạch
   I.2.d: thiếu báo cáo
Căn cứ: văn bản 1672.
Số liệu lúc 02:52."""
BOARD = Table(
    head=("Xã", "Đã trả lời", "Kết quả"),
    rows=(
        ("Mỹ Long Bắc", "3/51", "chưa đạt"),
        ("Hiệp Mỹ Đông", "50/50", "đạt"),
        ("Mỹ Hòa", "", ""),
    ),
    folds=True,
)


def _left_out(count: int, word: str) -> str:
    return f"[{count} {word}]"


def test_a_card_is_its_parts_in_order() -> None:
    assert text_of((RESULT,)) == RESULT_TEXT


def test_cards_are_an_empty_line_apart_and_empty_ones_are_nothing() -> None:
    assert text_of((Card(text="Đã ghi."), Card(), Card(text="Câu 2?"))) == "Đã ghi.\n\nCâu 2?"
    assert text_of((Card(badge=Badge()), Card(rows=(Row(nested=True),)))) == ""


def test_a_table_says_its_head_once_and_keeps_the_places_of_empty_cells() -> None:
    assert text_of((Card(table=BOARD),)).split("\n") == [
        "Xã: Đã trả lời · Kết quả",
        "Mỹ Long Bắc: 3/51 · chưa đạt",
        "Hiệp Mỹ Đông: 50/50 · đạt",
        "Mỹ Hòa: – · –",
    ]


def test_the_column_that_names_comes_first_and_a_head_without_words_is_left_out() -> None:
    table = Table(head=("", ""), rows=(("đạt", "I.1"), ("", "I.2")), names=1)
    assert text_of((Card(table=table),)) == "I.1: đạt\nI.2: –"


def test_a_table_of_names_only_is_a_list() -> None:
    assert text_of((Card(table=Table(head=("Xã",), rows=(("Mỹ Hòa",),))),)) == "Xã\nMỹ Hòa"


@pytest.mark.parametrize(("rows", "names"), [((("a",),), 0), ((), 2), ((), -1)])
def test_a_table_that_does_not_fit_its_head_is_refused(
    rows: tuple[tuple[str, ...], ...], names: int
) -> None:
    with pytest.raises(ValueError, match=r"column"):
        Table(head=("a", "b"), rows=rows, names=names)


def test_nothing_is_left_out_where_everything_fits() -> None:
    assert folded((RESULT,), units(RESULT_TEXT), _left_out) == (RESULT,)


def test_the_last_rows_that_fold_are_left_out_first_and_counted() -> None:
    (shown,) = folded((RESULT,), units(RESULT_TEXT) - 1, _left_out)
    assert shown == replace(RESULT, rows=RESULT.rows[:3], notes=("[1 kết quả I.2]", *RESULT.notes))


def test_where_nothing_is_enough_all_that_folds_is_left_out_and_the_rest_stays() -> None:
    (shown,) = folded((RESULT,), 1, _left_out)
    assert shown.rows == RESULT.rows[:1]
    assert shown.notes == ("[3 kết quả I.2]", *RESULT.notes)


def test_a_row_stays_as_long_as_one_nested_under_it_does() -> None:
    kept = replace(RESULT.rows[2], folds=False)
    card = replace(RESULT, rows=(*RESULT.rows[:2], kept, RESULT.rows[3]))
    (shown,) = folded((card,), 1, _left_out)
    assert shown.rows == (*RESULT.rows[:2], kept)


def test_a_table_loses_rows_before_the_rows_above_it_and_its_head_with_the_last() -> None:
    card = Card(rows=(Row(label="Tất cả", folds=True),), table=BOARD)
    whole = units(text_of((card,)))
    (one_less,) = folded((card,), whole - 1, _left_out)
    assert one_less.table == replace(BOARD, rows=BOARD.rows[:2])
    assert one_less.rows == card.rows
    (none,) = folded((card,), 1, _left_out)
    assert (none.table, none.rows, none.notes) == (None, (), ("[4 ]",))


def test_the_last_card_loses_its_rows_first() -> None:
    first, last = replace(RESULT, more="a"), replace(RESULT, more="b")
    shown = folded((first, last), units(text_of((first, last))) - 1, _left_out)
    assert shown[0] == first
    assert shown[1].notes[0] == "[1 b]"


def test_a_table_that_does_not_fold_stays_whole() -> None:
    table = replace(BOARD, folds=False)
    assert folded((Card(table=table, rows=(Row(label="a", folds=True),)),), 1, _left_out) == (
        Card(table=table, notes=("[1 ]",)),
    )


def _must_stay(some: Cards) -> list[str]:
    """Every word that must stay even when space is short."""
    words = []
    for card in some:
        words += [card.context, card.heading, card.text, *card.notes]
        words += [card.badge.word, card.badge.standing] if card.badge else []
        for row in card.rows:
            words += [] if row.folds else [row.label, row.value, *_of_badge(row.badge)]
        if card.table is not None and not card.table.folds:
            words += [cell for line in (card.table.head, *card.table.rows) for cell in line]
    return [word for word in words if word]


def _of_badge(badge: Badge | None) -> list[str]:
    return [badge.word, badge.standing] if badge is not None else []


def _all_unfolding(some: Cards) -> Cards:
    return tuple(
        replace(
            card,
            rows=tuple(replace(row, folds=False) for row in card.rows),
            table=replace(card.table, folds=False) if card.table else None,
        )
        for card in some
    )


@pytest.mark.fuzz
@given(cards(SHOWN_TEXT))
def test_no_word_of_a_card_is_lost_in_its_text(some: Cards) -> None:
    _assert_said(_must_stay(_all_unfolding(some)), text_of(some))


@pytest.mark.fuzz
@given(cards(SHOWN_TEXT), st.integers(min_value=-10, max_value=400))
def test_folding_loses_only_what_folds_and_counts_all_of_it(some: Cards, limit: int) -> None:
    shown = folded(some, limit, _left_out)
    _assert_said(_must_stay(some), text_of(shown))
    for before, after in zip(some, shown, strict=True):
        missing = _count(before) - _count(after)
        said = (_left_out(missing, before.more),) if missing else ()
        assert after.notes == (*said, *before.notes)


@pytest.mark.fuzz
@given(cards(SHOWN_TEXT), st.integers(min_value=0, max_value=400))
def test_what_can_fit_by_folding_does_fit(some: Cards, limit: int) -> None:
    shown = folded(some, limit, _left_out)
    least = folded(some, -10_000, _left_out)
    if units(text_of(least)) <= limit:
        assert units(text_of(shown)) <= limit


def test_more_room_never_shows_fewer_rows_and_none_is_left_out_that_had_room() -> None:
    some = (RESULT, Card(text="Các xã", table=BOARD))
    results = [folded(some, limit, _left_out) for limit in range(units(text_of(some)) + 1)]
    missing = [sum(map(_count, some)) - sum(map(_count, shown)) for shown in results]
    assert missing == sorted(missing, reverse=True)
    assert set(missing) == {0, 1, 2, 3, 4, 5, 6}
    least = {count: units(text_of(results[missing.index(count)])) for count in set(missing)}
    for limit, count in enumerate(missing):
        assert all(least[fewer] > limit for fewer in range(count))


@pytest.mark.fuzz
@given(st.lists(st.text(min_size=1)).map(tuple))
def test_texts_alone_are_exactly_themselves(texts: tuple[str, ...]) -> None:
    assert text_of(saying(*texts)) == "\n\n".join(texts)


def _count(card: Card) -> int:
    return len(card.rows) + (len(card.table.rows) if card.table else 0)


def _assert_said(words: list[str], text: str) -> None:
    assert all(word in text for word in words), (words, text)
