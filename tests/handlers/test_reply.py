"""A reply and the lines that are added above and below it."""

from domain.cards import Card, Row, saying
from handlers.ground.reply import KEEP_MENU, Reply
from handlers.understanding.intents import Intent

RESULT = Card(heading="Kết quả", rows=(Row(label="I.1", value="đạt"),))
REPLY = Reply(intent=Intent.RESULT, cards=(RESULT,), menu=KEEP_MENU)


def test_lines_around_a_reply_are_cards_of_their_own() -> None:
    around = REPLY.under("Đã ghi.", "").over("Câu I.1.a vẫn đang chờ.")
    assert around.cards == (Card(text="Đã ghi."), RESULT, Card(text="Câu I.1.a vẫn đang chờ."))
    assert around.text == "Đã ghi.\n\nKết quả\nI.1: đạt\n\nCâu I.1.a vẫn đang chờ."


def test_a_text_is_the_short_form_of_one_card() -> None:
    assert Reply(intent=Intent.HELP, cards=saying("Gõ số.")).cards == (Card(text="Gõ số."),)
    assert Reply(intent=Intent.HELP, cards=saying("")).cards == ()


def test_the_message_of_a_reply_shows_its_cards_and_opens_no_menu_of_the_one_before() -> None:
    outgoing = REPLY.outgoing()
    assert (outgoing.cards, outgoing.menu, outgoing.text) == ((RESULT,), None, REPLY.text)
