"""The sheet of codes in a real browser: its own policy allows its style, the texts fit the slips,
and eight slips make a printed page.
"""

import base64
from datetime import UTC, datetime
from pathlib import Path

import pytest
from selenium.webdriver.common.print_page_options import PrintOptions

from domain.people import Role
from handlers.documents.code_sheet import CodeSlip, code_sheet
from tests.channels.web.chromium import MISSING, chromium
from tests.handlers.documents.books import VI

pytestmark = [pytest.mark.browser, pytest.mark.skipif(bool(MISSING), reason=MISSING)]

_MEASURE = """
const slips = [...document.querySelectorAll('.slip')];
return slips.filter(slip => getComputedStyle(slip).display !== 'grid'
  || slip.scrollHeight > slip.clientHeight + 1 || slip.scrollWidth > slip.clientWidth + 1
  || [...slip.querySelectorAll('.code, .link, .how, .qr')].some(part => {
       const box = part.getBoundingClientRect(), around = slip.getBoundingClientRect();
       return box.bottom > around.bottom || box.right > around.right || box.width === 0;
     })).map(slip => slip.innerText);
"""


def _slip(unit: str, name: str) -> CodeSlip:
    return CodeSlip(
        unit=unit,
        role=Role.COUNCIL,
        name=name,
        code="WWWWWMMMMM",
        expires_at=datetime(2027, 1, 31, 10, 0, tzinfo=UTC),
    )


def test_the_longest_texts_stay_on_their_slips_and_eight_make_a_page(tmp_path: Path) -> None:
    slips = [
        _slip("xã Hùng Chân", "Trưởng Công an xã"),
        _slip("Sở Nông nghiệp và Môi trường " * 4, "Nguyễn Hoàng Phương Anh " * 3),
        _slip("W" * 120, "M" * 80),
    ]
    page = tmp_path / "sheet.html"
    html = code_sheet(slips * 3, "https://antt.congannghean.gov.vn:8443", VI)
    page.write_text(html, encoding="utf-8")
    with chromium(tmp_path / "profile") as browser:
        browser.driver.get(page.as_uri())
        assert browser.driver.execute_script(_MEASURE) == []
        # A style that the policy forbids would be reported here.
        assert browser.driver.get_log("browser") == []  # type: ignore[no-untyped-call]
        options = PrintOptions()
        options.page_width, options.page_height = 21.0, 29.7  # centimetres
        options.margin_top = options.margin_bottom = 1.0
        options.margin_left = options.margin_right = 1.0
        printed = base64.b64decode(browser.driver.print_page(options))
    assert printed.count(b"/Type /Page\n") == 2
