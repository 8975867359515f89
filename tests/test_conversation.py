"""A conversation as a file: what was said is in it letter for letter, and nothing in it is markup or a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from qa import Answer, Candidate, FileError, Interview, cite, export
from qa.conversation import HEAD, UNSURE, save
from qa.writing import inert
from tests.test_render import HOSTILE

TALK = (
    "[00:00:12] Jane Doe: When did you sell the “Mjøsa”?\n\n"
    "[00:00:19] Anna Berg: We sold it in 1974.  He said,\n“no”, & wept. =1+1 was it.\n\n"
    f"[00:00:40] Anna Berg: {HOSTILE} ended.\n\n[00:00:55] Anna Berg: - @home it\twas 1981.\n"
)
INTERVIEW = Interview.from_text(TALK, title="Talk *on* the <quay>")


def candidate(interview: Interview, index: int, words: str | None = None, number: int = 0) -> Candidate:
    """A sentence of an interview, or words of it."""
    sentence = interview.sentences[index]
    text = sentence.text if words is None else words
    start = sentence.start + sentence.text.index(text)
    passage = next(p for p in interview.passages if sentence in p.sentences)
    return Candidate(text, start, start + len(text), sentence, passage, 0.5, 0.736, number, interview.title)


ALL = tuple(candidate(INTERVIEW, index) for index in range(len(INTERVIEW.sentences)))
SOLD = candidate(INTERVIEW, 1, "in 1974")
ANSWERS = [
    Answer("When was *it* sold?", 0.736, (SOLD, *ALL), True, also=ALL[-1:], understood="When was the boat sold?"),
    Answer("=What does it cost?", 0.1, ALL, False),
    Answer("What is it about?", 0.9, ALL, True, kind="overview"),
    Answer("Hello", 0, (), False, kind="remark", remark="Good day, ask away."),
]


def test_an_answer_less_likely_right_than_not_is_called_so() -> None:
    doubtful, likely = (Answer("When?", confidence, (SOLD,), True) for confidence in (0.49, 0.5))
    for told in (words, paragraphs):
        assert UNSURE in [text for _, text in told([doubtful])]
        assert UNSURE not in [text for _, text in told([likely])]


def table(answers: list[Answer]) -> list[list[str]]:
    return list(csv.reader(io.StringIO(export(answers, ".csv").decode("utf-8-sig"), newline="")))


def words(answers: list[Answer], title: str = "T") -> list[tuple[str, str]]:
    """The Markdown as a parser reads it: what each block is in, and its text, where that is text alone."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    found, inside = [], "p"
    for token in parser.parse(export(answers, ".md", title).decode()):
        assert token.type != "html_block"
        inside = token.tag if token.type in ("heading_open", "blockquote_open") else inside
        if token.type == "inline":
            kinds = {child.type for child in token.children or ()}
            assert kinds <= {"text", "strong_open", "strong_close"}, token.content
            inside = "strong" if "strong_open" in kinds else inside
            found.append((inside, "".join(child.content for child in token.children or ())))
        inside = "p" if token.nesting < 0 else inside
    return found


def paragraphs(answers: list[Answer], title: str = "T") -> list[tuple[str, str]]:
    document = docx.Document(io.BytesIO(export(answers, ".docx", title)))
    return [(p.style.name if p.style else "", p.text) for p in document.paragraphs]


def test_a_row_an_answer_and_each_sentence_of_an_overview_has_one() -> None:
    head, *rows = table(ANSWERS)
    assert tuple(head) == HEAD
    assert rows[0] == [
        "When was *it* sold?", "When was the boat sold?", "answer", "in 1974", "We sold it in 1974.",
        "Talk *on* the <quay>", "Anna Berg", "0:19, paragraph 2, sentence 2", "74 %",
    ]  # fmt: skip
    assert [row[2] for row in rows] == ["answer", "further answer", "no answer", *["overview"] * len(ALL)]
    assert rows[2][3:5] == ["The interview does not answer this.", ""]
    assert {row[3] + row[8] for row in rows[3:]} == {""}
    assert "Good day" not in str(rows)


def test_every_quote_in_a_csv_is_letter_for_letter() -> None:
    quotes = [row[4] for row in table(ANSWERS) if row[2] == "overview"]
    assert quotes == [inert(INTERVIEW.text[s.start : s.end]) for s in INTERVIEW.sentences]
    assert {"'=1+1 was it.", "'- @home it\twas 1981."} < set(quotes)


@pytest.mark.parametrize("begin", "= + - @ ＝ \t \r".split(" "))
def test_no_cell_of_a_csv_becomes_a_formula(begin: str) -> None:
    interview = Interview.from_text("One. Two.", title=f"{begin}1+1")
    found = candidate(interview, 0)
    (_, row) = table([Answer(f"{begin}1", 0.5, (found,), True, understood=f" {begin}1")])
    assert [row[0], row[1], row[5]] == [f"'{begin}1", f"' {begin}1", f"'{begin}1+1"]


@pytest.mark.parametrize(("read", "quote"), [(words, "blockquote"), (paragraphs, "Quote")])
def test_a_document_holds_every_quote_with_its_citation(read: Callable, quote: str) -> None:
    found = [text for kind, text in read(ANSWERS) if kind == quote]
    cited = [cite(SOLD), cite(ALL[-1]), *map(cite, ALL)]
    if read is words:  # a line break in Markdown is no more than a space
        cited = [text.replace("\n", " ") for text in cited]
    assert found == cited


@pytest.mark.parametrize("read", [words, paragraphs])
def test_a_document_says_what_was_asked_and_found(read: Callable) -> None:
    text = [text for _, text in read(ANSWERS, "<b>Talk</b> | *one*")]
    assert text[0] == "<b>Talk</b> | *one*"
    assert text[1:4] == ["When was *it* sold?", "Understood as: When was the boat sold?", "in 1974"]
    assert text[5:7] == ["Confidence: 74 %", "Also:"]
    declined = text.index("=What does it cost?")
    assert text[declined + 1] == "The interview does not answer this."
    assert text[declined + 2 : declined + 4] == ["What is it about?", "What it is about, in its own words:"]
    assert len(text) == declined + 4 + len(ALL)
    assert "Good day, ask away." not in text


def test_a_planted_script_and_link_are_readable_and_inert() -> None:
    source = export(ANSWERS, ".md").decode()
    assert not re.search(r"(?<!\\)[<\[\]`|]", source)
    assert not re.search(r"(?<!\\):(?=//)|www\.", source)
    shown = MarkdownIt("commonmark").render(source)
    assert not re.search("<(script|img|a|code|h3|table)", shown)


@given(st.text(min_size=1).filter(str.strip) | st.sampled_from([HOSTILE, "1. a", "- a", "a\n===", "\\*", "&amp;"]))
def test_any_text_is_itself_in_markdown(text: str) -> None:
    def flat(text: str) -> str:
        return " ".join(text.encode("utf-8", "replace").decode().replace("\0", "\ufffd").split())

    sentence = INTERVIEW.sentences[0]
    found = Candidate(text, 0, len(text), sentence, ALL[0].passage, 0.5, 0.5, 0, "T")
    asked = Answer(text, 0.5, (found,), True, understood=text)
    shown = words([asked], text)
    assert [flat(shown) for _, shown in shown[:4]] == [*[flat(text)] * 2, f"Understood as: {flat(text)}", flat(text)]


@given(st.text())
def test_any_text_can_be_written(text: str) -> None:
    interview = Interview.from_text("One. Two.", title=text)
    answers = [Answer(text, 0.5, (candidate(interview, 0),), True)]
    assert export(answers, ".csv")
    assert paragraphs(answers, text)[0][0] == "Title"


def test_several_interviews_that_do_not_answer_are_told_so() -> None:
    near = (ALL[0], candidate(INTERVIEW, 1, number=1))
    assert table([Answer("What?", 0.1, near, False)])[1][3] == "The interviews do not answer this."


def test_a_word_file_is_nobody_else_s() -> None:
    about = docx.Document(io.BytesIO(export(ANSWERS, ".docx", "T" * 300))).core_properties
    assert (about.author, about.title, about.comments) == ("", "T" * 255, "")


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    save(tmp_path / "Talk.MD", ANSWERS, "T")
    assert (tmp_path / "Talk.MD").read_bytes() == export(ANSWERS, ".md", "T")
    with pytest.raises(FileError, match=r"Answers cannot be written .* Choose one of \.md, \.docx, \.csv"):
        save(tmp_path / "talk.pdf", ANSWERS)
    (tmp_path / "folder.md").mkdir()
    with pytest.raises(FileError, match="cannot be written"):
        save(tmp_path / "folder.md", ANSWERS)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["Talk.MD", "folder.md"]


def test_another_kind_is_the_caller_s_mistake() -> None:
    with pytest.raises(ValueError, match=r"kind='pdf'"):
        export(ANSWERS, "pdf")
