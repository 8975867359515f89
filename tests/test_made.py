"""One interview, as other programs wrote it; tests/data/made/README.md tells which, and how they were called."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import pytest
from pypdf import PdfReader

from qa.formats import EXTENSIONS
from qa.interview import Interview

MADE = Path(__file__).parent / "data" / "made"
HEADING = "The last ferry to Ulvsund"
Z, H = "Zoë Lindqvist", "Håkon Brandt"
TURNS = [
    (Z, 4.0, "Mr Brandt, you ran the ferry to Ulvsund for thirty-one years. How did it begin?"),
    (
        H,
        11.0,
        "By accident, I must say. My uncle owned the boat, and in the spring of 1968 he broke his arm on the slipway. "
        "He gave me three rules: never leave before the milk is aboard, never turn back for a hat, and never argue "
        "with the fog. I was nineteen years old.",
    ),
    (Z, 38.0, "What did the ferry carry in those days?"),
    (
        H,
        42.0,
        "Milk, post, sheep, and once a piano. It belonged to the schoolteacher, Miss Øvrebø. We tied it to the mast "
        "with herring nets, and she played a waltz all the way across. The sheep didn't make a sound.",
    ),
    (Z, 65.0, "Were you ever afraid?"),
    (
        H,
        68.0,
        "Only once. In January 1982 the engine stopped in the middle of the sound, with eleven passengers aboard and "
        "the wind rising from the north-west. I told them the truth: we had one anchor, two oars and a radio that "
        "worked when it liked. A fishing boat saw our lantern after four hours.",
    ),
    (Z, 101.0, "And when the bridge opened, what happened to the boat?"),
    (
        H,
        106.0,
        "The county wanted to scrap her. I bought her for one krone, which was the cheapest thing I ever signed for. "
        "She lies in my orchard now, under the plum trees, and the children of the village keep rabbits in the "
        "wheelhouse.",
    ),
    (Z, 129.0, "Do you miss the crossing?"),
    (
        H,
        132.0,
        "Every morning at ten past six. I wake up, I listen for the engine, and then I remember: there is nothing to "
        "wait for except the coffee.",
    ),
]
NOBODY = (None, None)


@dataclass(frozen=True)
class Sample:
    """A file, and what the program that wrote it kept of the interview."""

    name: str
    speakers: tuple[str | None, str | None] = (Z, H)
    """Who asks, and who answers."""
    has_heading: bool = False
    has_times: bool = True
    turns: int = len(TURNS)
    is_curly: bool = False
    """Whether apostrophes became curly."""
    sheep: float = 42.0
    """When the sheep are silent: with the turn, or in a cue of their own."""
    fault: str = ""
    """Why it is not read as it should be, yet."""

    @property
    def interview(self) -> Interview:
        return Interview.from_file(MADE / self.name)

    @property
    def expected(self) -> list[tuple[str | None, str]]:
        """Who says what; where nobody is named, all in one."""
        names = dict(zip((Z, H), self.speakers, strict=True))
        told: list[tuple[str | None, str]] = [(names[name], text) for name, _, text in TURNS[: self.turns]]
        if self.speakers == NOBODY:
            told = [(None, " ".join(text for _, text in told))]
        if self.has_heading:
            told.insert(0, (None, HEADING))
        return [(name, text.replace("'", "’") if self.is_curly else text) for name, text in told]


TEXTS = [
    Sample("pandoc.docx", has_heading=True, has_times=False, is_curly=True),
    Sample("pandoc.md", has_heading=True, has_times=False),
    Sample("pandoc.txt", has_heading=True, has_times=False, is_curly=True),
    Sample("pandoc_stamped.md"),
    Sample("pandoc_pipes.md"),
    Sample("libreoffice.docx"),
    Sample("libreoffice_table.docx"),
    Sample("libreoffice.txt"),
]
SUBTITLES = [
    Sample("ffmpeg_labels.vtt", sheep=49.666),
    Sample("ffmpeg_labels.srt", sheep=49.666),
    Sample("ffmpeg_voices.srt", NOBODY, sheep=49.666),
    Sample("pysubs2.vtt", sheep=49.666),
    Sample("pysubs2.srt", NOBODY, sheep=49.666),
    Sample("webvtt_py.vtt", sheep=49.666),
    Sample("webvtt_py.srt", NOBODY, sheep=49.666),
]
PAGED = [
    Sample("libreoffice.pdf"),
    Sample("chromium.pdf", has_heading=True),
    Sample("groff.pdf", has_times=False, is_curly=True),
    Sample("groff_two_pages.pdf", has_times=False, is_curly=True),
    Sample("groff_kerned.pdf", has_times=False, is_curly=True),
    Sample("ps2pdf.pdf", ("Q", "A"), has_times=False, is_curly=True),
]
SHAPES = [
    Sample("shapes/whisperx.srt", ("SPEAKER_01", "SPEAKER_00"), sheep=59.25),
    Sample("shapes/whisperx_words.vtt", ("SPEAKER_01", "SPEAKER_00"), turns=4, sheep=59.25),
    Sample("shapes/whispercpp.vtt", ("Speaker0", "Speaker1"), sheep=59.25),
    Sample("shapes/whispercpp.srt", ("speaker 0", "speaker 1"), sheep=59.25),
    Sample("shapes/whispercpp.json", ("0", "1"), sheep=59.25),
    Sample("shapes/openai_diarized.json", ("A", "B"), sheep=59.25),
    Sample("shapes/teams.vtt", sheep=59.25),
    Sample("shapes/stream.vtt", NOBODY, sheep=59.25),
]
ALL = [*TEXTS, *SUBTITLES, *PAGED, *SHAPES]


def flat(text: str) -> str:
    """The text with a space for all white space."""
    return " ".join(text.split())


def told(interview: Interview) -> list[tuple[str | None, str]]:
    """Who says what, a turn each, with whatever stands between its sentences."""
    turns = [list(turn) for _, turn in groupby(interview.sentences, key=lambda s: s.speaker)]
    return [(turn[0].speaker, flat(interview.text[turn[0].start : turn[-1].end])) for turn in turns]


def each(samples: Iterable[Sample]) -> list[object]:
    """The samples; those with a fault must fail."""
    return [
        pytest.param(
            s,
            id=s.name,
            marks=[pytest.mark.xfail(reason=s.fault, raises=AssertionError, strict=True)] if s.fault else [],
        )
        for s in samples
    ]


@pytest.mark.parametrize("sample", each(ALL))
def test_who_says_what(sample: Sample) -> None:
    interview = sample.interview
    assert told(interview) == sample.expected
    assert flat(interview.text).removeprefix("# ") == " ".join(text for _, text in sample.expected)
    assert (interview.title == HEADING) is sample.has_heading


@pytest.mark.parametrize("sample", each(s for s in ALL if s.has_times))
def test_when_it_is_said(sample: Sample) -> None:
    sentences = sample.interview.sentences
    openings = {re.split(r"(?<=[.?]) ", text)[0]: time for _, time, text in TURNS[: sample.turns]}
    times = [(flat(s.text), s.time) for s in sentences]
    assert {text: time for text, time in times if text in openings} == openings
    assert [time for text, time in times if text == "The sheep didn't make a sound."] == [sample.sheep]


@pytest.mark.parametrize("sample", [pytest.param(s, id=s.name) for s in ALL if not s.has_times])
def test_what_has_no_times_gets_none(sample: Sample) -> None:
    assert {s.time for s in sample.interview.sentences} == {None}


@pytest.mark.parametrize(
    ("name", "openings"),
    [
        ("libreoffice.pdf", ["Mr Brandt", "Were you", "Do you miss"]),
        ("chromium.pdf", [HEADING, "Milk, post", "The county"]),
        ("groff.pdf", ["Mr Brandt", "The sheep", "Do you miss"]),
        ("ps2pdf.pdf", ["Mr Brandt", "The sheep", "The county"]),
    ],
)
def test_where_pages_begin(name: str, openings: list[str]) -> None:
    sentences = Interview.from_file(MADE / name).sentences
    pages = {page: next(group).text for page, group in groupby(sentences, key=lambda s: s.page)}
    assert list(pages) == [1, 2, 3]
    assert all(text.startswith(opening) for text, opening in zip(pages.values(), openings, strict=True))


@pytest.mark.parametrize(
    ("name", "heads"),
    [
        ("libreoffice.pdf", ["Oral history of the Ulvsund ferry", r"Page \d of 3"]),
        ("chromium.pdf", [r"\d+/\d+/\d+, \d+:\d\d [AP]M", "interview.html", r"\d/3"]),
        ("groff.pdf", ["Ulvsund Archive", "Tape 12", r"- \d -"]),
        ("ps2pdf.pdf", ["Ulvsund Archive", "ape 12", r"\b[123]\b"]),
    ],
)
def test_heads_and_feet_of_pages_are_no_text(name: str, heads: list[str]) -> None:
    text = Interview.from_file(MADE / name).text
    for head in heads:
        assert all(re.search(head, page.extract_text()) for page in PdfReader(MADE / name).pages)
        assert not re.search(head, text)


@pytest.mark.parametrize("name", ["libreoffice.docx", "libreoffice_table.docx"])
def test_heads_and_feet_of_word_are_no_text(name: str) -> None:
    text = Interview.from_file(MADE / name).text
    with zipfile.ZipFile(MADE / name) as package:
        parts = {part.partition("/")[2]: package.read(part).decode() for part in package.namelist()}
    for part, words in [("header1.xml", "Oral history"), ("footer1.xml", "Page ")]:
        assert words in parts[part]
        assert words not in text


def test_captions_of_youtube_are_said_once() -> None:
    interview = Interview.from_file(MADE / "shapes" / "youtube_old.vtt")
    words = re.sub(r"[^\w' -]", "", " ".join(text for _, _, text in TURNS)).lower()
    assert flat(interview.text) == words
    assert (interview.sentences[0].speaker, interview.sentences[0].time) == (None, 4.0)


def test_every_sample_is_tested_and_small() -> None:
    files = {path for path in MADE.rglob("*") if path.suffix in EXTENSIONS and path.parent.name != "sources"}
    tested = {MADE / sample.name for sample in ALL} | {MADE / "shapes" / "youtube_old.vtt"}
    assert files - {MADE / "README.md"} == tested
    assert max(path.stat().st_size for path in files) < 60_000
