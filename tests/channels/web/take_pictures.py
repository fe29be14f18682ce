"""Takes the pictures of docs/huong-dan from the running product, on a new demo database.

    make pictures

Needs Debian's chromium and chromium-driver.
"""

import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from domain.people import Role
from handlers.documents.code_sheet import CodeSlip, code_sheet
from locales import Words
from tests.channels.web.chromium import MISSING, Chromium, chromium

HOME: Final = Path(__file__).parents[3]
PICTURES: Final = HOME / "docs" / "huong-dan" / "hinh"
ANTT: Final = (sys.executable, "-c", "import sys; from bot.commands import main; sys.exit(main())")
PHONE: Final = (360, 740)
DESK: Final = (1180, 760)
PORT: Final = 8471
START_S: Final = 30.0
SETTLE_S: Final = 0.6
"""The page scrolls to the newest message; a picture is taken when the scrolling ends."""


def take_all() -> None:
    """Every picture of the guides."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, _served(Path(folder)) as links:
        with chromium(Path(folder) / "officer") as browser:
            _officer(browser, links["can-bo"])
        with chromium(Path(folder) / "supervisor") as browser:
            _supervisor(browser, links["giam-sat"])
        with chromium(Path(folder) / "administrator") as browser:
            _administrator(browser, links["quan-tri"], Path(folder))


def _officer(browser: Chromium, link: str) -> None:
    browser.colours("light")
    browser.size(*PHONE, phone=True)
    browser.open(link)
    browser.until(lambda: browser.the("door-submit").is_displayed())
    _take(browser, "dang-nhap")
    browser.sign_in(link)
    browser.say("sửa I.5.g")
    _answered(browser, "Câu")
    _take(browser, "cau-hoi")
    for figure in ("3", "2"):
        browser.say(figure)
        time.sleep(SETTLE_S)
    browser.say("kết quả I.5")
    time.sleep(SETTLE_S)
    _take(browser, "ket-qua")


def _supervisor(browser: Chromium, link: str) -> None:
    browser.colours("light")
    browser.size(*DESK)
    browser.sign_in(link)
    browser.say("vì sao xã Mỹ Long Nam chưa đạt")
    _answered(browser, "Xã Mỹ Long Nam")
    _take(browser, "tinh-hinh")


def _administrator(browser: Chromium, link: str, folder: Path) -> None:
    browser.colours("light")
    browser.size(*DESK)
    browser.sign_in(link)
    browser.say("cài đặt")
    _answered(browser, "Cài đặt")
    _take(browser, "cai-dat")
    slips = folder / "phieu.html"
    slips.write_text(_slips(), encoding="utf-8")
    browser.open(slips.as_uri())
    _take(browser, "phieu-ma")


def _slips() -> str:
    until = datetime(2026, 12, 6, 10, tzinfo=UTC)
    places = (("xã Mỹ Long Bắc", Role.OFFICER), ("xã Vĩnh Kim", Role.HEAD))
    slips = [
        CodeSlip(unit=unit, role=role, name="(dùng thử)", code="ABCDE-FGH23", expires_at=until)
        for unit, role in places
    ]
    return code_sheet(slips, "https://antt.example.vn", Words("vi"))


def _answered(browser: Chromium, beginning: str) -> None:
    browser.until(lambda: any(beginning in text for text in browser.texts()[-1:]))


def _take(browser: Chromium, name: str) -> None:
    time.sleep(SETTLE_S)
    (PICTURES / f"{name}.png").write_bytes(browser.screenshot())
    sys.stdout.write(f"{name}.png\n")


@contextmanager
def _served(folder: Path) -> Iterator[dict[str, str]]:
    """The assistant on a demo database; gives the one-time link of each person."""
    database, said = folder / "demo.db", folder / "said.txt"
    subprocess.run([*ANTT, "demo", "--db", str(database)], check=True, cwd=HOME)
    with said.open("w") as out:
        serving = subprocess.Popen(
            [*ANTT, "serve", "--db", str(database), "--port", str(PORT)], stdout=out, cwd=HOME
        )
    try:
        yield _links(said)
    finally:
        serving.terminate()
        serving.wait()


def _links(said: Path) -> dict[str, str]:
    end = time.monotonic() + START_S
    while time.monotonic() < end:
        text = said.read_text(encoding="utf-8")
        if "Ctrl+C" in text:
            return dict(re.findall(r"^\s*(\S+)\s.*?(http\S+/join#\S+)$", text, re.MULTILINE))
        time.sleep(0.2)
    raise SystemExit(f"the assistant did not start: {said.read_text(encoding='utf-8')}")


if __name__ == "__main__":
    if MISSING:
        raise SystemExit(MISSING)
    take_all()
