"""Ways of naming speakers that no colon shows, or that only some programs and some houses have."""

from __future__ import annotations

import tracemalloc
from io import BytesIO
from itertools import groupby
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from qa import Interview
from qa.formats import read_data
from qa.formats.content import Content
from qa.formats.labels import split_labels

QUESTIONS = ("Where were you born?", "When did you leave?", "Was it hard?", "Would you go back?")
ANSWERS = ("In Bergen, by the sea.", "In 1974: I know.", "Yes and no.", "Oslo is home now.")
TURNS = [turn for pair in zip(QUESTIONS, ANSWERS, strict=True) for turn in pair]
NAMES = ("Jane Doe", "Anna Berg")


def talk(style: str, names: tuple[str, str] = NAMES, between: str = "\n\n") -> str:
    """Eight turns in this style."""
    return between.join(
        style.format(name=names[n % 2], number=n + 1, time=f"00:0{n}:1{n}", words=words)
        for n, words in enumerate(TURNS)
    )


def said(interview: Content | Interview) -> list[tuple[str | None, str]]:
    """Who says what, turn by turn."""
    if isinstance(interview, Content):
        interview = Interview.from_content(interview, "Talk")
    turns = groupby(interview.sentences, key=lambda s: s.speaker)
    return [(speaker, " ".join(s.text for s in sentences)) for speaker, sentences in turns]


def read(name: str, text: str) -> list[tuple[str | None, str]]:
    return said(read_data(Path(name), text.encode()))


@pytest.mark.parametrize(
    "style",
    [
        "{name} – {words}",
        "{name} — {words}",
        "{name} - {words}",
        "{name}\t{words}",
        "{number}\t{name}:\t{words}",
        "{number}. {name}: {words}",
        "000{number} {name}: {words}",
        "**{name}** {words}",
        "**{name}** – {words}",
        "__{name}:__ {words}",
        "_{name}_: {words}",
        "> **{name}:** {words}",
        "- **{name}:** {words}",
        "### {name}:\n{words}",
        "### {name}\n\n{words}",
        "**{name}**\n\n{words}",
        "{name}\n{words}",
        "{name}\n\n{words}",
    ],
)
def test_what_sets_a_name_apart(style: str) -> None:
    content = split_labels(talk(style))
    assert content.text == "\n\n".join(TURNS)
    assert [mark.speaker for mark in content.marks] == [*NAMES] * 4


@pytest.mark.parametrize(
    "style",
    [
        "{name}\n({time}) {words}",
        "{name}\n[{time}] - {words}",
        "#{time}-2# {name}: {words}",
        "{time}\xa0{name}: {words}",
        "[{time} --> 00:09:00.000] [{name}]\n{words}",
        "### [{time}] {name}\n{words}",
        "{time}\t{name}\t{words}",
    ],
)
def test_names_with_times(style: str) -> None:
    content = split_labels(talk(style))
    assert content.text == "\n\n".join(TURNS)
    assert [mark.speaker for mark in content.marks] == [*NAMES] * 4
    assert [mark.time for mark in content.marks] == [10.0 + 61 * n for n in range(8)]


@pytest.mark.parametrize(
    "names", [("spk_0", "spk_1"), ("anna", "tom"), ("anna.berg", "tom_hale"), ("+47 22 33 44 55", "Tom Hale")]
)
@pytest.mark.parametrize("name", ["talk.txt", "talk.vtt"])
def test_names_as_programs_give_them(names: tuple[str, str], name: str) -> None:
    text = talk("{name}: {words}", names)
    if name.endswith("vtt"):
        cues = (f"00:0{n}.000 --> 00:0{n}.900\n{line}" for n, line in enumerate(text.split("\n\n")))
        text = "WEBVTT\n\n" + "\n\n".join(cues)
    assert read(name, text) == [(names[n % 2], words) for n, words in enumerate(TURNS)]


@pytest.mark.parametrize(
    "name", ["Dr. Anna Berg, MD", "Prof. Dr. Anna Maria Berg-Hansen, University of Bergen", "Berg, A. (Guest)"]
)
@pytest.mark.parametrize("style", ["{name}  {time}\n{words}", "{name}: {words}"])
def test_names_with_titles(name: str, style: str) -> None:
    names = ("Tom Hale", name)
    assert said(split_labels(talk(style, names))) == [(names[n % 2], words) for n, words in enumerate(TURNS)]


@pytest.mark.parametrize("space", [" ", "    ", "\t", "\xa0"])
@pytest.mark.parametrize("also", [True, False])
def test_a_press_conference(space: str, also: bool) -> None:
    first = "THE PRESIDENT:  Good morning."
    turns = [f"Q{space}When was it sold?", "THE PRESIDENT:  In 1974."]
    turns += [f"Q{space}And the house?", "THE PRESIDENT:  Now."]
    turns += [f"MS. CARTER:  Last one.\n\nQ{space}Thank you."] if also else []
    expected = [("THE PRESIDENT", "Good morning."), ("Q", "When was it sold?"), ("THE PRESIDENT", "In 1974.")]
    expected += [("Q", "And the house?"), ("THE PRESIDENT", "Now.")]
    expected += [("MS. CARTER", "Last one."), ("Q", "Thank you.")] if also else []
    assert said(split_labels("\n\n".join([first, *turns]))) == expected


def test_questions_and_answers_by_letters_with_a_wide_space() -> None:
    text = talk("{name}   {words}", ("Q", "A"), "\n")
    assert said(split_labels(text)) == [("QA"[n % 2], words) for n, words in enumerate(TURNS)]


def test_a_broadcast_tells_once_what_someone_is() -> None:
    text = (
        "COOPER: He has fished here for years.\n\nTOM HALE, FISHERMAN: We sold the boat.\n\nCOOPER: Do you miss it?"
        "\n\nKARI MOE (D), MAYOR OF BERGEN: We all do.\n\nHALE: I do.\n\nCOOPER: Thanks."
    )
    speakers = [speaker for speaker, _ in said(split_labels(text))]
    assert speakers == ["COOPER", "TOM HALE, FISHERMAN", "COOPER", "KARI MOE (D), MAYOR OF BERGEN", "HALE", "COOPER"]


def test_a_parliament_tells_seat_and_party_once() -> None:
    text = (
        "The Prime Minister: This morning I had meetings.\n\nMr Speaker: Order.\n\nSir Ole Moe (Hull East) (Con): "
        "Does he own a boat?\n\nThe Prime Minister: No.\n\nMr Speaker: Order.\n\nThe Prime Minister: As I said."
    )
    assert ("Sir Ole Moe (Hull East) (Con)", "Does he own a boat?") in said(split_labels(text))


@pytest.mark.parametrize("words", ["Oslo.", "Okay.", "In Oslo", "Tom"])
def test_a_time_within_an_answer_names_nobody(words: str) -> None:
    text = (
        f"Anna Berg (09:00):\nAnd then?\n\nTom Hale (09:55):\n{words} [00:10:00] It was cold.\n\nAnna Berg (10:20):\n"
        "Was it?\n\nTom Hale (10:25):\nIt was."
    )
    content = split_labels(text)
    assert {mark.speaker for mark in content.marks} == {"Anna Berg", "Tom Hale"}
    assert words in content.text


@pytest.mark.parametrize("names", [("Interviewer", "Tom"), ("Anna", "Tom"), ("Q", "A")])
def test_answers_of_many_paragraphs(names: tuple[str, str]) -> None:
    long = "\n\n".join(f"We had boat number {n}." for n in range(6))
    text = "\n\n".join(f"{names[0]}: {question}\n\n{names[1]}: {long}" for question in QUESTIONS)
    assert {speaker for speaker, _ in said(split_labels(text))} == set(names)


def test_times_of_the_first_hour_and_of_the_next() -> None:
    stamps = ("0:03", "0:09", "0:14", "59:58", "1:00:02", "1:00:07")
    content = split_labels("".join(f"{stamp}\nWe sold boat {n}.\n" for n, stamp in enumerate(stamps)))
    assert [mark.time for mark in content.marks] == [3.0, 9.0, 14.0, 3598.0, 3602.0, 3607.0]


@pytest.mark.parametrize(
    "notice",
    [
        "Transcribed by https://otter.ai",
        "Anna Berg stopped transcription",
        "Meeting ended after 00:09:12 👋",
        "[End of interview]",
    ],
)
def test_what_a_program_writes_at_the_end_nobody_says(notice: str) -> None:
    assert said(split_labels(f"{talk('{name}  {time}' + chr(10) + '{words}')}\n\n{notice}\n"))[-1][1] == TURNS[-1]
    assert split_labels(f"We left.\n\n{notice}\n") == Content(f"We left.\n\n{notice}\n")


def test_lines_with_numbers() -> None:
    lines = ["BY MS. CARTER:", "Q.   Where were you working?", "A.   At the cannery, until it", "closed."]
    lines += ["Q.   And then?", "A.   In Oslo.", "Q.   When?", "A.   In 1981.", "Q.   Why?", "A.   For work."]
    page = "\n".join(f"{n:2}        {line}" for n, line in enumerate(lines, 1))
    found = read("deposition.txt", f"{page}\n\f{page}")
    assert found[:2] == [("MS. CARTER", "Where were you working?"), ("A", "At the cannery, until it\nclosed.")]
    assert not any(character.isdigit() for _, words in found for character in words.replace("1981", ""))


def test_a_numbered_list_keeps_its_numbers() -> None:
    text = "\n".join(f"{n}. We sold boat {n}." for n in range(1, 30))
    assert read_data(Path("list.txt"), text.encode()) == Content(text)


@pytest.mark.parametrize("kind", ["vtt", "srt"])
def test_subtitles_under_another_name(kind: str) -> None:
    mark = "." if kind == "vtt" else ","
    cues = [f"{n}\n00:00:0{n}{mark}000 --> 00:00:0{n}{mark}900\nAnna: It was {n}.\n" for n in range(1, 5)]
    text = "\n".join(["WEBVTT\n", *cues] if kind == "vtt" else cues)
    content = read_data(Path("talk.txt"), text.encode())
    assert content == read_data(Path(f"talk.{kind}"), text.encode())
    assert content.marks[0].time == 1.0


def test_the_name_of_a_cue_may_be_who_speaks() -> None:
    cues = '1 "Anna Berg" (123)\n00:01.000 --> 00:02.000\nHello.\n\n2 "Bo Ek" (456)\n00:03.000 --> 00:04.000\nYes.\n'
    assert read("talk.vtt", f"WEBVTT\n\n{cues}") == [("Anna Berg", "Hello."), ("Bo Ek", "Yes.")]


def test_a_voice_named_twice_is_named_once() -> None:
    cues = "00:01.000 --> 00:02.000\n<v S00>S00: Thank you.\n\n00:03.000 --> 00:04.000\n<v S01>S01: Yes.\n"
    assert read("talk.vtt", f"WEBVTT\n\n{cues}") == [("S00", "Thank you."), ("S01", "Yes.")]


def _bold(*paragraphs: tuple[str, str]) -> bytes:
    document = Document()
    for front, rest in paragraphs:
        paragraph = document.add_paragraph()
        paragraph.add_run(front).bold = True
        paragraph.add_run(rest)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def test_names_in_bold_type_in_a_document() -> None:
    data = _bold(*((f"{NAMES[n % 2]} ", words) for n, words in enumerate(TURNS)))
    assert said(read_data(Path("talk.docx"), data)) == [(NAMES[n % 2], words) for n, words in enumerate(TURNS)]


def test_other_bold_type_in_a_document_stays() -> None:
    words = [("Boats ", "are sold."), ("Nets ", "are mended."), ("Boats ", "sink."), ("Nets ", "tear.")]
    text = "\n\n".join(front + rest for front, rest in words)
    assert read_data(Path("talk.docx"), _bold(*words)) == Content(text)


def test_a_notice_is_no_name_and_speech_is_no_notice() -> None:
    rounds = "ANNA\n\nWe sold it.\n\nBO\n\nWhen was that?\n\n" * 5
    ended = split_labels(f"{rounds}END OF TAPE\n\nAnd then?\n\n{rounds}END OF TAPE\n\nYes.")
    assert {mark.speaker for mark in ended.marks} == {"ANNA", "BO"}
    assert "END OF TAPE" not in ended.text
    spoken = "Anna: Sorry, I stopped transcription\n\nBo: At the\nend of the interview.\n\nAnna: Yes.\n\nBo: No."
    assert split_labels(spoken).text == "Sorry, I stopped transcription\n\nAt the\nend of the interview.\n\nYes.\n\nNo."


def test_a_name_in_bold_type_within_a_paragraph_cuts_nothing() -> None:
    document = Document(BytesIO(_bold(*((f"{name} ", f"It was {n}.") for n, name in enumerate(["Anna", "Bo"] * 3)))))
    paragraph = document.add_paragraph()
    inserted = parse_xml(
        f'<w:ins {nsdecls("w")} w:id="1" w:author="a"><w:r><w:t xml:space="preserve">So </w:t></w:r></w:ins>'
    )
    paragraph._p.append(inserted)
    paragraph.add_run("Anna").bold = True
    paragraph.add_run(" when did you leave?")
    file = BytesIO()
    document.save(file)
    assert read_data(Path("talk.docx"), file.getvalue()).text.endswith("So Anna when did you leave?")


def test_bold_type_within_labelled_speech_gets_no_stars() -> None:
    turns = [("Anna: ", "Where?"), ("Bo: ", "There."), ("Oslo ", "was a town."), ("Bergen ", "was, too.")] * 2
    assert "*" not in read_data(Path("talk.docx"), _bold(*turns)).text


def test_what_follows_a_time_may_look_like_a_label() -> None:
    text = (
        "Anna\n(0:05) Where were you born?\n\nBo\n(0:12) Oslo – that is where I was.\n\nAnna\n(0:20) And when?"
        "\n\nBo\n(0:24) Then: in 1974."
    )
    turns = [("Anna", "Where were you born?"), ("Bo", "Oslo – that is where I was."), ("Anna", "And when?")]
    assert said(split_labels(text)) == [*turns, ("Bo", "Then: in 1974.")]


def test_labels_with_and_without_times() -> None:
    text = "Anna Berg [0:12] Hello.\nBo: Hi.\nAnna Berg [0:15] Where?\nBo: There.\nAnna Berg [0:20] When?"
    assert [speaker for speaker, _ in said(split_labels(text))] == ["Anna Berg", "Bo", "Anna Berg", "Bo", "Anna Berg"]


def test_a_press_conference_in_captions() -> None:
    lines = ["THE PRESIDENT: Good morning.", "Q When was it sold?", "THE PRESIDENT: In 1974.", "Q And the house?"]
    lines += ["MR. CARNEY: Last one.", "Q Thanks."]
    cues = (f"00:0{n}.000 --> 00:0{n}.900\n{line}" for n, line in enumerate(lines))
    found = read("talk.vtt", "WEBVTT\n\n" + "\n\n".join(cues))
    assert [speaker for speaker, _ in found] == ["THE PRESIDENT", "Q", "THE PRESIDENT", "Q", "MR. CARNEY", "Q"]


@pytest.mark.parametrize("name", ["talk.txt", "talk.md"])
def test_text_that_only_speaks_of_subtitles_is_text(name: str) -> None:
    text = "WEBVTT explained\n\nA cue has a line with start --> end in it."
    assert read_data(Path(name), text.encode()) == Content(text)


def test_an_underscore_of_the_speech_stays() -> None:
    text = "\n\n".join(f"_{name}: I use snake_case_names, do you?" for name in ("Anna", "Bo") * 3)
    assert split_labels(text).text == "\n\n".join(["I use snake_case_names, do you?"] * 6)


@pytest.mark.parametrize(
    "text",
    [
        "1 cup of flour\n2 eggs\n3 spoons of sugar\n4 pinches of salt\n\n1 onion\n2 carrots\n3 leeks\n4 potatoes",
        "1. Where?\n\n2. When?\n\n3. Why?\n\n4. How?\n\n5. Who?\n\n" * 2,
    ],
)
def test_lists_keep_their_numbers(text: str) -> None:
    assert read_data(Path("list.txt"), text.encode()) == Content(text)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("line", ["{n} a\n", "{n} a\nb\n", "Anna – hello\n", "Q a\n", "Anna\n\n", "- **A\n", "_a\n"])
def test_long_texts_take_no_time_and_little_memory(line: str) -> None:
    text = "".join(line.format(n=n) for n in range(1, 8_000))
    tracemalloc.start()
    try:
        read_data(Path("talk.txt"), text.encode())
        assert tracemalloc.get_traced_memory()[1] < 40_000_000
    finally:
        tracemalloc.stop()


def test_ages_and_years_tell_persons_and_works_apart() -> None:
    text = "Anna (52): Who? No.\n\nBo (61): Yes.\n\nAnna (19): Perhaps.\n\nBo (33): Never, why?"
    assert [speaker for speaker, _ in said(split_labels(text))] == ["Anna (52)", "Bo (61)", "Anna (19)", "Bo (33)"]


SURVEY = """1 because the bus does not come any more and i cannot drive
2 too far from the shops and my knees are bad these days
3 work, my husband got a job at the yard and we had to go
4 my mother was ill and i wanted to be near her in the end
5 i wanted to see something else for once in my life really
6 the house was sold over our heads and nobody asked us
7 divorce
8 the noise from the new road all night long all the year
9 i don't know, it just happened like so many other things
10 love"""


def test_the_answers_of_a_survey_keep_their_numbers() -> None:
    assert read_data(Path("survey.txt"), SURVEY.encode()) == Content(SURVEY)


PROSE = [
    "3 May: Left Bergen.\n\n4 May: Stad.\n\n30 May: Bodø.\n\n1 June: Left again.\n\n2 June: Lofoten.",
    "1. Oslo: The opera.\n\n2. Bergen: The quay.\n\n3. Oslo: Home.\n\n4. Bergen: Rain.",
    "Bus 31\n\n06:12 Central station\n06:14 Theatre\n06:17 Hospital\n06:21 University\n06:23 Park",
    "08:00-09:15 E-mail\n09:15-10:40 Transcribing interview 3\n10:40-11:00 Coffee",
    "# Nes\n\n## History\n\nIt is old.\n\n## Climate\n\nIt rains.\n\n# Vik\n\n## History\n\nNew.\n\n## Climate\n\nDry.",
    "NES\n\nEarly Life\n\nIt was cold.\n\nLater Life\n\nIt was warm.\n\nVIK\n\nEarly Life\n\nSea.\n\nLater Life\n\nIt.",
    "OSLO – The tax is lower.\n\nBERGEN – A man was rescued.\n\nOSLO – The opera.\n\nBERGEN – The tram is late.",
    "Town\tYear\tBoats\nBergen\t1950\t214\nBergen\t1960\t187\nBodø\t1950\t120\nBodø\t1960\t131",
    "Loss\tWe sold the boat.\nHope\tWe have a son.\nLoss\tIt sank.\nHope\tIt floats.",
    "Zutaten: Mehl.\nZubereitung: Man rührt es.\n\n" * 4,
    "Hallelujah\n\nWe walked on.\n\nAmen\n\nThe boats were gone.\n\nHallelujah\n\nSo were we.\n\nAmen\n\nIt rained.",
    "Name\tAge\nAnna\t12\nBo\t13\nAnna\t14\nBo\t15\nAnna\t16\nBo\t17",
    "Bread – two loaves\nMilk – one litre\nBread – for Bo\nMilk – for Anna\nBread – rye\nMilk – whole",
    "Then – We had a boat.\n\nNow – We have none.\n\nThen – It was loud.\n\nNow – It is calm.",
    "**Why it matters** It closed.\n\n**What next** Nobody knows.\n\n**Why it matters** It was.\n\n**What next** A",
    "Q is the letter after P.\n\nQ is rare in English.\n\nIt is often followed by u.",
    "2001–2004 – Teacher in Oslo\n2004–2010 – Teacher in Bergen\n2010 – Head of school",
    "Part One\n\nWe lived by the sea.\n\nPart Two\n\nWe moved.\n\nPart One\n\nThe sea.\n\nPart Two\n\nThe town.",
    "Anna — who was ill — stayed.\n\nBo — her brother — went.\n\nAnna — always — waited.\n\nBo — never — came.",
    "Yeah\n\nwe sold it in 1974\n\nRight\n\nand then it rained\n\nYeah\n\nit was hard\n\nRight\n\nso we went",
    "_Anna_ sold the boat. _Bo_ kept the house.\n\n__init__: makes it.",
    "A  boat was sold.\nQ  fever was rare.",
    "[Applause] We went on.\n\nIt was cold.\n\n[Laughter] It was late.\n\nWe slept.\n\n" * 4,
    "**Oslo** Cold.\n\nIt rained.\n\nWe slept.\n\n**Bergen** Wet.\n\nIt snowed.\n\nWe left.\n\n" * 4,
    "Oslo\n\nWe left by train.\n\nBergen\n\nIt rained.\n\nOslo\n\nWe came back.\n\nBergen\n\nIt was warm.",
    "Q fever is a disease.\n\nQ fever comes from sheep.\n\nWARNING: keep off.\n\nDANGER: Ice.\n\nWARNING: Bulls.",
    "A  man came.\nA  woman went.\nNOTE: It rained.\nFIRE: It burned.\nNOTE: It snowed.\nNOTE: It hailed.",
    "2020-05-12: We left.\n2020-05-12: The sea was calm.\n2020-05-13: It rained.\n2020-05-13: We slept.",
    "1914-1918: War.\n1914-1918: Hunger.\n1939-1945: War.\n1939-1945: Hunger.",
    "Background\n\nIt was founded in 1974.\n\nResults\n\nIt grew.\n\nBackground\n\nAnother.\n\nResults\n\nIt failed.",
]


@pytest.mark.parametrize("text", PROSE)
def test_prose_stays_as_it_is(text: str) -> None:
    assert split_labels(text) == Content(text)
