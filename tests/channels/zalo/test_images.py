"""Pictures: fetched from the internet only, small, at once, and deleted after the turn."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from bot.channels.zalo import images as images_module
from bot.channels.zalo.images import Images, NoPicture, kind_of
from bot.channels.zalo.intake import Intake
from bot.channels.zalo.updates import Kind, Message
from bot.clock import FixedClock
from bot.turns import Handled, Taken
from domain.messages import Sent
from scheduling.worker import Worker
from storage import Store
from tests.channels.zalo.conftest import NOW

JPEG = b"\xff\xd8\xff\xe0" + b"x" * 100
PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 100
WEBP = b"RIFF\x00\x00\x00\x00WEBP" + b"x" * 100
PHOTO = "https://photo.example/1.jpg?sig=a"
PUBLIC = "203.0.114.7"

MESSAGE = Message(
    bot="chinh", address="c1", delivery_id="m1", at=NOW, kind=Kind.PICTURE, picture=PHOTO
)


@dataclass
class World:
    """The internet for these tests: files, and the addresses of hosts."""

    answers: dict[str, httpx.Response] = field(default_factory=dict)
    hosts: dict[str, Sequence[str]] = field(default_factory=dict)
    asked: list[httpx.Request] = field(default_factory=list)

    def images(self) -> Images:
        return Images(
            client=httpx.AsyncClient(transport=httpx.MockTransport(self._answer)), find=self._find
        )

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        name = f"https://{request.headers['Host']}{request.url.raw_path.decode()}"
        return self.answers.get(name, httpx.Response(404))

    async def _find(self, host: str, _port: int) -> Sequence[str]:
        if host not in self.hosts:
            raise OSError("unknown")
        return self.hosts[host]


@pytest.fixture
def world() -> World:
    world = World(hosts={"photo.example": [PUBLIC]})
    world.answers[PHOTO] = httpx.Response(200, content=JPEG)
    return world


async def test_a_picture_is_there_for_the_turn_and_gone_after_it(world: World) -> None:
    seen: list[Sent] = []

    async def take(got: Sent | None) -> Taken:
        assert got is not None
        assert got.path is not None
        assert _is_private(Path(got.path))
        seen.append(got)
        return Handled()

    await world.images().taken(MESSAGE, take)
    (got,) = seen
    assert (got.name, got.media_type, got.size) == ("anh.jpg", "image/jpeg", len(JPEG))
    assert not Path(got.path or "").parent.exists()


async def test_the_connection_goes_to_the_number_that_was_looked_at(world: World) -> None:
    assert await world.images().fetch(PHOTO) == JPEG
    (request,) = world.asked
    assert (request.url.host, request.headers["Host"]) == (PUBLIC, "photo.example")
    assert request.extensions["sni_hostname"] == "photo.example"


@pytest.mark.parametrize(
    ("number", "public"),
    [
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("192.168.1.1", False),
        ("172.16.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.1", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("not-a-number", False),
        (PUBLIC, True),
        ("2606:4700::1", True),
    ],
)
async def test_nothing_inside_our_own_network_is_reached(
    world: World, number: str, public: bool
) -> None:
    world.hosts["photo.example"] = [number]
    if public:
        assert await world.images().fetch(PHOTO) == JPEG
        return
    # One internal address among external ones is enough.
    for numbers in ([number], [PUBLIC, number]):
        world.hosts["photo.example"] = numbers
        with pytest.raises(NoPicture):
            await world.images().fetch(PHOTO)
    assert world.asked == []


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://photo.example/1.jpg",
        "file:///etc/passwd",
        "https://photo.example:8443/1.jpg",
        "https://user@photo.example/1.jpg",
        "https://unknown.example/1.jpg",
        "https://[",
        "https://",
        "//photo.example/1.jpg",
    ],
)
async def test_only_https_addresses_are_asked(world: World, url: str) -> None:
    with pytest.raises(NoPicture):
        await world.images().fetch(url)
    assert world.asked == []


async def test_a_redirect_is_followed_and_looked_at_anew(world: World) -> None:
    world.hosts["store.example"] = [PUBLIC]
    moved = {"Location": "https://store.example/2.jpg"}
    world.answers[PHOTO] = httpx.Response(302, headers=moved)
    world.answers["https://store.example/2.jpg"] = httpx.Response(200, content=PNG)
    assert await world.images().fetch(PHOTO) == PNG
    world.hosts["store.example"] = ["10.0.0.1"]
    with pytest.raises(NoPicture, match="not on the internet"):
        await world.images().fetch(PHOTO)


async def test_redirects_end(world: World) -> None:
    world.answers[PHOTO] = httpx.Response(302, headers={"Location": PHOTO})
    with pytest.raises(NoPicture, match="too many redirects"):
        await world.images().fetch(PHOTO)


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(404),
        httpx.Response(200, content=b"<html>"),
        httpx.Response(200, content=b""),
        httpx.Response(200, content=b"%PDF-1.7"),
        httpx.Response(302),
        httpx.Response(200, content=b"x", headers={"Content-Encoding": "identity, gzip"}),
    ],
)
async def test_what_is_no_picture_is_not_given_on(world: World, answer: httpx.Response) -> None:
    world.answers[PHOTO] = answer
    got: list[Sent | None] = []

    async def take(one: Sent | None) -> Taken:
        got.append(one)
        return Handled()

    assert await world.images().taken(MESSAGE, take) == Handled()
    assert got == [None]


async def test_a_picture_has_a_largest_size(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images_module, "IMAGE_BYTES", len(JPEG))
    assert await world.images().fetch(PHOTO) == JPEG
    monkeypatch.setattr(images_module, "IMAGE_BYTES", len(JPEG) - 1)
    with pytest.raises(NoPicture, match="too large"):
        await world.images().fetch(PHOTO)


@pytest.mark.parametrize(
    ("body", "kind"), [(JPEG, "image/jpeg"), (PNG, "image/png"), (WEBP, "image/webp")]
)
def test_a_picture_is_known_by_its_beginning(body: bytes, kind: str) -> None:
    assert kind_of(body)[0] == kind


def _is_private(path: Path) -> bool:
    return path.read_bytes() == JPEG and path.parent.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("switched_on", [True, False])
async def test_pictures_are_fetched_only_where_that_is_switched_on(
    world: World, store: Store, clock: FixedClock, switched_on: bool
) -> None:
    checks = _Checks()
    worker = Worker(1)
    images = world.images() if switched_on else None
    intake = Intake(checks=checks, store=store, worker=worker, clock=clock, pictures=images)
    await intake.take_up()
    await intake.take(MESSAGE)
    assert [got is not None for got in checks.got] == [switched_on]
    worker.close()


class _Checks:
    def __init__(self) -> None:
        self.got: list[Sent | None] = []

    async def take(self, _message: Message, picture: Sent | None = None) -> Taken:
        self.got.append(picture)
        return Handled()

    async def take_group(self, _called: object) -> Taken:
        return Handled()
