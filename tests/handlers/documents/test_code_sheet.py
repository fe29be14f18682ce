"""The printed sheet of codes: all data on its slip, no external resources, no injected markup."""

import base64
import hashlib
import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from io import BytesIO

import pytest
import segno

from domain.people import Role
from handlers.documents.code_sheet import (
    CODE_SHEET_POLICY,
    SLIPS_PER_PAGE,
    BadOrigin,
    CodeSlip,
    code_sheet,
    join_link,
)
from locales import Words
from tests.handlers.documents.books import EN, VI

ORIGIN = "https://antt.example.gov.vn:8443"
EXPIRES = datetime(2027, 1, 31, 10, 0, tzinfo=UTC)


def _slip(**changed: str) -> CodeSlip:
    values = {"unit": "xã Hùng Chân", "name": "Trưởng Công an xã", "code": "ABCDEFGHIJ"} | changed
    return CodeSlip(
        unit=values["unit"],
        role=Role.HEAD,
        name=values["name"],
        code=values["code"],
        expires_at=EXPIRES,
    )


class _Read(HTMLParser):
    """The texts by class, and everything that would violate a policy or break in a browser."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[tuple[str, str]] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self._class = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        self._class = dict(attrs).get("class") or tag

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append((self._class, data.strip()))


def _read(html: str) -> _Read:
    reader = _Read()
    reader.feed(html)
    reader.close()
    return reader


def _style(html: str) -> str:
    found = re.search(r"<style>(.*?)</style>", html, re.DOTALL)
    assert found
    return found[1]


def test_a_slip_has_all_that_a_person_needs() -> None:
    texts = dict(_read(code_sheet([_slip()], ORIGIN, VI)).texts)
    assert texts["product"] == "Trợ lý An ninh, trật tự"
    assert texts["unit"] == "Xã Hùng Chân"
    assert texts["name"] == "Trưởng Công an xã"
    assert texts["role"] == "chỉ huy đơn vị"
    assert texts["code"] == "ABCDE-FGHIJ"
    assert texts["label"] == "Dùng đến 17:00, 31/01/2027"
    assert texts["link"] == f"{ORIGIN}/join"
    assert texts["how"].startswith("Quét mã vuông, hoặc mở địa chỉ dưới đây rồi nhập mã.")


def test_the_square_holds_the_link_with_the_code_behind_the_hash() -> None:
    html = code_sheet([_slip()], ORIGIN, VI)
    stream = BytesIO()
    link = f"{ORIGIN}/join#ABCDE-FGHIJ"
    assert join_link(ORIGIN, "ABCDE-FGHIJ") == link
    segno.make_qr(link, error="m").save(
        stream, kind="svg", xmldecl=False, svgns=False, nl=False, omitsize=True, border=2
    )
    path = re.search(r' d="([^"]+)"', stream.getvalue().decode())
    assert path
    assert path[1] in html


def test_whatever_a_name_holds_stays_text() -> None:
    evil = '"><script>alert(1)</script><img src=x onerror=y>&lt;'
    html = code_sheet([_slip(unit=evil, name=evil, code='<b>"')], ORIGIN, VI)
    read = _read(html)
    assert ("name", evil) in read.texts
    assert {"script", "img", "b"}.isdisjoint(read.tags)


def test_nothing_comes_from_outside_and_nothing_breaks_the_policy() -> None:
    read = _read(code_sheet([_slip()] * 3, ORIGIN, VI))
    assert {"script", "link", "img", "iframe", "object", "a", "base", "form"}.isdisjoint(read.tags)
    names = {name for name, _ in read.attributes}
    assert {"style", "src", "href", "xlink:href"}.isdisjoint(names)
    assert not any(name.startswith("on") for name in names)
    assert "url(" not in _style(code_sheet([_slip()], ORIGIN, VI))


@pytest.mark.parametrize("words", [VI, EN])
def test_the_policy_names_the_very_style_of_the_document(words: Words) -> None:
    html = code_sheet([_slip()], ORIGIN, words)
    digest = base64.b64encode(hashlib.sha256(_style(html).encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in CODE_SHEET_POLICY
    assert CODE_SHEET_POLICY.startswith("default-src 'none'; ")
    assert ("content", CODE_SHEET_POLICY) in _read(html).attributes


@pytest.mark.parametrize(("slips", "pages"), [(0, 0), (1, 1), (8, 1), (9, 2), (260, 33)])
def test_eight_slips_make_a_page(slips: int, pages: int) -> None:
    html = code_sheet([_slip()] * slips, ORIGIN, VI)
    sections = html.split('<section class="page">')[1:]
    assert len(sections) == pages
    assert all(section.count("<article") <= SLIPS_PER_PAGE for section in sections)
    assert html.count("<article") == slips


def test_the_slips_keep_their_order() -> None:
    names = [f"Người {number}" for number in range(20)]
    read = _read(code_sheet([_slip(name=name) for name in names], ORIGIN, VI))
    assert [text for kind, text in read.texts if kind == "name"] == names


@pytest.mark.parametrize(
    "origin", ["", "antt.example", "javascript:alert(1)", "https://", "https://a/b", "https://a b"]
)
def test_an_address_that_is_no_web_site_is_refused(origin: str) -> None:
    with pytest.raises(BadOrigin, match="is no address of a web site"):
        code_sheet([_slip()], origin, VI)
    assert code_sheet([], "https://antt.example/", VI)
