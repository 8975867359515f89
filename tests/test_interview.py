from __future__ import annotations

from pathlib import Path

import pytest

from qa import EmptyInterviewError, Interview


def test_the_bundled_interview_is_cut_rightly(interview: Interview) -> None:
    assert (interview.sentences[-1].paragraph, len(interview.sentences)) == (13, 27)
    assert (
        interview.sentences[10].text
        == "Seres began collaborating with Huawei three years ago in the field of intelligence."
    )
    assert interview.sentences[23].text.startswith('"We will go global. But for')
    assert all(interview.text[s.start : s.end] == s.text for s in interview.sentences)
    assert all(interview.text[p.start : p.end] == p.text for p in interview.passages)


def test_text_keeps_every_character() -> None:
    text = "  Ünï 😀.\r\n\r\nSecond\tone. "
    interview = Interview.from_text(text, title="Talk")
    assert (interview.text, interview.title) == (text, "Talk")
    assert [s.text for s in interview.sentences] == ["Ünï 😀.", "Second\tone."]


@pytest.mark.parametrize("text", ["", " \n ", "...", "?!"])
def test_a_text_without_words_is_refused(text: str) -> None:
    with pytest.raises(EmptyInterviewError, match="“Talk” holds no words"):
        Interview.from_text(text, title="Talk")


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_bytes(b"")
    with pytest.raises(EmptyInterviewError, match=r"talk\.txt” holds no words"):
        Interview.from_file(path)


def test_a_title_can_be_given(tmp_path: Path) -> None:
    path = tmp_path / "anna_berg.txt"
    path.write_text("One.", encoding="utf-8")
    assert Interview.from_file(path).title == "Anna berg"
    assert Interview.from_file(path, title="Anna Berg, 2024").title == "Anna Berg, 2024"
