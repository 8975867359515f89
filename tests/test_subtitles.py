from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa import Interview
from qa.formats.content import Content
from qa.formats.cues import Kind, parse_cues
from qa.formats.subtitles import read_subtitles

ZOOM = """WEBVTT

1
00:00:02.010 --> 00:00:04.500
Jane Doe: Where were you

2
00:00:04.500 --> 00:00:06.000
Jane Doe: born?

3
00:00:06.900 --> 00:00:09.000
Anna Berg: In Bergen. My father

4
00:00:09.000 --> 00:00:12.000
Anna Berg: was a fisherman.
"""
TEAMS = """WEBVTT

b1f6a2f0-1c2d-4e5f-8a9b-0c1d2e3f4a5b/17-0
00:00:03.127 --> 00:00:05.000
<v Jane Doe>Where were you
born?</v>

b1f6a2f0-1c2d-4e5f-8a9b-0c1d2e3f4a5b/19-0
00:00:05.500 --> 00:00:09.000
<v Anna Berg>In Bergen. Tom &amp; I.</v>
"""
YOUTUBE = """WEBVTT
Kind: captions
Language: en

00:00:00.080 --> 00:00:02.389 align:start position:0%
\x20
I<00:00:00.320><c> was</c><00:00:00.480><c> born</c>

00:00:02.389 --> 00:00:02.399 align:start position:0%
I was born
\x20

00:00:02.399 --> 00:00:04.470 align:start position:0%
I was born
in<00:00:02.560><c> Bergen</c><00:00:02.800><c> and</c>

00:00:04.470 --> 00:00:04.480 align:start position:0%
in Bergen and
\x20

00:00:04.480 --> 00:00:06.000 align:start position:0%
in Bergen and
we<00:00:04.640><c> had</c><00:00:04.800><c> a</c><00:00:04.960><c> boat</c>
"""
SUBRIP = """1
00:00:01,000 --> 00:00:02,500
{\\an8}<font color="#ff0000">We sold it in</font>
1974

2
00:03,000 --> 00:04,000
<i>All of it.</i>
3
00:00:04.000 --> 00:00:05.000
Even 3 < 5 > 4.
"""


def told(content: Content) -> list[tuple[str | None, float | None, str]]:
    """Who says what when."""
    ends = [*(mark.start for mark in content.marks), len(content.text)][1:]
    return [
        (mark.speaker, mark.time, content.text[mark.start : end].rstrip(" "))
        for mark, end in zip(content.marks, ends, strict=True)
    ]


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        (
            ZOOM,
            "vtt",
            [
                ("Jane Doe", 2.01, "Where were you"),
                ("Jane Doe", 4.5, "born?\n\n"),
                ("Anna Berg", 6.9, "In Bergen. My father"),
                ("Anna Berg", 9.0, "was a fisherman."),
            ],
        ),
        (TEAMS, "vtt", [("Jane Doe", 3.127, "Where were you born?\n\n"), ("Anna Berg", 5.5, "In Bergen. Tom & I.")]),
        (YOUTUBE, "vtt", [(None, 0.08, "I was born"), (None, 2.399, "in Bergen and"), (None, 4.48, "we had a boat")]),
        (SUBRIP, "srt", [(None, 1.0, "We sold it in 1974"), (None, 3.0, "All of it."), (None, 4.0, "Even 3 < 5 > 4.")]),
    ],
    ids=["Zoom", "Teams", "YouTube", "SubRip"],
)
def test_subtitles_as_programs_write_them(
    text: str, kind: Kind, expected: list[tuple[str | None, float | None, str]]
) -> None:
    assert told(read_subtitles(text, kind)) == expected
    assert told(read_subtitles("\ufeff" + text.replace("\n", "\r\n"), kind)) == expected


@pytest.mark.parametrize(
    ("cue", "expected"),
    [
        ("<v Anna>Yes.</v> <v Bo>No.</v>", [("Anna", 1.0, "Yes.\n\n"), ("Bo", 1.0, "No.")]),
        ("<v.loud.first Anna Berg>Yes.", [("Anna Berg", 1.0, "Yes.")]),
        ("<v>Yes.", [(None, 1.0, "Yes.")]),
        ("<v Anna></v>Yes.", [(None, 1.0, "Yes.")]),
        ("<v Tom &amp; Bo>Yes.", [("Tom & Bo", 1.0, "Yes.")]),
        ("<c.yellow>Yes <b>and</b> <00:00:01.500>no</c>", [(None, 1.0, "Yes and no")]),
        ("<lang en>Yes</lang> &lt;3&nbsp;&#x263A;", [(None, 1.0, "Yes <3 ☺")]),
        ("- Yes.\n- No.", [(None, 1.0, "Yes.\n\n"), (None, 1.0, "No.")]),
        ("-Yes.\n-No.", [(None, 1.0, "Yes.\n\n"), (None, 1.0, "No.")]),
        ("It fell to -5\nand on.", [(None, 1.0, "It fell to -5 and on.")]),
        (">> Yes.\n>> No.", [(None, 1.0, "Yes.\n\n"), (None, 1.0, "No.")]),
        (">> ANNA: Yes.\n>> BO: No.", [("ANNA", 1.0, "Yes.\n\n"), ("BO", 1.0, "No.")]),
        (
            "- ANNA: Yes.\n- BO: No.\n- ANNA: So.",
            [("ANNA", 1.0, "Yes.\n\n"), ("BO", 1.0, "No.\n\n"), ("ANNA", 1.0, "So.")],
        ),
        ("(speaker 0) Yes.\n(speaker 1) No.", [("speaker 0", 1.0, "Yes.\n\n"), ("speaker 1", 1.0, "No.")]),
        ("(laughs) Yes.\n(laughs) No.", [(None, 1.0, "(laughs) Yes. (laughs) No.")]),
        ("Note: it rains.", [(None, 1.0, "Note: it rains.")]),
        ("At 10:30 we left.", [(None, 1.0, "At 10:30 we left.")]),
        ("", []),
    ],
)
def test_what_a_cue_can_hold(cue: str, expected: list[tuple[str | None, float | None, str]]) -> None:
    assert told(read_subtitles(f"WEBVTT\n\n00:01.000 --> 00:02.000 align:start\n{cue}\n", "vtt")) == expected
    assert told(read_subtitles(f"1\n00:00:01,000 --> 00:00:02,000\n{cue}\n", "srt")) == expected


@pytest.mark.parametrize(
    "aside",
    [
        "NOTE\na remark\nin two lines\n\n",
        "STYLE\n::cue { color: red }\n\n",
        "REGION\nid:a\n\n",
        "intro\n",
        "7\n",
        "\n\n",
    ],
)
def test_comments_styles_and_names_of_cues_are_not_speech(aside: str) -> None:
    cue = "00:01.000 --> 00:02.000\n"
    text = f"WEBVTT - Anna\nKind: captions\n\n{aside}{cue}One.\n\n{aside}{cue}Two.\n"
    assert read_subtitles(text, "vtt").text == "One. Two."


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        (
            "1\n00:00:01,000 --> 00:00:02,000\nOne\n\nmore.\n\n2\n00:00:02,000 --> 00:00:03,000\nTwo.\n",
            "srt",
            "One more. Two.",
        ),
        ("00:00:01,000 --> 00:00:02,000\nOne.\n\n00:00:02,000 --> 00:00:03,000\nTwo.\n", "srt", "One. Two."),
        ("1\n00:00:01,000 --> 00:00:02,000\nOne.\n\n2\n\n00:00:02,000 --> 00:00:03,000\nTwo.\n", "srt", "One. Two."),
        ("1\n00:00:03,000 --> 00:00:04,000\nTwo.\n\n2\n00:00:01,000 --> 00:00:02,000\nOne.\n", "srt", "One. Two."),
        ("00:01.000 --> 00:02.000\nOne.\n00:02.000 --> 00:03.000\nTwo.", "vtt", "One. Two."),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nOne\n\nmore.\n\n00:02.000 --> 00:03.000\nTwo.", "vtt", "One more. Two."),
    ],
)
def test_files_that_keep_no_rule_lose_no_words(text: str, kind: Kind, words: str) -> None:
    assert read_subtitles(text, kind).text == words


def cues(*texts: str, seconds: int = 1) -> str:
    """Subtitles that show these texts one after the other."""
    stamps = [f"{n * seconds // 60:02d}:{n * seconds % 60:02d}" for n in range(len(texts))]
    shown = (f"{stamp}.000 --> {stamp}.900\n{text}" for stamp, text in zip(stamps, texts, strict=True))
    return "\n\n".join(["WEBVTT", *shown])


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        (["I was", "I was born", "I was born in", "I was born in Bergen."], "I was born in Bergen."),
        (["One\ntwo", "two\nthree", "three\nfour"], "One two three four"),
        (["Yes.", "Yes.", "He left.", "When?", "In May.", "So late?", "I know.", "We all do.", "Right."], None),
        (["No.", "Not now.", "Now.", "Then."], None),
    ],
)
def test_what_rolling_captions_repeat_is_said_once(texts: list[str], words: str | None) -> None:
    assert read_subtitles(cues(*texts), "vtt").text == (words or " ".join(texts))


def test_a_caption_in_two_looks_is_one() -> None:
    twice = "1\n00:00:01,000 --> 00:00:02,000\n<b>One.</b>\n\n2\n00:00:01,000 --> 00:00:02,000\n<i>One.</i>\n"
    assert read_subtitles(twice, "srt").text == "One."


def test_pauses_and_length_make_paragraphs() -> None:
    assert read_subtitles(cues("One.", "Two.", seconds=6), "vtt").text == "One.\n\nTwo."
    assert read_subtitles(cues("<v Anna>One.", "<v Anna>Two.", seconds=6), "vtt").text == "One. Two."
    long = read_subtitles(
        cues(*(f"We went on and on past {n}, and nobody said a word." for n in range(90))), "vtt"
    ).text
    assert {len(paragraph) // 1000 for paragraph in long.split("\n\n")[:-1]} == {1}


def test_a_label_holds_for_the_cues_after_it() -> None:
    content = read_subtitles(cues("Anna Berg: One", "two.", "Bo: Three", "four.", "Anna Berg: Five."), "vtt")
    assert content.text == "One two.\n\nThree four.\n\nFive."
    assert [mark.speaker for mark in content.marks] == ["Anna Berg", "Anna Berg", "Bo", "Bo", "Anna Berg"]


@pytest.mark.parametrize("text", ["", "WEBVTT", "Anna: hello", "00:01 -> nothing", "00:01.000 --> \nOne"])
@pytest.mark.parametrize("kind", ["vtt", "srt"])
def test_no_cue_is_an_error(text: str, kind: Kind) -> None:
    with pytest.raises(ValueError, match="no cue"):
        read_subtitles(text, kind)


PIECES = st.sampled_from(
    "WEBVTT|NOTE|00:01.000 --> 00:02.000|9:99:99,9 --> 0:01,0|\n|\n|\n\n|\r\n|\x85|1| |<v Anna>|</v>|<v|>|>> |- "
    "|Anna: |BO: |&amp;|&#99999999;|{\\an8}|word|Yes.|<c.x>".split("|")
)


@given(pieces=st.lists(PIECES | st.text(max_size=5), max_size=30), kind=st.sampled_from(["vtt", "srt"]))
def test_no_text_raises_anything_else(pieces: list[str], kind: Kind) -> None:
    with suppress(ValueError):
        content = read_subtitles("".join(pieces), kind)
        starts = [mark.start for mark in content.marks]
        assert starts == sorted(set(starts))
        assert all(0 <= start < len(content.text) and not content.text[start].isspace() for start in starts)


def test_a_cue_whose_time_cannot_be_read_stays_where_it_is() -> None:
    times = ("00:00:57,000", "00:00:60,000", "00:01:03,000")
    text = "".join(f"{n}\n{at} --> 00:01:05,000\nLine {n}.\n\n" for n, at in enumerate(times, 1))
    assert [cue.lines for cue in parse_cues(text, "srt")] == [["Line 1."], ["Line 2."], ["Line 3."]]


def sentences(folder: Path, *cues: str) -> list[tuple[str | None, float | None, str]]:
    """Who says what when, as the sentences tell of an interview in a file with these cues."""
    path = folder / "talk.vtt"
    path.write_text("\n\n".join(["WEBVTT", *cues]), encoding="utf-8")
    return [(s.speaker, s.time, s.text) for s in Interview.from_file(path).sentences]


def test_a_sentence_has_the_time_of_the_cue_in_which_it_begins(tmp_path: Path) -> None:
    assert sentences(
        tmp_path,
        "00:01.000 --> 00:02.500\n<v Anna>I was born in Bergen. My",
        "00:02.500 --> 00:04.000\n<v Anna>father was a fisherman. We",
        "00:04.250 --> 01:06.000\n<v Anna>sold the boat. Then it rained.",
    ) == [
        ("Anna", 1.0, "I was born in Bergen."),
        ("Anna", 1.0, "My father was a fisherman."),
        ("Anna", 2.5, "We sold the boat."),
        ("Anna", 4.25, "Then it rained."),
    ]


def test_two_who_speak_at_once_are_kept_apart(tmp_path: Path) -> None:
    assert sentences(
        tmp_path,
        "00:01.000 --> 00:04.000\n<v Anna>I was born in Bergen, and then",
        "00:04.000 --> 00:06.000\n<v Anna>we moved to Voss.",
        "00:03.000 --> 00:03.500\n<v Bo>Really?",
        "00:05.000 --> 00:07.000\n<v Bo>When was that?",
    ) == [
        ("Anna", 1.0, "I was born in Bergen, and then"),
        ("Bo", 3.0, "Really?"),
        ("Anna", 4.0, "we moved to Voss."),
        ("Bo", 5.0, "When was that?"),
    ]
