"""A small conversation over a real store, to test the web chat without the checklist.

It does the same as a turn and delivery, in the same order and the same transactions: record the
delivery, lock the address, echo, queue, and then lease, show and mark.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.channels.web import Admission, CannotMake, Made
from bot.clock import Clock
from bot.turns import Busy, Handled, Taken
from domain.cards import saying
from domain.messages import (
    Choice,
    ChoiceKind,
    Incoming,
    Lane,
    Outgoing,
    Recipe,
    RecipeKind,
    Said,
    Tap,
)
from handlers.ground.wanted import Wanted
from scheduling.worker import Worker
from storage import Store, Tx

ACTIONS = tuple(
    Choice(key=word, label=word.capitalize(), kind=ChoiceKind.ACTION)
    for word in ("bỏ qua", "quay lại", "giải thích")
)


def _answers(*labels: str) -> tuple[Choice, ...]:
    return tuple(Choice(key=str(at), label=label) for at, label in enumerate(labels, start=1))


QUESTIONS = (
    Outgoing(
        cards=saying(
            "Câu 1. Đảng ủy xã có nghị quyết về công tác bảo đảm an ninh, trật tự năm 2026 "
            "(ký trong quý I)?\nCăn cứ: mục I.1.a."
        ),
        menu="q:I.1.a",
        choices=(
            *_answers("Có (ghi số, ngày)", "Có, văn bản mật: không ghi số", "Chưa có"),
            *ACTIONS,
        ),
        progress=(0, 4),
    ),
    Outgoing(
        cards=saying("Câu 2. Số vụ phạm tội về trật tự xã hội năm 2025 là bao nhiêu? Gõ một số."),
        menu="q:I.5.b",
        choices=ACTIONS,
        progress=(1, 4),
    ),
    Outgoing(
        cards=saying("Câu 3. Có để xảy ra khiếu kiện đông người kéo dài trái pháp luật không?"),
        menu="q:I.3.b",
        choices=(*_answers("Không có", "Có"), *ACTIONS),
        progress=(2, 4),
    ),
    Outgoing(
        cards=saying(
            "Câu 4. Củng cố, nâng chất hoạt động các mô hình tự quản về an ninh, trật tự?"
        ),
        menu="q:I.6.d",
        choices=(*_answers("Có", "Chưa"), *ACTIONS),
        progress=(3, 4),
    ),
)
DONE = Outgoing(
    cards=saying(
        "Đã trả lời đủ 4/4 câu. Kết quả tạm tính: Đạt.\nĐồng chí có thể xem lại trước khi nộp."
    ),
    progress=(4, 4),
)
STALE = "Câu này đã trả lời rồi. Mời đồng chí trả lời câu đang mở."
REFUSED = "Tin vừa gửi có dấu hiệu chứa nội dung không được đưa vào đây nên hệ thống không lưu."
EXPLAINED = "Nghị quyết do Đảng ủy xã ban hành, ký từ 01/01 đến 31/3. Ghi số và ngày ký."
NOTICE = Outgoing(
    cards=saying(
        "Còn 14 ngày: Báo cáo sơ kết 6 tháng đầu năm, nộp trước ngày 14/06/2027.\n"
        "Đã nộp thì trả lời: đã nộp N3"
    ),
    choices=(Choice(key="đã nộp N3", label="Đã nộp N3", kind=ChoiceKind.ACTION),),
)
PICTURE = Outgoing(
    cards=saying("Tình hình xã Mỹ Long Bắc"),
    attachment=Recipe(
        kind=RecipeKind.STATUS_CARD, name="tinh-hinh.png", alternative="Đạt 20/24 nội dung"
    ),
)
FILE = Outgoing(
    cards=saying("Phiếu tự đánh giá năm 2026 của xã Mỹ Long Bắc."),
    attachment=Recipe(kind=RecipeKind.REPORT, name="Phiếu tự đánh giá 2026.docx"),
)
GONE = Outgoing(
    cards=saying("Báo cáo cũ."),
    attachment=Recipe(kind=RecipeKind.REPORT, name="hỏng.docx", alternative="Không còn"),
)

# One dark pixel.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c6364606000000006000304e2e0a50000000049454e44ae426082"
)


def answered(said: str, place: int) -> tuple[Outgoing, ...]:
    """The replies to a text or a label while question number `place` is open."""
    match said.lower():
        case "giải thích":
            return (Outgoing(cards=saying(EXPLAINED)), QUESTIONS[place])
        case "ảnh":
            return (PICTURE,)
        case "tệp":
            return (FILE,)
        case "mật":
            return (Outgoing(cards=saying(REFUSED)),)
        case "làm tiếp" | "menu":
            return (QUESTIONS[min(place, len(QUESTIONS) - 1)],)
        case _:
            return (QUESTIONS[place + 1],) if place + 1 < len(QUESTIONS) else (DONE,)


@dataclass(kw_only=True)
class ScriptedTurns:
    """A conversation of four questions. `busy` simulates a lack of threads."""

    store: Store
    worker: Worker
    clock: Clock
    wake: Callable[[], None] = lambda: None
    busy: bool = False
    taken: int = 0
    said: list[str] = field(default_factory=list)

    async def take(self, incoming: Incoming) -> Taken:
        """One turn."""
        if self.busy:
            return Busy(retry_after=1)
        handled = await self.worker.run(lambda: self._turn(incoming))
        self.wake()
        return handled

    def _turn(self, incoming: Incoming) -> Taken:
        now = self.clock.now()
        with self.store.begin() as tx:
            key = (incoming.channel, incoming.bot, incoming.delivery_id)
            if not tx.inbox.record(*key, now):
                return Handled()
            address = tx.addresses.lock(incoming.channel, incoming.bot, incoming.address)
            if address is None or address.retired_at is not None:
                return Handled(to_stranger=Outgoing(cards=saying("Nhập mã.")))
            self.taken += 1
            if isinstance(incoming.content, Said):
                self.said.append(incoming.content.text)
            said, replies = self._decide(incoming, address.menu)
            if said:
                tx.outbox.echo(address.id, said, now)
            for reply in replies:
                tx.outbox.queue(address.id, Lane.REPLY, reply, now)
            if replies[-1].menu:
                tx.addresses.set_menu(address.id, replies[-1].menu)
        show(self.store, address.id, now)
        return Handled()

    def _decide(self, incoming: Incoming, menu: str | None) -> tuple[str, tuple[Outgoing, ...]]:
        place = next((at for at, one in enumerate(QUESTIONS) if one.menu == menu), 0)
        match incoming.content:
            case Said(text="mật"):
                return "", answered("mật", place)
            case Said(text=text):
                return text, answered(text, place)
            case Tap(menu=tapped, choice=key):
                question = next((one for one in QUESTIONS if one.menu == tapped), None)
                labels = {one.key: one.label for one in question.choices} if question else {}
                label = labels.get(key, key)
                if tapped != menu:
                    return label, (Outgoing(cards=saying(STALE)), QUESTIONS[place])
                return label, answered(label, place)
            case _:
                return "", (Outgoing(cards=saying(REFUSED)),)


def show(store: Store, address_id: int, now: datetime) -> None:
    """Delivery for the web: lease, and mark as shown."""
    with store.begin() as tx:
        leased = tx.outbox.take_for(address_id, now)
    with store.begin() as tx:
        tx.outbox.sent_all(leased, now)


def notify(store: Store, person_id: int, outgoing: Outgoing, now: datetime) -> None:
    """A notice, shown at once."""

    def queue(tx: Tx) -> int:
        address_id = tx.web.address_id(person_id)
        assert address_id is not None
        tx.outbox.queue(address_id, Lane.NOTICE, outgoing, now)
        return address_id

    with store.begin() as tx:
        address_id = queue(tx)
    show(store, address_id, now)


@dataclass(frozen=True, kw_only=True)
class ScriptedAdmission(Admission):
    """Says what is typed at the scripted questions, by the token of their menus."""

    typed: dict[str, Wanted] = field(default_factory=dict)

    def wanted(self, tx: Tx, person_id: int, now: datetime) -> tuple[str | None, Wanted | None]:
        """As scripted."""
        menu, _ = super().wanted(tx, person_id, now)
        return menu, self.typed.get(menu or "")


class ScriptedMaker:
    """Makes a picture of one pixel, or a file of a few letters."""

    async def make(self, recipe: Recipe) -> Made:
        """Raises `CannotMake` for the missing file."""
        if recipe.alternative == "Không còn":
            raise CannotMake
        if recipe.kind is RecipeKind.STATUS_CARD:
            return Made(name=recipe.name, media_type="image/png", body=PIXEL)
        return Made(name=recipe.name, media_type="application/octet-stream", body=b"docx")
