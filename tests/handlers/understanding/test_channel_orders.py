"""Orders about a person's own channels, and texts that only look like one."""

import pytest

from handlers.understanding.channel_orders import (
    ChannelAct,
    ChannelOrder,
    read_channel_order,
)
from handlers.understanding.text import strip_marks


def _order(act: ChannelAct, channel: str) -> ChannelOrder:
    return ChannelOrder(act=act, channel=channel)


@pytest.mark.parametrize(
    ("typed", "order"),
    [
        ("thêm Zalo", _order(ChannelAct.ADD, "zalo")),
        ("liên kết Telegram", _order(ChannelAct.ADD, "telegram")),
        ("nối kênh trang web nhé", _order(ChannelAct.ADD, "web")),
        ("add channel zalo", _order(ChannelAct.ADD, "zalo")),
        ("thêm thư điện tử", _order(ChannelAct.ADD, "mail")),
        ("nhắc tôi qua Zalo", _order(ChannelAct.PREFER, "zalo")),
        ("nhắc qua web", _order(ChannelAct.PREFER, "web")),
        ("nhắc việc qua thư ạ", _order(ChannelAct.PREFER, "mail")),
        ("báo tôi qua kênh telegram", _order(ChannelAct.PREFER, "telegram")),
        ("remind me on Zalo", _order(ChannelAct.PREFER, "zalo")),
        ("remind me by mail", _order(ChannelAct.PREFER, "mail")),
        ("bỏ kênh Zalo", _order(ChannelAct.DROP, "zalo")),
        ("ngắt tele", _order(ChannelAct.DROP, "telegram")),
        ("remove channel zalo", _order(ChannelAct.DROP, "zalo")),
    ],
)
def test_an_order_with_and_without_marks(typed: str, order: ChannelOrder) -> None:
    for said in (typed, typed.upper(), strip_marks(typed), f"  {typed} !"):
        assert read_channel_order(said) == order


@pytest.mark.parametrize(
    ("typed", "mail"),
    [
        ("thư ten@congan.example.vn", "ten@congan.example.vn"),
        ("Thư: Ten@Congan.example.vn.", "Ten@Congan.example.vn"),
        ("mail a@b.vn", "a@b.vn"),
        ("thêm thư a@b.vn", "a@b.vn"),
        ("e-mail a@b.vn,", "a@b.vn"),
        ("thư a b@c.vn", "a b@c.vn"),
    ],
)
def test_a_mail_address_is_given_as_typed(typed: str, mail: str) -> None:
    wanted = ChannelOrder(act=ChannelAct.MAIL, channel="mail", mail=mail)
    assert read_channel_order(typed) == wanted


@pytest.mark.parametrize(
    "typed",
    [
        "", "zalo", "nhắc", "nhắc lại câu hỏi", "bỏ qua", "hủy", "hủy vào M3", "thêm kênh",
        "thêm người: An; cán bộ nhập liệu, xã Kim Liên", "thư ký", "thứ Ba", "bỏ kênh K",
        "hủy kênh K1234567890", "tình hình xã Mỹ Long Bắc qua Zalo", "gửi báo cáo qua Zalo",
        "Mô hình Zalo an ninh", "nhóm Zalo tự quản", "thư ten", "12", "có",
    ],
)  # fmt: skip
def test_what_is_none(typed: str) -> None:
    assert read_channel_order(typed) is None
