"""The page's files: complete, all from our server, and nothing inline."""

import json
import re

import pytest

from bot.channels.web import pages, words
from tests.channels.web.conftest import Browser
from tests.house import ROOT

HTML = pages.page("vi").body.decode()
SCRIPTS = sorted(pages.STATIC.glob("*.js"))
STYLES = sorted(pages.STATIC.glob("*.css"))


def test_everything_that_the_page_names_is_there() -> None:
    named = set(re.findall(r'"/static/([^"]+)"', HTML))
    for script in SCRIPTS:
        named |= set(
            re.findall(r"^import .* from '\./([^']+)'", script.read_text(encoding="utf-8"), re.M)
        )
    icons = json.loads(pages.manifest("vi").body)["icons"]
    named |= {icon["src"].removeprefix("/static/") for icon in icons}
    assert named == pages.files().keys()


def test_nothing_comes_from_elsewhere() -> None:
    for path in (*SCRIPTS, *STYLES, pages.STATIC / "index.html"):
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?:|@import(?! \{)|url\(|//cdn", text), path.name


def test_nothing_is_inline_and_no_text_becomes_markup() -> None:
    assert not re.search(r"<style|<script>|\sstyle=|\son\w+=|javascript:", HTML)
    for script in SCRIPTS:
        text = script.read_text(encoding="utf-8")
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|\beval\b|document\.write", text
        )


def test_no_sentence_stands_in_the_page_itself() -> None:
    source = (pages.STATIC / "index.html").read_text(encoding="utf-8")
    assert re.findall(r">\s*([^<>\s$][^<>]*)<", re.sub(r"<!--.*?-->", "", source)) == []


@pytest.mark.parametrize("path", [*SCRIPTS, *STYLES], ids=lambda path: path.name)
def test_a_file_can_be_read_in_one_go(path: object) -> None:
    assert hasattr(path, "read_text")
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


async def test_the_page_is_the_same_for_everybody(browser: Browser) -> None:
    status, at_root = await browser.get("/")
    assert status == 200
    assert "Trợ lý An ninh, trật tự" in at_root
    assert (await browser.get("/join/ABCDE-FGHIJ"))[1] == at_root
    assert (await browser.get("/join"))[1] == at_root


@pytest.mark.parametrize("path", ["/", "/static/app.js", "/static/icon-192.png", "/api/session"])
async def test_every_answer_carries_the_headers_that_protect(browser: Browser, path: str) -> None:
    async with browser.session.get(browser.origin + path) as answer:
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; ")
        assert "unsafe" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "aiohttp" not in answer.headers["Server"]


async def test_what_has_not_changed_is_not_sent_again(browser: Browser) -> None:
    async with browser.session.get(f"{browser.origin}/static/app.js") as first:
        tag = first.headers["ETag"]
    async with browser.session.get(
        f"{browser.origin}/static/app.js", headers={"If-None-Match": tag}
    ) as second:
        assert second.status == 304


async def test_answers_about_people_are_kept_nowhere(browser: Browser) -> None:
    async with browser.session.get(f"{browser.origin}/api/session") as answer:
        assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "name", ["index.html", "..%2f__init__.py", "%2e%2e/pages.py", "nothing.js", ""]
)
async def test_only_listed_files_are_given_out(browser: Browser, name: str) -> None:
    assert (await browser.get(f"/static/{name}"))[0] == 404


async def test_another_hosts_name_for_this_machine_is_refused(browser: Browser) -> None:
    status, sentence = await browser.get("/", Host="rebound.example")
    assert status == 421
    assert "Địa chỉ không đúng" in sentence


def test_the_browser_is_asked_for_its_age_before_anything_else_runs() -> None:
    scripts = re.findall(r"<script ([^>]*)>", HTML)
    assert scripts[0] == 'src="/static/old.js"'
    assert [one for one in scripts if "module" in one] == ['type="module" src="/static/app.js"']
    assert 'data-old="Trình duyệt này quá cũ' in HTML


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_the_sentence_names_the_browsers_that_the_checks_know(language: str) -> None:
    source = (ROOT / "tools/page/oldest.js").read_text(encoding="utf-8")
    listed = re.search(r"OLDEST = \{([^}]*)\}", source)
    assert listed is not None
    oldest = dict(re.findall(r"(\w+): (\d+)", listed[1]))
    assert oldest.keys() == {"chrome", "webview_android", "safari_ios", "firefox"}
    assert oldest["chrome"] == oldest["webview_android"]
    said = re.findall(r"(Chrome|iOS|Firefox)\D*(\d+)", words.say(language, "app.too_old"))
    assert dict(said) == {
        "Chrome": oldest["chrome"], "iOS": oldest["safari_ios"], "Firefox": oldest["firefox"],
    }  # fmt: skip
