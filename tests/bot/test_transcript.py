"""Transcripts as files: reading one gives what was written."""

import io
from datetime import UTC, datetime

import pytest

from bot.transcript import Recorder, Step, TranscriptError, read, written

TEXT = """\
# Hai câu đầu
as: can-bo
at: 2024-11-20 08:00

> xin chào
Chào đồng chí.

\\> dòng này là của trợ lý

# Người dùng gõ nhầm
> 9
Chọn 1 hoặc 2.

! tick 2024-12-01 07:30
"""


def test_a_transcript_reads_as_typed_lines_directives_and_comments() -> None:
    found = read(TEXT)
    assert (found.title, found.person) == ("Hai câu đầu", "can-bo")
    assert found.at == datetime(2024, 11, 20, 1, 0, tzinfo=UTC)
    assert [step.line for step in found.steps] == [
        "> xin chào",
        "# Người dùng gõ nhầm",
        "> 9",
        "! tick 2024-12-01 07:30",
    ]
    assert found.steps[0].came_back == "Chào đồng chí.\n\n> dòng này là của trợ lý"
    assert found.steps[0].typed == "xin chào"
    assert found.steps[1].typed is None
    assert found.steps[3].directive == ("tick", "2024-12-01 07:30")


def test_what_is_written_is_what_was_read() -> None:
    assert written(read(TEXT)) == TEXT


def test_a_recording_can_be_read_back_after_each_step() -> None:
    out = io.StringIO()
    recorder = Recorder(out, title="Ghi", person="can-bo", at=datetime(2024, 11, 20, 1, tzinfo=UTC))
    recorder.step("> 1", "Đã ghi.\n# tiếp\n")
    assert read(out.getvalue()).steps == (Step(line="> 1", came_back="Đã ghi.\n# tiếp"),)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "as: a\nat: 2024-11-20",
        "# t\nas: a\n",
        "# t\nas: a\nat: hôm nay\n",
        "# t\nas: a\nat: 2024-11-20\ntext\n",
    ],
)
def test_a_file_that_is_no_transcript_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(TranscriptError, match=r"begin with|no moment|comes back before"):
        read(text)
