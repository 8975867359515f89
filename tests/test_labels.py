from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.formats.content import Content, Mark
from qa.formats.labels import parse_time, split_labels

OTTER = """Anna Berg  0:05
I was born in Bergen. We had a boat.

Jane Doe  0:12
When was that?

Anna Berg  1:02:15
In 1974.
"""
TEAMS = """Jane Doe   0:03
Where were you born?

Anna Berg   0:05
In Bergen.
"""
OLD_TEAMS = """00:00:00.000 --> 00:00:03.500
Jane Doe
Where were you born?

00:00:03.500 --> 00:00:06.000
Anna Berg
In Bergen.
My father was a fisherman.

00:00:06.000 --> 00:00:09.000
Jane Doe
And then?
"""
REV = """Interviewer (00:05):
Where were you born?

Anna Berg (00:09):
In Bergen. My father was a fisherman.

Interviewer (01:15):
And then?
"""
DESCRIPT = """[00:00:05] Anna Berg: I was born in Bergen.

[00:00:09] Bo Ek: Was it cold?
"""
MEET = """Talk about the boats

00:00:00
\x20
Jane Doe: where were you born
Anna Berg: in Bergen

00:05:00
\x20
Jane Doe: and then
"""
ORAL_HISTORY = """Interview with Anna Berg
Interviewer: Jane Doe
Date: 3 May 1999
Place: Bergen, Norway

Doe: Where were you born?

Berg: In Bergen.

My father was a fisherman: he had a boat.

Doe: And your mother?

Berg (laughing): She mended nets.
We all did.
"""
SCRIPT = """Ross Geller: You 're gon na kill me !
Susan Bunch: Count faster .
Ross Geller and Susan Bunch: Breathe .
A Female Student: Who the hell is Jordie ?
Ross Geller: Your son .
#ALL#: Whoa .
"""


def told(content: Content) -> list[tuple[str | None, float | None, str]]:
    """Who says what when."""
    ends = [*(mark.start for mark in content.marks), len(content.text)][1:]
    return [
        (mark.speaker, mark.time, content.text[mark.start : end].rstrip())
        for mark, end in zip(content.marks, ends, strict=True)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            OTTER,
            [
                ("Anna Berg", 5.0, "I was born in Bergen. We had a boat."),
                ("Jane Doe", 12.0, "When was that?"),
                ("Anna Berg", 3735.0, "In 1974."),
            ],
        ),
        (TEAMS, [("Jane Doe", 3.0, "Where were you born?"), ("Anna Berg", 5.0, "In Bergen.")]),
        (
            OLD_TEAMS,
            [
                ("Jane Doe", 0.0, "Where were you born?"),
                ("Anna Berg", 3.5, "In Bergen.\nMy father was a fisherman."),
                ("Jane Doe", 6.0, "And then?"),
            ],
        ),
        (
            REV,
            [
                ("Interviewer", 5.0, "Where were you born?"),
                ("Anna Berg", 9.0, "In Bergen. My father was a fisherman."),
                ("Interviewer", 75.0, "And then?"),
            ],
        ),
        (DESCRIPT, [("Anna Berg", 5.0, "I was born in Bergen."), ("Bo Ek", 9.0, "Was it cold?")]),
        (
            MEET,
            [
                (None, None, "Talk about the boats"),
                ("Jane Doe", 0.0, "where were you born"),
                ("Anna Berg", None, "in Bergen"),
                ("Jane Doe", 300.0, "and then"),
            ],
        ),
        (
            ORAL_HISTORY,
            [
                (None, None, ORAL_HISTORY.partition("\n\n")[0]),
                ("Doe", None, "Where were you born?"),
                ("Berg", None, "In Bergen.\n\nMy father was a fisherman: he had a boat."),
                ("Doe", None, "And your mother?"),
                ("Berg", None, "She mended nets.\nWe all did."),
            ],
        ),
        (SCRIPT, [(line.split(": ")[0], None, line.split(": ")[1]) for line in SCRIPT.splitlines()]),
    ],
    ids=["Otter", "Teams", "old Teams", "Rev", "Descript", "Meet", "oral history", "script"],
)
def test_transcripts_as_programs_and_people_write_them(
    text: str, expected: list[tuple[str | None, float | None, str]]
) -> None:
    content = split_labels(text)
    assert told(content) == expected
    assert content.text == "\n\n".join(words for _, _, words in expected)


TALK = ("Where were you born?", "In Bergen.", "When was that?", "In 1974: I know.")


def talk(style: str, names: tuple[str, str] = ("Jane", "Anna"), between: str = "\n\n") -> str:
    """The talk above with labels in this style."""
    turns = enumerate(TALK)
    return between.join(style.format(name=names[n % 2], n=n, time=f"00:0{n}:1{n}", words=words) for n, words in turns)


@pytest.mark.parametrize("between", ["\n\n", "\n", "\n \t\n\n"])
@pytest.mark.parametrize(
    ("style", "has_time"),
    [
        ("{name}: {words}", False),
        ("{name}:\n{words}", False),
        ("{name} : {words}", False),
        ("  {name}:\t{words}", False),
        ("{name}：{words}", False),
        ("**{name}:** {words}", False),
        ("**{name}**: {words}", False),
        ("**{name}: {words}**", False),
        ("*{name}:* {words}", False),
        ("[{name}] {words}", False),
        ("[{name}]: {words}", False),
        ("<{name}> {words}", False),
        (">> {name}: {words}", False),
        ("{name} ({time}): {words}", True),
        ("{name} [{time}]: {words}", True),
        ("{name} {time}: {words}", True),
        ("{name} ({time} - 00:09:00):\n{words}", True),
        ("{name}: [{time}] {words}", True),
        ("{name}:\t{time}\t{words}", True),
        ("{name} [{time}] {words}", True),
        ("[{time}] {name}: {words}", True),
        ("({time}) **{name}:** {words}", True),
        ("{time} {name}: {words}", True),
        ("{time} - {name}: {words}", True),
        ("{name}  {time}\n{words}", True),
        ("{name}, {time}\n{words}", True),
        ("**{name}** {time}\n{words}", True),
        ("{name} ({time})\n{words}", True),
        ("{time} {name}\n{words}", True),
        ("[{time}] {name}\n{words}", True),
        ("[{name}] {time}\n{words}", True),
        ("[{name}]: [{time}] {words}", True),
        ("[{name} {time}] {words}", True),
        ("[{name}, {time}]: {words}", True),
        ("{name} \xa0{time}\n{words}", True),
        ("{time} AM {name}: {words}", True),
    ],
)
@pytest.mark.parametrize("names", [("Jane", "Anna"), ("Speaker 1", "Speaker 2")])
def test_styles_of_labels(style: str, has_time: bool, between: str, names: tuple[str, str]) -> None:
    content = split_labels(talk(style, names, between))
    assert content.text == "\n\n".join(TALK)
    assert [mark.speaker for mark in content.marks] == [*names, *names]
    assert [mark.time for mark in content.marks] == ([0.0 + 10, 71.0, 132.0, 193.0] if has_time else [None] * 4)


@pytest.mark.parametrize("names", [("speaker 0", "speaker 1"), ("speaker 0", "speaker ?"), ("speaker 1", "speaker 1")])
@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize(
    ("style", "has_time"), [("({name}) {words}", False), ("[{time} --> 00:09:00.000]   ({name}) {words}", True)]
)
def test_whisper_cpp_puts_round_brackets_around_speakers(
    style: str, has_time: bool, between: str, names: tuple[str, str]
) -> None:
    content = split_labels(talk(style, names, between))
    assert content.text == "\n\n".join(TALK)
    assert [mark.speaker for mark in content.marks] == [*names, *names]
    assert [mark.time is not None for mark in content.marks] == [has_time] * 4


@pytest.mark.parametrize(
    "text", ["(laughs) Yes.\n(laughs) No.\n(laughs) So.", "(speaker 0) Yes.\n\nNo.\n\n(speaker 1) So."]
)
def test_other_round_brackets_stay(text: str) -> None:
    assert split_labels(text) == Content(text)


@pytest.mark.parametrize("style", ["{name}\n{time}\n{words}", "{time}\n{name}\n{words}"])
def test_name_and_time_on_two_lines(style: str) -> None:
    content = split_labels(talk(style))
    assert content.text == "\n\n".join(TALK)
    assert [(mark.speaker, mark.time) for mark in content.marks][2:] == [("Jane", 132.0), ("Anna", 193.0)]


@pytest.mark.parametrize(
    "names",
    [
        ("Q", "A"),
        ("q", "a"),
        ("Question", "Answer"),
        ("interviewer", "respondent"),
        ("SPEAKER_00", "SPEAKER_01"),
        ("Interviewer 1", "Interviewer 2"),
        ("A", "B"),
        ("JD", "AB"),
        ("Dr. O'Neil (host)", "María José Núñez-García"),
        ("J. R. Doe", "Ursula von der Leyen"),
        ("Unidentified speaker", "Woman on phone"),
        ("Анна", "Борис"),
        ("记者", "李明"),
        ("مريم", "علي"),
        ("Will", "Mark"),
    ],
)
def test_names(names: tuple[str, str]) -> None:
    content = split_labels(talk("{name}: {words}", names))
    assert content.text == "\n\n".join(TALK)
    assert [mark.speaker for mark in content.marks] == [*names, *names]


@pytest.mark.parametrize(
    "name",
    [
        "Berg, Anna",
        "anna berg",
        "anna.berg@uib.no",
        "Anna Berg | UiB",
        "iPhone (2)",
        "Leontyne Price",
        "Page",
        "de Vries",
    ],
)
@pytest.mark.parametrize("style", ["{name}   {time}\n{words}", "{name}: {words}"])
def test_names_of_no_usual_form_beside_others(style: str, name: str) -> None:
    content = split_labels(talk(style, ("Jane Doe", name)))
    assert [(speaker, words) for speaker, _, words in told(content)] == [
        (("Jane Doe", name)[n % 2], words) for n, words in enumerate(TALK)
    ]


def test_names_of_no_usual_form_alone() -> None:
    names = ("Doe, Jane", "Berg, Anna")
    for style in ("{name}   {time}\n{words}", "{name}: {words}"):
        assert {speaker for speaker, _, _ in told(split_labels(talk(style, names)))} == set(names)


def test_times_within_speech_leave_it() -> None:
    text = (
        "[00:00:03] Jane: Where were you born?\n\n"
        "[00:00:10] Anna: In Bergen. [00:05:00] We sold the boat. (00:05:07)\n\n"
        "[00:05:10] Jane: [inaudible 00:05:08] Why? [09:99]\n\n[00:05:14] Anna: Money.\n"
    )
    assert told(split_labels(text)) == [
        ("Jane", 3.0, "Where were you born?"),
        ("Anna", 10.0, "In Bergen."),
        ("Anna", 300.0, "We sold the boat."),
        ("Jane", 310.0, "[inaudible 00:05:08] Why? [09:99]"),
        ("Anna", 314.0, "Money."),
    ]


def test_times_at_the_end_of_a_turn_are_those_of_the_next() -> None:
    text = "A: Where? #00:00:05-1#\n\nB: In Bergen. #00:00:12-4#\n\nA: When? #00:00:15-4#\n\nB: In 1974. #00:00:22-4#\n"
    assert told(split_labels(text)) == [
        ("A", None, "Where?"),
        ("B", 5.0, "In Bergen."),
        ("A", 12.0, "When?"),
        ("B", 15.0, "In 1974."),
    ]


def test_a_colon_within_a_sentence_ends_no_label() -> None:
    text = (
        "JANE DOE: Who was your mother?\n\n"
        "ANNA BERG: She came from a town on the river, a long way to the south of\nOslo: she was a teacher.\n\n"
        "JANE DOE: And then?\n\nANNA BERG: There were two towns.\nThe first was Oslo: that was cold.\n"
    )
    assert {speaker for speaker, _, _ in told(split_labels(text))} == {"JANE DOE", "ANNA BERG"}


def test_one_speaker() -> None:
    content = split_labels("Anna Berg: One.\n\nAnna Berg: Two.\n\nAnna Berg: Three.")
    assert [(mark.speaker, mark.start) for mark in content.marks] == [
        ("Anna Berg", 0),
        ("Anna Berg", 6),
        ("Anna Berg", 12),
    ]
    assert not split_labels("Rule: One.\n\nRule: Two.\n\nRule: Three.").marks


@pytest.mark.parametrize("names", [("Q", "A"), ("q", "a")])
def test_letters_with_a_full_stop(names: tuple[str, str]) -> None:
    content = split_labels(talk("{name}. {words}", names))
    assert content.text == "\n\n".join(TALK)
    assert [mark.speaker for mark in content.marks] == [*names, *names]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[00:12:31] I was born.\n\n[00:13:02] We left.", [(None, 751.0, "I was born."), (None, 782.0, "We left.")]),
        (
            "[00:00.000 --> 00:05.500]  I was\n[00:05.500 --> 00:08.000]  born.",
            [(None, 0.0, "I was"), (None, 5.5, "born.")],
        ),
        (
            "0:00\nhello and\n0:04\nwelcome\n0:09\nto Bergen",
            [(None, 0.0, "hello and"), (None, 4.0, "welcome"), (None, 9.0, "to Bergen")],
        ),
        (
            "Foreword\n\n[00:00:05] Anna: I was born.\n\n[00:00:25] We left.\n\n[00:00:35] Bo: Why?",
            [(None, None, "Foreword"), ("Anna", 5.0, "I was born."), ("Anna", 25.0, "We left."), ("Bo", 35.0, "Why?")],
        ),
        (
            "Anna (00:05):\n[00:00:06]\nI was born.\n\nAnna (00:25):\n\nBo (00:26): Why?",
            [("Anna", 6.0, "I was born."), ("Bo", 26.0, "Why?")],
        ),
    ],
)
def test_times_in_front_of_paragraphs(text: str, expected: list[tuple[str | None, float | None, str]]) -> None:
    assert told(split_labels(text)) == expected


def test_a_colon_after_a_time_names_nobody() -> None:
    text = "[00:01:10] One rule: Never lie.\n\n[00:02:30] Then we moved: North.\n\n[00:03:45] My mother: A saint."
    assert [mark.speaker for mark in split_labels(text).marks] == [None] * 3


def test_a_round_of_speakers_is_no_form() -> None:
    text = "MODERATOR: Hi.\nP1: Hi.\nP2: Hi.\n" * 3
    assert [mark.speaker for mark in split_labels(text).marks] == ["MODERATOR", "P1", "P2"] * 3


def test_a_time_alone_keeps_the_line_ends() -> None:
    assert split_labels("0:00\nhello\n0:04\nand welcome\n\n0:09\nI am Anna").text == "hello\nand welcome\n\nI am Anna"


@pytest.mark.parametrize(
    "header",
    [
        "The boats of Bergen",
        "Interviewer: Jane Doe\nNarrator: Anna Berg",
        "Interviewer: Jane Doe\nInterviewee: Anna Berg",
        "Jane: Jane Doe\nAnna: Anna Berg",
        "Interviewer: Jane Doe\n\nDate: 3 May 1999\n\nLocation: Bergen",
        "INTERVIEW\nDate of interview: 3 May 1999\nJane: Jane Doe\nAnna: Anna Berg",
        "Title: The boats of Bergen\nInterviewed by: Jane Doe",
        "# The boats\n\nWe met in Bergen in May, and it rained.",
    ],
)
@pytest.mark.parametrize("names", [("Jane", "Anna"), ("DOE", "BERG"), ("Interviewer", "Interviewee")])
def test_a_header_is_nobody_s_speech(header: str, names: tuple[str, str]) -> None:
    content = split_labels(f"{header}\n\n{talk('{name}: {words}', names)}")
    assert content.text == "\n\n".join([header, *TALK])
    assert [mark.speaker for mark in content.marks] == [None, *names, *names]


def test_who_speaks_once_is_told_and_a_remark_is_not() -> None:
    text = talk("{name}: {words}") + "\n\nBo: Me too.\n\nNote: the tape ends here.\n\nAnna: Yes.\n\nDate: 3 May."
    assert told(split_labels(text))[4:] == [
        ("Bo", None, "Me too.\n\nNote: the tape ends here."),
        ("Anna", None, "Yes.\n\nDate: 3 May."),
    ]


REMARKS = [
    "Remember: never go alone.",
    "Bible: the only book",
    "Result: nothing.",
    "Answer number two: no.",
    "Trouble: no money.",
]


@pytest.mark.parametrize("remark", REMARKS)
@pytest.mark.parametrize(
    ("style", "names"),
    [
        ("{name}: {words}", ("Jane", "Anna")),
        ("{name}: {words}", ("JANE", "ANNA")),
        ("{name}: {words}", ("Q", "A")),
        ("{name}. {words}", ("Q", "A")),
        ("**{name}:** {words}", ("Jane", "Anna")),
        ("[00:00:07] {name}: {words}", ("Jane", "Anna")),
        (">> {name}: {words}", ("Jane", "Anna")),
    ],
)
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_remark_with_a_colon_is_the_speech_of_who_makes_it(
    remark: str, style: str, names: tuple[str, str], between: str
) -> None:
    text = between.join([talk(style, names, between), remark, talk(style, names, between)])
    content = split_labels(text)
    assert [mark.speaker for mark in content.marks] == [*names] * 4
    assert f"In 1974: I know.{between}{remark}\n\n" in content.text


@pytest.mark.parametrize(
    ("style", "names", "single"),
    [
        ("{name}: {words}", ("Jane", "Anna"), "Caller: Hello."),
        ("{name}: {words}", ("Jane", "Anna"), "WOMAN: Hello."),
        ("{name}: {words}", ("Jane", "Anna"), "Dr Meyer: Hello."),
        ("{name}: {words}", ("JANE", "ANNA"), "CALLER: yes, hello."),
        ("{name}: {words}", ("Q", "A"), "Dr Meyer: Hello."),
        ("{name}. {words}", ("Q", "A"), "MR. EK: Objection."),
        ("{name}: {words}", ("Interviewer", "Interviewee"), "Bo: Hello."),
        ("**{name}:** {words}", ("Jane", "Anna"), "**Caller:** yes, hello."),
        ("[00:00:07] {name}: {words}", ("Jane", "Anna"), "[00:00:07] Caller: Hello."),
        (">> {name}: {words}", ("Jane", "Anna"), ">> Woman: yes, hello."),
    ],
)
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_who_speaks_once_has_a_label_like_the_others(
    style: str, names: tuple[str, str], single: str, between: str
) -> None:
    content = split_labels(between.join([talk(style, names, between), single, talk(style, names, between)]))
    assert len({mark.speaker for mark in content.marks} - {*names}) == 1
    assert len(content.marks) == 9


@pytest.mark.parametrize("single", ["THE WITNESS", "WOMAN", "BO EK"])
def test_who_speaks_once_among_long_answers_in_the_same_capitals(single: str) -> None:
    answer = "\n\n".join(["We had no wood in the house, as no witness or woman did."] * 6)
    text = "\n\n".join(f"DOE: And then, in year {n}?\n\nBERG: {answer}" for n in range(5))
    content = split_labels(f"{text}\n\n{single}: That is so.\n\nResult: we froze.\n\nDOE: I see.")
    assert [mark.speaker for mark in content.marks] == [*["DOE", "BERG"] * 5, single, "DOE"]


def test_long_answers_keep_their_paragraphs() -> None:
    answer = "\n\n".join(["We had no wood in the house."] * 8)
    text = "\n\n".join(f"DOE: And then, in year {n}?\n\nBERG: {answer}" for n in range(5))
    text += "\n\nIt was cold: minus ten.\n\nFor example: ice.\n\nFor example: snow.\n\nIn Bergen: rain. In 1974: more."
    content = split_labels(text)
    assert content.text == text.replace("DOE: ", "").replace("BERG: ", "")
    assert [mark.speaker for mark in content.marks] == ["DOE", "BERG"] * 5


def test_lines_broken_at_a_width_stay_so() -> None:
    answer = "We had a boat, and in the winter of that\nyear my father took it out to the bank\nwhere the cod are."
    text = f"Jane: And then?\nAnna: {answer}\nJane: Was it far?\nAnna: {answer}"
    content = split_labels(text)
    assert content.text == f"And then?\n\n{answer}\n\nWas it far?\n\n{answer}"


PROSE = [
    "",
    "\n\n \n",
    "I was born in Bergen.",
    "Anna: I was born in Bergen.",
    "Note: bring boots.",
    "He said: we go.\n\nShe said: no.\n\nHe said: yes.",
    "He said: “We go.”\nAnd then: nothing.\nWe left at 10:30, as Ps. 23:4 says: fear no evil.\nhttps://example.org: a",
    "We walked.\n\nNote: it rains.\n\nWe slept.\n\nWarning: ice.\n\nWe left.\n\nNote: more.\n\nSummary: rain.",
    "Ingredients: flour\nMethod: mix\nServes: 4\n\nIngredients: milk\nMethod: boil\nServes: 2",
    "Flour: 200 g\nMilk: 1 l\nSugar: 10 g\n\nMix it.\n\nFlour: 100 g\nMilk: 2 l\nSugar: 20 g\n\nBake it.",
    "Pros: It is cheap.\nCons: It is slow.\n\nPros: It is red.\nCons: It is loud.",
    "Apple: A fruit.\nPear: A fruit, too.\nCar: A thing.",
    "Monday: Rain.\nTuesday: Sun.\nMonday: Rain.\nTuesday: Sun.",
    "Name: Anna\nBorn: 1950\nLives: Oslo\n\nName: Bo\nBorn: 1960\nLives: Rome",
    "Part 1: Childhood\n\nWe had a boat.\n\nPart 2: War\n\nIt was cold.\n\nPart 1: Again",
    "Q1: 95,000 units\nQ2: 90,000 units\nQ1: 97,000 units\nQ2: 91,000 units",
    "Question 1: What is it?\nA thing.\n\nQuestion 2: Why?\nBecause.\n\nQuestion 3: When?\nNow.",
    "Q: Where were you born?\n\nIn Bergen.\n\nQ: When?\n\nIn 1974.",
    "A. First, the boat.\nB. Then the nets.\nC. Then the fish.\nA. And again.",
    "A: Paris\nB: Rome\nC: Oslo\n\nA: 1\nB: 2\nC: 3\n\nA: Red\nB: Blue\nC: Green",
    "Minutes\n\nDate: 3 May\nPlace: Oslo\nPresent: Anna, Bo\n\nAnna opened. Bo wrote it down.\n\nAction: Bo writes.",
    "09:00 Coffee\n09:30 Keynote: Anna Berg\n10:15 Break\n10:30 Talk: Bo Ek",
    "Coffee 10:30\nIn the hall.\n\nKeynote 11:00\nBy Anna.\n\nTalk 11:45\nBy Bo.",
    "Anna Berg  4:05\nBo Ek  4:07\nCarl Dahl  4:09\nDag Eng  4:13",
    "3:16 For God so loved the world\n3:17 For God did not send\n3:18 Whoever believes",
    "[1] Berg, A. (1999): Boats.\n[2] Ek, B. (2001): Nets.\n[3] Dahl, C.: Fish.",
    "[Music] Hello.\n[Applause] Thank you.\n[Music] And so we left, all of us.\nIt was cold.\nWe slept.",
    "<p>One.</p>\n<p>Two.</p>\n<b>Three.</b>\n<p>Four.</p>\n<b>Five.</b>",
    "“Where were you?” Anna asked.\n\nBo thought: nowhere.\n\n“Here,” he said: “right here.”\n\nAnna: silence.",
    "- Boots: brown\n- Coat: red\n- Boots: black\n- Coat: blue",
    "From: Anna\nTo: Bo\nSubject: Boats\n\nWe had one.\n\nFrom: Bo\nTo: Anna\nSubject: Boats\n\nI know.",
    "INFO: Started.\nERROR: It broke.\nINFO: Stopped.\nERROR: It broke.",
    "Rule: never run.\n\nIt is icy.\n\nException: a fire.\n\nThen, as a rule, run.\n\nSo be it.\n\nRule: eat well.",
    "Host: Bergen Museum\nGuest: Anna Berg\n\nShe was born in Bergen. She had a boat.\n\nIt sank.\n\nShe left in 1974.",
]


@pytest.mark.parametrize("text", PROSE)
def test_prose_stays_as_it_is(text: str) -> None:
    assert split_labels(text) == Content(text)


def test_the_bundled_interview_has_no_labels() -> None:
    text = (Path(__file__).parent.parent / "corpus" / "interview.txt").read_text(encoding="utf-8")
    assert split_labels(text) == Content(text)


def test_pages_are_carried_over() -> None:
    text = "Jane: Where were you born?\n\nAnna: In Bergen. We\nhad a boat.\n\nJane: When was that?\n\nAnna: In 1974."
    pages = [(0, 1), (text.index("had"), 2), (text.index("Jane: When") - 1, 3), (text.index("In 1974"), 4), (999, 5)]
    content = split_labels(text, pages)
    assert [(content.text[m.start :].split()[0], m.speaker, m.page) for m in content.marks] == [
        ("Where", "Jane", 1),
        ("In", "Anna", 1),
        ("had", "Anna", 2),
        ("When", "Jane", 3),
        ("In", "Anna", 4),
    ]


def test_pages_of_prose_are_marks() -> None:
    assert split_labels("One.\n\nTwo.\n", [(0, 1), (4, 2), (5, 3), (11, 4)]).marks == (Mark(0, page=1), Mark(6, page=3))
    assert split_labels("", [(0, 1)]).marks == ()


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("12:31", 751.0),
        ("75:00", 4500.0),
        ("1:02:03", 3723.0),
        (" 00:00:03.500 ", 3.5),
        ("00:00:03,500", 3.5),
        ("0:0:3.5", 3.5),
        ("00:01:10:24", 70.0),
        ("", None),
        ("12", None),
        ("12:60", None),
        ("1:60:00", None),
        ("1" * 5000 + ":00", None),
        ("-1:00", None),
        ("١٢:٣١", None),
    ],
)
def test_times(text: str, seconds: float | None) -> None:
    assert parse_time(text) == seconds


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "piece",
    [
        "a\n",
        "A: b\n",
        "\n",
        " ",
        "*",
        "[",
        "Anna 0:0",
        "0:01\n",
        "A" * 150 + "\n",
        "A " * 80 + ":\n",
        "Q. a\n",
        ">",
        "(A) " * 40 + "\n",
    ],
)
def test_large_texts_take_no_time(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    assert len(split_labels(text).text) <= len(text)


PIECES = st.sampled_from(
    "Anna: |BO: |**Q:** |Q. |A. |[Anna] |<Bo> |Anna|Anna Berg  0:05|(0:09)|[00:00:07]|0:03|00:01 --> 00:02|Date: |**"
    "|>> |：|BY BO:|(BY BO)|EXAMINATION|word|Where?|In 1974.|\n|\n|\n|\n\n|\n\n| |\t|\x85|\u2028".split("|")
)


@given(
    pieces=st.lists(PIECES | st.text(max_size=4), max_size=40),
    pages=st.lists(st.tuples(st.integers(0, 200), st.integers(1, 9)), max_size=4).map(sorted),
)
def test_marks_and_words_hold_for_any_text(pieces: list[str], pages: list[tuple[int, int]]) -> None:
    text = "".join(pieces)
    content = split_labels(text, pages)
    starts = [mark.start for mark in content.marks]
    assert starts == sorted(set(starts))
    assert all(0 <= start < len(content.text) and not content.text[start].isspace() for start in starts)
    # nothing is added, and nothing changes its place
    assert _in_order(content.text, text)


def _in_order(words: str, text: str) -> bool:
    """Whether the characters of `words` that are no white space stand in `text` in the same order."""
    rest = iter(text)
    return all(character in rest for character in words if not character.isspace())
