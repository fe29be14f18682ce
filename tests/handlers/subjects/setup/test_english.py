"""Every text of the set-up has an English version."""

from tests.handlers.subjects.setup.conftest import ADMINISTRATOR
from tests.handlers.talking import Talk

ME = ADMINISTRATOR


def test_an_administrator_works_in_english(nghe_an: Talk) -> None:
    nghe_an.says(ME, "english")
    assert "Setting up" in nghe_an.says(ME, "setup")
    assert "has been" not in nghe_an.says(ME, "add person: Trần Thị Hoa; officer xã Kim Liên")
    said = nghe_an.says(ME, "I agree")
    assert "Trần Thị Hoa (short name officer-kim-lien) was added" in said
    assert "Not joined: 1 of 2" in nghe_an.says(ME, "who has not joined")
    assert "Code for Trần Thị Hoa" in nghe_an.says(ME, "code officer-kim-lien")
    nghe_an.let_in("officer-kim-lien")
    assert "All 2 have joined" in nghe_an.says(ME, "who has not joined")
    assert "2 of 2 have joined" in nghe_an.says(ME, "who has joined")
    nghe_an.says(ME, "add post officer-kim-lien: head xã Kim Liên", "I AGREE")
    assert "has this post already" in nghe_an.says(
        ME, "add post officer-kim-lien: head xã Kim Liên"
    )
    nghe_an.says(ME, "take post officer-kim-lien: head xã Kim Liên", "agree")
    assert "Locked: 1 places" in nghe_an.says(ME, "lock officer-kim-lien")
    nghe_an.says(ME, "replace officer-kim-lien: Lê Văn Nam")
    assert "took over from Trần Thị Hoa" in nghe_an.says(ME, "i agree")
    assert "no ruling Q1" in nghe_an.says(ME, "withdraw Q1")
    assert "nobody came in under the code M1" in nghe_an.says(ME, "undo M1")
    assert "No checklist with the code H1" in nghe_an.says(ME, "view H1")
    assert "“setup”: the steps of setting up" in nghe_an.says(ME, "help")


def test_each_step_can_be_read_in_english(nghe_an: Talk) -> None:
    nghe_an.says(ME, "english")
    for step in range(1, 10):
        said = nghe_an.says(ME, "setup", str(step))
        assert said
        assert "Sorry" not in said
    assert "119 × commune" in nghe_an.says(ME, "setup", "1")
    assert "Duty 1/5" in nghe_an.says(ME, "setup", "3", "1", "2027")
    assert "The law:" in nghe_an.says(ME, "setup", "5", "1")
