"""People are imported from a workbook, completely or not at all, and get their codes
from a sheet.
"""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from domain.messages import Recipe, RecipeKind, Said, Sent
from domain.people import Role
from domain.units import Structure, UnitKind
from handlers.subjects.setup import files
from handlers.subjects.setup.inviting import CODE_LIVES
from tests.handlers.documents.books import people_book
from tests.handlers.subjects.setup.conftest import ADMINISTRATOR
from tests.handlers.talking import Talk

ME = ADMINISTRATOR
ORIGIN = "https://antt.example"
_CODE = re.compile(r'<p class="code">([A-Z2-79]{5}-[A-Z2-79]{5})</p>')


KIM_LIEN = "Kim Liên"
SOME = 15
"""Units whose codes are checked: a code of 15 units is made and used like one of 130."""


def _workbook(
    talk: Talk, folder: Path, *, heads: bool = True, units_at_most: int | None = None
) -> Path:
    """An officer, and by default a head, for each of the province's communes, or for a number of
    them, Kim Liên included.
    """
    with talk.store.read() as tx:
        units = tx.units.of_province(Structure.Y2026, "40", (UnitKind.COMMUNE, UnitKind.WARD))
    rows = []
    for unit in sorted(units, key=lambda unit: unit.name != KIM_LIEN)[:units_at_most]:
        label = f"{'xã' if unit.kind is UnitKind.COMMUNE else 'phường'} {unit.name}"
        rows.append((label, f"Cán bộ {unit.name}", "", "cán bộ nhập liệu", ""))
        if heads:
            rows.append((label, f"Trưởng Công an {unit.name}", "", "chỉ huy đơn vị", ""))
    file = folder / "nguoi.xlsx"
    file.write_bytes(people_book(*rows))
    return file


def _taken_over(talk: Talk, folder: Path) -> Recipe:
    """The sheet of codes after a workbook of 30 people, of SOME units, was imported."""
    talk.says(ME, "cài đặt", "7", "2")
    talk.sends(ME, _workbook(talk, folder, units_at_most=SOME))
    reply = talk.reply(ME, Said(text="ĐỒNG Ý"))
    assert reply.attachment is not None
    return reply.attachment


def _sheet(talk: Talk, recipe: Recipe) -> str:
    with talk.store.read() as tx:
        made = files.make(recipe, tx, talk.library, origin=ORIGIN, now=talk.now)
    assert made is not None
    return made.body.decode()


def test_260_people_of_130_units_are_checked_shown_and_taken_over(
    nghe_an: Talk, tmp_path: Path
) -> None:
    nghe_an.says(ME, "cài đặt", "7", "2")
    asked = nghe_an.sends(ME, _workbook(nghe_an, tmp_path)).text
    assert "Sẽ thêm 260 người, ở 130 đơn vị" in asked
    assert "• 130 cán bộ nhập liệu\n• 130 chỉ huy đơn vị" in asked
    with nghe_an.store.read() as tx:
        assert len(tx.people.all()) == 1, "nothing before the word"
    assert "chưa hiểu" in nghe_an.says(ME, "1")
    assert "Đã thêm 260 người" in nghe_an.says(ME, "đồng ý")
    with nghe_an.store.read() as tx:
        everybody = tx.people.all()
        assert len(everybody) == 261
        assert sum(one.holds(Role.HEAD) for one in everybody) == 130
        assert {one.locale for one in everybody} == {"vi"}


def test_a_workbook_waits_for_the_word_over_a_restart(nghe_an: Talk, tmp_path: Path) -> None:
    nghe_an.says(ME, "cài đặt", "7", "2")
    nghe_an.sends(ME, _workbook(nghe_an, tmp_path))
    nghe_an.let_in(ME, address="may-khac")
    assert "Sẽ thêm 260 người" in nghe_an.says("may-khac", "cài đặt", "7")
    assert "Đã thêm 260 người" in nghe_an.says("may-khac", "ĐỒNG Ý")
    # The first phone still shows the question; nothing is left to confirm.
    nghe_an.says(ME, "đồng ý")
    with nghe_an.store.read() as tx:
        assert len(tx.people.all()) == 261


def test_one_mistake_keeps_everybody_out(nghe_an: Talk, tmp_path: Path) -> None:
    file = tmp_path / "sai.xlsx"
    file.write_bytes(
        people_book(
            ("xã Kim Liên", "Trần Thị Hoa", "", "cán bộ nhập liệu", ""),
            ("xã Không Có", "Lê Văn Nam", "", "chỉ huy đơn vị", ""),
            ("xã Kim Liên", "Lê Văn Nam", "", "thủ trưởng", ""),
        )
    )
    nghe_an.says(ME, "cài đặt", "7", "2")
    said = nghe_an.sends(ME, file).text
    assert "Tệp có 02 chỗ sai nên chưa nhận gì" in said
    assert "dòng 3" in said
    assert "dòng 4" in said
    assert "Chưa" not in nghe_an.says(ME, "đồng ý")
    with nghe_an.store.read() as tx:
        assert len(tx.people.all()) == 1


@pytest.mark.parametrize("content", [b"", b"ho ten,vai tro\n", b"PK\x03\x04broken"])
def test_a_file_that_is_no_workbook_gets_a_sentence(
    nghe_an: Talk, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "x.xlsx"
    file.write_bytes(content)
    nghe_an.says(ME, "cài đặt", "7", "2")
    assert "chưa nhận gì" in nghe_an.sends(ME, file).text


def test_a_file_that_nobody_waits_for_is_not_read(nghe_an: Talk, tmp_path: Path) -> None:
    file = _workbook(nghe_an, tmp_path)
    assert "Sẽ thêm" not in nghe_an.sends(ME, file).text
    nghe_an.says(ME, "cài đặt", "6")
    assert "Sẽ thêm" not in nghe_an.sends(ME, file).text


def test_a_file_that_has_gone_gets_a_sentence(nghe_an: Talk, tmp_path: Path) -> None:
    file = _workbook(nghe_an, tmp_path)
    nghe_an.says(ME, "cài đặt", "7", "2")
    gone = Sent(name="x.xlsx", media_type="", size=5, path=str(file) + ".gone")
    assert "Không nhận được tệp" in nghe_an.reply(ME, gone).text
    assert "Không nhận được tệp" in nghe_an.reply(ME, replace(gone, path=None)).text


def test_units_without_a_head_are_named_before_the_word(nghe_an: Talk, tmp_path: Path) -> None:
    nghe_an.says(ME, "cài đặt", "7", "2")
    said = nghe_an.sends(ME, _workbook(nghe_an, tmp_path, heads=False)).text
    assert "Chưa có chỉ huy để xác nhận nộp" in said
    assert "và 115 đơn vị khác" in said


def test_a_name_taken_meanwhile_stops_the_whole_file(nghe_an: Talk, tmp_path: Path) -> None:
    nghe_an.says(ME, "cài đặt", "7", "2")
    nghe_an.sends(ME, _workbook(nghe_an, tmp_path))
    with nghe_an.store.begin() as tx:
        tx.people.add(handle="can-bo-kim-lien", name="Người khác", locale="vi")
    assert "vừa thay đổi" in nghe_an.says(ME, "đồng ý")
    with nghe_an.store.read() as tx:
        assert len(tx.people.all()) == 2


# The sheet of codes


def test_each_slip_opens_once_for_its_person(nghe_an: Talk, tmp_path: Path) -> None:
    recipe = _taken_over(nghe_an, tmp_path)
    assert recipe.kind is RecipeKind.CODE_SHEET
    codes = _CODE.findall(_sheet(nghe_an, recipe))
    assert len(set(codes)) == 2 * SOME
    assert "Mã này cấp cho đồng chí" in nghe_an.says("may-1", codes[0])
    nghe_an.says("may-1", "đúng")
    assert "nhập mã do đơn vị cấp" in nghe_an.says("may-2", codes[0])
    left = _CODE.findall(_sheet(nghe_an, recipe))
    assert set(left) == set(codes[1:]), "a used code is on no sheet any more"
    assert "1/31" not in nghe_an.says(ME, "ai chưa vào")
    assert "02/31 người đã vào" in nghe_an.says(ME, "ai đã vào")


def test_the_database_holds_no_code_that_opens(nghe_an: Talk, tmp_path: Path) -> None:
    recipe = _taken_over(nghe_an, tmp_path)
    codes = _CODE.findall(_sheet(nghe_an, recipe))
    with nghe_an.store.read() as tx:
        texts = " ".join(
            f"{one.outgoing.text} {one.outgoing.attachment}"
            for one in tx.outbox.listing(limit=10_000)
        )
        texts += " ".join(f"{one.subject} {one.detail}" for one in tx.audit.listing(limit=10_000))
    assert not [code for code in codes if code in texts or code.replace("-", "") in texts]


def test_a_sheet_is_nobodys_who_administers_the_province_no_more(
    nghe_an: Talk, tmp_path: Path
) -> None:
    recipe = _taken_over(nghe_an, tmp_path)
    with nghe_an.store.begin() as tx:
        person = tx.people.by_handle(ME)
        assert person is not None
        tx.people.remove_post(person.id, person.posts[0])
        assert files.make(recipe, tx, nghe_an.library, origin=ORIGIN, now=nghe_an.now) is None


def test_new_codes_replace_the_old_ones(nghe_an: Talk, tmp_path: Path) -> None:
    first = _taken_over(nghe_an, tmp_path)
    old = _CODE.findall(_sheet(nghe_an, first))
    asked = nghe_an.says(ME, "cài đặt", "7", "3")
    assert "30 mã đã phát trước đây sẽ hết hiệu lực" in asked
    again = nghe_an.reply(ME, Said(text="đồng ý")).attachment
    assert again is not None
    assert _CODE.findall(_sheet(nghe_an, first)) == []
    assert len(_CODE.findall(_sheet(nghe_an, again))) == 2 * SOME
    assert "nhập mã do đơn vị cấp" in nghe_an.says("may-1", old[0])


def test_codes_end_after_their_time(nghe_an: Talk, tmp_path: Path) -> None:
    recipe = _taken_over(nghe_an, tmp_path)
    codes = _CODE.findall(_sheet(nghe_an, recipe))
    nghe_an.now += CODE_LIVES + timedelta(seconds=1)
    assert _CODE.findall(_sheet(nghe_an, recipe)) == []
    assert "nhập mã do đơn vị cấp" in nghe_an.says("may-1", codes[0])
    assert "mã đã hết hạn" in nghe_an.says(ME, "ai chưa vào")


def test_the_template_names_every_unit(nghe_an: Talk) -> None:
    nghe_an.says(ME, "cài đặt", "7")
    recipe = nghe_an.reply(ME, Said(text="1")).attachment
    assert recipe is not None
    with nghe_an.store.read() as tx:
        made = files.make(recipe, tx, nghe_an.library, origin=ORIGIN, now=nghe_an.now)
    assert made is not None
    assert made.name.endswith(".xlsx")
    assert made.body.startswith(b"PK")


# Codes as messages


def test_heads_who_are_in_get_the_codes_of_their_people(nghe_an: Talk, tmp_path: Path) -> None:
    _taken_over(nghe_an, tmp_path)
    assert "Chưa đơn vị nào có chỉ huy" in nghe_an.says(ME, "cài đặt", "7", "5")
    nghe_an.let_in("chi-huy-kim-lien")
    asked = nghe_an.says(ME, "cài đặt", "7", "5")
    assert "mã mới cho 01 người và nhắn cho chỉ huy của 01 đơn vị" in asked
    assert nghe_an.notices("chi-huy-kim-lien") == []
    nghe_an.says(ME, "đồng ý")
    (notice,) = nghe_an.notices("chi-huy-kim-lien")
    code = re.search(r"[A-Z2-79]{5}-[A-Z2-79]{5}", notice)
    assert code is not None
    assert "Cán bộ Kim Liên" in nghe_an.says("may-can-bo", code[0])
    nghe_an.says("may-can-bo", "đúng")
    assert "xã Kim Liên" in nghe_an.says("may-can-bo", "menu")


def test_who_has_joined_can_be_asked_for_one_unit(nghe_an: Talk, tmp_path: Path) -> None:
    _taken_over(nghe_an, tmp_path)
    nghe_an.let_in("chi-huy-kim-lien")
    said = nghe_an.says(ME, "ai chưa vào xã Kim Liên")
    assert "Chưa vào: 01/02 người" in said
    assert "can-bo-kim-lien" in said
    assert "01/02 người đã vào" in nghe_an.says(ME, "ai đã vào xã Kim Liên")
