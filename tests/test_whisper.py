from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa import Interview
from qa.formats.whisper import read_whisper

WHISPER = {
    "text": " I was born in Bergen. When was that?",
    "segments": [
        {
            "id": 0,
            "seek": 0,
            "start": 0.0,
            "end": 2.5,
            "text": " I was born in Bergen.",
            "tokens": [50364],
            "temperature": 0.0,
        },
        {
            "id": 1,
            "seek": 0,
            "start": 2.5,
            "end": 4.0,
            "text": " When was that?",
            "tokens": [50489],
            "no_speech_prob": 0.1,
        },
    ],
    "language": "en",
}
WHISPERX = {
    "segments": [
        {
            "start": 0.031,
            "end": 2.5,
            "text": " I was born in Bergen.",
            "words": [
                {"word": "I", "start": 0.031, "end": 0.1, "score": 0.9, "speaker": "SPEAKER_00"},
                {"word": "was"},
            ],
            "speaker": "SPEAKER_00",
        },
        {"start": 2.5, "end": 4.0, "text": "When was that?", "words": [], "speaker": "SPEAKER_01"},
    ],
    "word_segments": [{"word": "I", "start": 0.031, "end": 0.1, "score": 0.9}],
}
WHISPER_CPP = {
    "systeminfo": "AVX = 1",
    "model": {"type": "base", "multilingual": False},
    "params": {"model": "ggml-base.en.bin", "language": "en", "translate": False},
    "result": {"language": "en"},
    "transcription": [
        {
            "timestamps": {"from": "00:00:00,000", "to": "00:00:02,500"},
            "offsets": {"from": 0, "to": 2500},
            "text": " I was born in Bergen.",
        },
        {"timestamps": {"from": "00:00:02,500", "to": "00:00:04,000"}, "text": " When was that?"},
    ],
}


@pytest.mark.parametrize(
    ("data", "between", "expected"),
    [
        (WHISPER, " ", [(None, 0.0), (None, 2.5)]),
        (WHISPER["segments"], " ", [(None, 0.0), (None, 2.5)]),
        (WHISPERX, "\n\n", [("SPEAKER_00", 0.031), ("SPEAKER_01", 2.5)]),
        (WHISPER_CPP, " ", [(None, 0.0), (None, 2.5)]),
    ],
    ids=["Whisper", "faster-whisper", "WhisperX", "whisper.cpp"],
)
def test_speech_as_programs_write_it(data: object, between: str, expected: list[tuple[str | None, float]]) -> None:
    content = read_whisper(json.dumps(data, indent=2))
    assert content.text == f"I was born in Bergen.{between}When was that?"
    assert [(mark.speaker, mark.time) for mark in content.marks] == expected
    assert [mark.start for mark in content.marks] == [0, 21 + len(between)]


def test_whisper_cpp_says_where_a_speaker_stops() -> None:
    segments = [
        {"offsets": {"from": 0, "to": 10}, "text": " One.", "speaker_turn_next": True},
        {"offsets": {"from": 10, "to": 20}, "text": " Two.", "speaker_turn_next": False},
        {"offsets": {"from": 20, "to": 30}, "text": " Three."},
    ]
    assert read_whisper(json.dumps({"transcription": segments})).text == "One.\n\nTwo. Three."


@pytest.mark.parametrize(
    "time", ["NaN", "Infinity", "-Infinity", "-1", "1e999", "1e300", "9" * 400, "true", "null", '"2.5"', "[]", "{}"]
)
def test_what_cannot_be_a_time_is_none(time: str) -> None:
    content = read_whisper(f'[{{"start": {time}, "end": {time}, "text": "One."}}]')
    assert content.text == "One."
    assert content.marks[0].time is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no JSON"),
        ("I was born.", "no JSON"),
        ("[" * 100_000, "nested too deeply|no JSON"),
        ('{"a":' * 100_000 + "1" + "}" * 100_000, "nested too deeply"),
        ("9" * 5000, "no JSON"),
        ("{}", "no segments"),
        ('{"text": "One."}', "no segments"),
        ('{"segments": {"text": "One."}}', "no segments"),
        ("7", "no segments"),
        ("null", "no segments"),
        ("[]", "no segment with"),
        ("[1, null, [], {}]", "no segment with"),
        ('[{"text": "One."}]', "no segment with"),
        ('[{"start": 1, "text": null}]', "no segment with"),
    ],
)
def test_other_json_is_refused(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read_whisper(text)


def test_half_a_character_is_no_harm() -> None:
    content = read_whisper('\ufeff[{"start": 1, "text": "One\\ud83d.", "speaker": " A\\ud83d \\n b "}]')
    assert content.text == "One?."
    assert content.marks[0].speaker == "A? b"


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["from", "to", "text"]), inner),
    max_leaves=6,
)
SEGMENTS = st.lists(
    st.dictionaries(st.sampled_from(["text", "start", "end", "speaker", "offsets", "timestamps", "words"]), VALUES)
    | st.fixed_dictionaries({"text": st.text(max_size=20), "start": st.floats() | st.integers() | VALUES}),
    max_size=5,
)


@given(segments=SEGMENTS, root=st.sampled_from(["segments", "transcription"]))
def test_no_json_raises_anything_else(segments: list[dict[str, object]], root: str) -> None:
    with suppress(ValueError):
        content = read_whisper(json.dumps({root: segments}))
        starts = [mark.start for mark in content.marks]
        assert starts == sorted(set(starts))
        assert all(0 <= start < len(content.text) for start in starts)
        assert content.text.split() == " ".join(str(s["text"]) for s in segments if s.get("text")).split() or segments


@given(text=st.text(max_size=60))
def test_no_text_raises_anything_else(text: str) -> None:
    with suppress(ValueError):
        read_whisper(text)


def test_a_sentence_has_the_time_of_the_segment_in_which_it_begins(tmp_path: Path) -> None:
    heard = [
        (0.5, " I was born in Bergen. My"),
        (2.75, " father was a fisherman. We"),
        (5, " sold it. Then it rained."),
    ]
    path = tmp_path / "talk.json"
    path.write_text(json.dumps({"segments": [{"start": at, "end": at + 2, "text": text} for at, text in heard]}))
    assert [(s.time, s.paragraph, s.text) for s in Interview.from_file(path).sentences] == [
        (0.5, 0, "I was born in Bergen."),
        (0.5, 0, "My father was a fisherman."),
        (2.75, 0, "We sold it."),
        (5.0, 0, "Then it rained."),
    ]


def test_a_recording_without_speech_is_no_error() -> None:
    assert read_whisper('{"text": "", "segments": []}').text == ""
    assert read_whisper('{"transcription": []}').text == ""
