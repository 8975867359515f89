from __future__ import annotations

import logging
import time
import tracemalloc
import zlib
from collections.abc import Collection, Sequence
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from qa.formats import pdf, read_data
from qa.formats.pages import PagedText
from qa.formats.pdf import read_pdf

LATIN = "<< /Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences [1 /fi 2 /fl] >>"
FULL = "We sold the boat in the spring of that year, and then we went to"


def write_pdf(
    *pages: str,
    leading: float = 14,
    content: bytes | None = None,
    packed: bytes = b"",
    contents: Sequence[bytes] = (),
    pictures: Collection[int] = (),
) -> bytes:
    """A PDF with a line of text for each line; spaces at its start indent it. `pictures` are numbers of pages."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        f"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding {LATIN} >>".encode(),
    ]
    if pictures:
        at_hand = b" /XObject << /I 4 0 R >>"  # on all pages, as many programs write it
        objects.append(b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /Length 1 >>\nstream\n0\nendstream")
    kids = []
    for number, text in enumerate(pages):
        lines = []
        for at, line in enumerate(text.split("\n")):
            shown = line.strip().translate({0x28: r"\(", 0x29: r"\)", 0x5C: r"\\"}).encode("cp1252")
            x, y = 72 + 6 * (len(line) - len(line.lstrip())), 740 - leading * at
            lines.append(b"BT /F1 11 Tf %d %g Td (%s) Tj ET" % (x, y, shown) if shown else b"")
        stream = contents[number] if contents else content or packed or b"\n".join(lines)
        stream += b" q 9 0 0 9 0 0 cm /I Do Q" if number + 1 in pictures else b""
        extra = b" /Filter /FlateDecode" if packed else b""
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >>%s >> >>" % (len(objects) + 2, at_hand if pictures else b"")
        )
        kids.append(b"%d 0 R" % len(objects))
        objects.append(b"<< /Length %d%s >>\nstream\n%s\nendstream" % (len(stream), extra, stream))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (size, table, size, len(out))
    )


def encrypt(data: bytes, user: str, owner: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(data)))
    writer.encrypt(user, owner, algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def text_of(*pages: str) -> str:
    return read_pdf(write_pdf(*pages)).text


def test_text_comes_with_its_pages() -> None:
    pages = read_pdf(write_pdf("I was born in Bergen.", "", "We left in 1974."))
    assert pages == PagedText("I was born in Bergen.\n\nWe left in 1974.", ((0, 1), (23, 3)))


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (FULL + " an inter-\nview in town.", FULL + " an interview in town."),
        (FULL + " my twenty-\nsix cousins.", FULL + " my twenty-six cousins."),
        (FULL + " the Anglo-\nSaxon wars.", FULL + " the Anglo-Saxon wars."),
        (FULL + " see COVID-\n19 coming.", FULL + " see COVID-19 coming."),
        (FULL + " a mother-in-\nlaw of mine.", FULL + " a mother-in-law of mine."),
        (FULL + " the north-\nwest. The north is west.", FULL + " the north-west. The north is west."),
        (FULL + " the some-\nthing. Is it something?", FULL + " the something. Is it something?"),
        (FULL + " the well-\nknown town, well-known to all.", FULL + " the well-known town, well-known to all."),
        ("The \x01rst \x02ood", "The first flood"),
    ],
)
def test_broken_words_are_mended(lines: str, text: str) -> None:
    assert text_of(lines) == text


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (f"{FULL} the\ntown to live. {FULL} \nOslo.", f"{FULL} the town to live. {FULL} Oslo."),
        (f"{FULL} Oslo.\n\nThen we came back.", f"{FULL} Oslo.\n\nThen we came back."),
        (f"{FULL} the\ntown.\n{FULL} the\nsea.", f"{FULL} the town.\n\n{FULL} the sea."),
        (
            f"   {FULL} the\ntown {FULL} a.\n   {FULL} the\nsea {FULL} b.\n   {FULL} Oslo.",
            f"{FULL} the town {FULL} a.\n\n{FULL} the sea {FULL} b.\n\n{FULL} Oslo.",
        ),
        (
            f"{FULL} the\n   town {FULL} a.\n{FULL} the\n   sea {FULL} b.\n{FULL} Oslo.",
            f"{FULL} the town {FULL} a.\n\n{FULL} the sea {FULL} b.\n\n{FULL} Oslo.",
        ),
        (f"Q: {FULL} the town?\nA: {FULL} the sea.", f"Q: {FULL} the town?\n\nA: {FULL} the sea."),
        (f"[00:12] {FULL} Oslo.\n[00:31] We left.", f"[00:12] {FULL} Oslo.\n\n[00:31] We left."),
        (f"Q. {FULL} town?\nA. {FULL} sea.", f"Q. {FULL} town?\n\nA. {FULL} sea."),
        (f"{FULL} Oslo.\nBo Ek 0:31\nWhen?", f"{FULL} Oslo.\n\nBo Ek 0:31\nWhen?"),
        (f"Anna Berg 0:03\n{FULL} Oslo.", f"Anna Berg 0:03\n{FULL} Oslo."),
        (f"{FULL} Oslo,\nBergen: the towns of my youth.", f"{FULL} Oslo, Bergen: the towns of my youth."),
    ],
)
def test_paragraphs_are_kept_and_lines_joined(lines: str, text: str) -> None:
    assert text_of(lines) == text


@pytest.mark.parametrize(
    ("pages", "text"),
    [
        ((f"{FULL} the", "town by the sea."), f"{FULL} the town by the sea."),
        ((f"{FULL} the inter-", "view."), f"{FULL} the interview."),
        ((f"{FULL} our", "Anna by train."), f"{FULL} our Anna by train."),
        ((f"{FULL} the town.", "Then we came back."), f"{FULL} the town.\n\nThen we came back."),
    ],
)
def test_a_sentence_goes_over_the_page(pages: tuple[str, str], text: str) -> None:
    data = read_pdf(write_pdf(*pages))
    assert data.text == text
    assert [number for _, number in data.starts] == [1, 2]
    assert all(data.text[at:].startswith(page[:4]) for (at, _), page in zip(data.starts, pages, strict=True))


@pytest.mark.parametrize(
    "frame",
    [
        "Anna Berg, interview 4\n\n{}\n\n\n{}",
        "Anna Berg, page {1} of 5\n\n{0}",
        "{}\n\n\nPage {} of 5",
        "{}\n\n\n– {} –",
        "Archive of Voss   {1}\nCopy only\n\n{0}",
    ],
)
def test_running_heads_and_page_numbers_are_left_out(frame: str) -> None:
    said = ["I was born in Bergen.", "We left in 1974.", "It rained.", "Then I came back.", "I live here."]
    assert text_of(*(frame.format(line, at) for at, line in enumerate(said, 1))) == "\n\n".join(said)


TWO_PAGES = "{}\n\n\nI was born in Bergen.\n\nWe left in 1974.\n\nIt rained.\n\n\n{}"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("Voss Archive", "- 1 -"), ("Voss Archive", "- 2 -")),
        (("Voss Archive\nTape 4", "1"), ("Voss Archive\nTape 4", "2")),
        (("1", "Anna Berg, interview 4"), ("2", "Anna Berg, interview 4")),
        (("Voss Archive 11", "Copy only\nTape 4"), ("Voss Archive 12", "Copy only\nTape 4")),
    ],
)
def test_two_pages_have_running_heads(first: tuple[str, str], second: tuple[str, str]) -> None:
    said = TWO_PAGES.format("", "").strip()
    assert text_of(TWO_PAGES.format(*first), TWO_PAGES.format(*second)) == f"{said}\n\n{said}"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("It snowed.\n\n\n{}", "It snowed.\n\n\n{}"),  # a sentence
        ("Anna Berg:\n\n\n{}", "Anna Berg:\n\n\n{}"),
        ("Anna Berg\n{}", "Anna Berg\n{}"),  # who speaks stands near what is said
        ("{}\n\nAnna Berg", "{}\n\nAnna Berg"),
        ("Anna Berg\n\n\n{}", "\nAnna Berg\n\n\n{}"),  # not at one place
        ("Tape 4\n\n\n{}", "Tape 9\n\n\n{}"),  # no number of a page
        ("Tape 4\n\n\n{}", "{}"),
    ],
)
def test_what_only_looks_like_a_head_on_two_pages_is_kept(first: str, second: str) -> None:
    pages = [page.format("I was born.\n\nWe left.\n\nIt rained.\n\nI came back.") for page in (first, second)]
    assert text_of(*pages).split() == " ".join(pages).split()


def test_chapters_with_page_numbers_are_heads_and_a_title_is_none() -> None:
    said = ["I was born.", "We left.", "It rained.", "I came back."]
    heads = ["Childhood 11", "Childhood 12", "Return 13", "Return 14"]
    assert text_of(*map("{}\n\n{}".format, heads, said)) == "\n\n".join(said)
    assert text_of("The Beekeeper\n\nI was born.", "We left.") == "The Beekeeper\n\nI was born.\n\nWe left."


@pytest.mark.parametrize("label", ["{0} {1}:{2:02}", "[00:0{1}:{2:02}]", "{0}:"])
def test_who_speaks_is_no_running_head(label: str) -> None:
    turns = [
        f"{label.format(('Anna Berg', 'Bo Ek')[n % 2], n // 12, n * 5 % 60)}\nWe told them {'x' * (n + 1)}."
        for n in range(60)
    ]
    pages = ["\n\n".join(turns[at : at + 7]) for at in range(0, 60, 7)]
    found = text_of(*pages)
    assert sum(found.count(turn.partition("\n")[0]) for turn in set(turns)) >= 60


def test_pages_that_say_the_same_are_not_taken_for_heads_alone() -> None:
    assert text_of(*["It rained."] * 3) == "\n\n".join(["It rained."] * 3)


def test_a_year_alone_on_a_line_is_no_page_number() -> None:
    assert text_of("When was it?\n\n1974", "And then?\n\n1980") == "When was it?\n\n1974\n\nAnd then?\n\n1980"


@pytest.mark.parametrize("foot", ["Page {}", "{}", "Anna Berg {}", "{} Voss"])
def test_speech_with_the_number_of_its_page_is_kept(foot: str) -> None:
    pages = [[f"{FULL} {town}"] * 3 for town in ("Oslo", "Vik", "Bodo", "Moss", "Voss")]
    pages[1][-1] = "harbour. I was there, and glad of it, from Monday to Friday until 2"
    pages[2][0] = "3 brothers of mine were fishermen as well, and one of them sank"
    found = text_of(*("\n".join([*lines, "", foot.format(at)]) for at, lines in enumerate(pages, 1)))
    assert found.split() == [word for lines in pages for line in lines for word in line.split()]


def test_a_number_that_is_an_answer_is_no_page_number() -> None:
    pages = ["I was born in Bergen.", "We left.", "How many were you?\n\n3"]
    assert text_of(*pages) == "\n\n".join(pages)


def numbered(lines: Sequence[str]) -> str:
    return "\n".join(f"{at:>2}  {line}" for at, line in enumerate(lines, 1))


TURNS = [f"{'QA'[n % 2]}. {'From 3 to' if n % 4 else 'We saw'} {chr(97 + n % 26) * (n // 26 + 1)}." for n in range(175)]


@pytest.mark.parametrize(
    ("size", "frame"),
    [
        (4, "{}"),
        (4, "{1}\n{0}"),
        (25, "{}"),
        (25, "{1}\n{0}"),
        (25, "{0}\n{1}"),
        (25, "{1}\n\n{0}\n\n{1}"),
        (25, "Page {1}\n{0}\n\nBerg v. Voss"),
    ],
)
@pytest.mark.parametrize("pages", range(3, 8))
def test_line_numbers_are_left_out_and_their_lines_kept(size: int, frame: str, pages: int) -> None:
    said = [TURNS[at : at + size] for at in range(0, pages * size, size)]
    found = text_of(*(frame.format(numbered(lines), at) for at, lines in enumerate(said, 1)))
    assert found == "\n\n".join(TURNS[: pages * size])


def test_a_cover_an_empty_line_and_a_short_last_page_leave_the_line_numbers_told() -> None:
    said = [[*TURNS[:12], "", *TURNS[12:24]], TURNS[24:49], TURNS[49:51]]
    found = text_of("This is a copy.", *(f"{at}\n{numbered(lines)}" for at, lines in enumerate(said, 2)))
    assert found == "\n\n".join(["This is a copy.", *TURNS[:51]])


def test_line_numbers_do_not_hide_who_speaks() -> None:
    pages = [numbered(TURNS[at : at + 25]) for at in range(0, 75, 25)]
    content = read_data(Path("talk.pdf"), write_pdf(*pages))
    assert [mark.speaker for mark in content.marks] == ["Q", "A"] * 37 + ["Q"]
    assert content.text.startswith(TURNS[0][3:] + "\n\n" + TURNS[1][3:])


def placed(*pages: Sequence[tuple[int, float, str]]) -> bytes:
    """A PDF with words at places: how far from the left, how many lines down, and what."""
    shown = (
        b"\n".join(b"BT /F1 11 Tf %d %g Td (%s) Tj ET" % (x, 740 - 14 * y, t.encode()) for x, y, t in p) for p in pages
    )
    return write_pdf(*("" for _ in pages), contents=list(shown))


WRAPPED = [f"{'We' if n % 5 == 0 else 'and'} {chr(97 + n % 26) * 55} {n}{'.' if n % 5 == 4 else ''}" for n in range(75)]


@pytest.mark.parametrize("frame", ["{}", "{1}\n{0}", "Berg v. Voss\n\n{0}\n\nPage {1}"])
@pytest.mark.parametrize("lines", [TURNS[:75], WRAPPED])
@pytest.mark.parametrize("first", [1, 301])
def test_line_numbers_that_go_on_over_the_pages_are_left_out(lines: list[str], frame: str, first: int) -> None:
    said = [f"{at:>3} {line}" for at, line in enumerate(lines, first)]
    pages = [frame.format("\n".join(said[at : at + 25]), at // 25 + 1) for at in range(0, 75, 25)]
    assert text_of(*pages).split() == " ".join(lines).split()


@pytest.mark.parametrize("step", [5, 10])
@pytest.mark.parametrize("goes_on", [False, True])
@pytest.mark.parametrize("frame", ["{}", "{1}\n{0}", "Berg v. Voss\n\n{0}\n\nPage {1}"])
@pytest.mark.parametrize("lines", [TURNS[:63], WRAPPED[:63], ["", *WRAPPED[:23], "", *WRAPPED[23:61]]])
def test_numbers_at_each_fifth_line_are_left_out(lines: list[str], frame: str, goes_on: bool, step: int) -> None:
    pages = []
    for page in range(0, 63, 25):
        numbers = [at + (page if goes_on else 0) for at in range(1, 26)]
        said = zip(numbers, lines[page : page + 25], strict=False)
        shown = "\n".join(f"{n:>2} {line}" if n % step == 0 else f"     {line}" for n, line in said)
        pages.append(frame.format(shown, page // 25 + 1))
    assert text_of(*pages).split() == " ".join(lines).split()


@pytest.mark.parametrize("step", [1, 5])
@pytest.mark.parametrize("is_first", [True, False])
def test_line_numbers_may_be_drawn_apart_from_their_lines(step: int, is_first: bool) -> None:
    pages = []
    for page in range(0, 75, 25):
        text = [(72, at, line) for at, line in enumerate(WRAPPED[page : page + 25])]
        numbers = [(40, at + 0.1, str(at + 1)) for at in range(25) if (at + 1) % step == 0]
        pages.append(numbers + text if is_first else text + numbers)
    assert read_pdf(placed(*pages)).text.split() == " ".join(WRAPPED).split()


def test_what_is_said_may_begin_with_a_number_beside_those_of_the_lines() -> None:
    lines = [
        *WRAPPED[:5],
        "5 of us went, and",
        "1968 was the year.",
        *WRAPPED[5:13],
        "15 boats sank",
        "25",
        *WRAPPED[13:23],
    ]
    pages = ["\n".join(f"{n:>2} {line}" if n % 5 == 0 else line for n, line in enumerate(lines, 1))] * 2
    assert text_of(*pages).split() == " ".join(lines * 2).split()


@pytest.mark.parametrize(
    "pages",
    [
        ["1. Bread\n2. Milk\n3. Fish\n4. Salt\n5. Oil"] * 2,  # marked as a list
        ["1 boat sank.\n2 came back.", "1 house burnt.\n2 stood."],  # too few
        ["1 boat sank.\n2 came back.\n3 stayed.\n4 left.\n5 sang."],  # on one page
        ["1 boat\n2 nets\n3 oars\n4 men", "5 boys\n6 dogs\n7 cats\n8 hens"],  # they go on
        ["\n".join(f"{n} What of {chr(96 + n % 26) * 50}?" for n in range(at, at + 20)) for at in (1, 21, 41)],
        ["\n".join(f"{n} {chr(97 + n % 26) * 20}" for n in range(at, at + 20)) for at in (1, 21, 41)],
        ["\n".join(f"{n}. What of {chr(97 + n % 26) * 60}\nand b?" for n in range(at, at + 9)) for at in (1, 10)],
        [
            "\n".join(f"{n} What of it?\n{FULL} it\nand {FULL}\n{FULL} it.\nYes." for n in range(at, at + 5))
            for at in (1, 6)
        ],
        [f"{FULL}.\n1968 was cold.\n{FULL} it.\n1969 was not.\n{FULL}.\n1970 was warm.\n{FULL}."] * 3,
        [f"5 boats came.\n{FULL}.\n10 left.\n{FULL}.\n{FULL}.\n15 sank.\n{FULL}.\n20 stayed.\n{FULL}"] * 2,
        ["\n".join([f"{n} was the year.\n{FULL}" for n in range(1990, 1999)])],
        [f"{FULL}\n{FULL} it.\n1 boat\n2 nets\n3 oars\n4 men\n5 boys\n{FULL}."] * 2,  # among other text
    ],
)
def test_lists_keep_their_numbers(pages: list[str]) -> None:
    assert text_of(*pages).split() == " ".join(pages).split()


def test_text_that_is_turned_is_read_like_any_other() -> None:
    turned = b"BT /F1 11 Tf 0 1 -1 0 100 72 Tm (We sold the) Tj ET BT /F1 11 Tf 0 1 -1 0 114 72 Tm (boat.) Tj ET"
    assert read_pdf(write_pdf("", content=turned)).text == "We sold the boat."


def drawn(content: str) -> str:
    """The text of a PDF with this on its one page, in Helvetica of size 10."""
    return read_pdf(write_pdf("", contents=[f"/F1 10 Tf BT 72 700 Td {content} ET".encode()])).text


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("3 Tw (We left be) Tj 51.02 0 Td 0 Tw (fore.) Tj", "We left before."),
        ("3 Tw [(We le) 20 (ft be)] TJ 50.82 0 Td 0 Tw (fore.) Tj", "We left before."),
        ("-1.5 Tw (We left be) Tj 43.62 0 Td 0 Tw (fore it.) Tj", "We left be fore it."),
        ("3 Tw 14 TL (We) Tj (left be) ' 30.24 0 Td 0 Tw (fore.) Tj", "We left before."),
        ('14 TL (We) Tj 3 0 (left be) " 30.24 0 Td 0 Tw (fore.) Tj', "We left before."),
        ("ET 3 Tw q 0 Tw Q BT 72 700 Td (We left be) Tj 51.02 0 Td 0 Tw (fore.) Tj", "We left before."),
        ("1.2 Tw (He brok) Tj 36.21 0 Td 4 Tc (eh) Tj 15.12 0 Td 0 Tc (is arm.) Tj", "He broke his arm."),
        ("(I must say) Tj 45.57 0 Td 3 Tc [(.M) 300 (yu)] TJ 27.67 0 Td 0 Tc (ncle.) Tj", "I must say. My uncle."),
        ("(I hav) Tj 21.68 0 Td 3 Tc (eas) Tj 22.12 0 Td 0 Tc (hip.) Tj", "I have a ship."),
        ("(He g) Tj 21.12 0 Td -2.25 Tw -.2 Tc (av e) Tj 15.85 0 Td 0 Tw 0 Tc ( me two.) Tj", "He gave me two."),
    ],
)
def test_spacing_neither_breaks_words_nor_joins_them(content: str, text: str) -> None:
    assert drawn(content) == text


@pytest.mark.parametrize(
    "shown", ["(NOTES) Tj", "(N) Tj 10.22 0 Td (OTES) Tj", "[(NO) 20 (TES)] TJ", "(NO) Tj (TES) Tj"]
)
def test_a_word_that_is_spaced_out_stays_one(shown: str) -> None:
    assert drawn(f"3 Tc {shown}") == "NOTES"


OPERATIONS = ["3 Tw", "-9 Tc", "4 Tc", "[] Tw", "(a) Tc", "/F1 0 Tf", "/F2 -3 Tf", "/F1 [] Tf"]
OPERATIONS += ["[/N 3 (a)] TJ", "[3 3] TJ", "() Tj", "3 Tj", "( ) Tj", '1 (a) "']
OPERATIONS += "q Q Tw Tc Tf Tj TJ ' \" T* BT ET".split()


@given(st.lists(st.sampled_from(OPERATIONS), max_size=9))
def test_no_operation_takes_what_is_shown(operations: list[str]) -> None:
    assert "Bergen" in drawn(f"{' '.join(operations)} ET BT /F1 10 Tf (Bergen) Tj")


def test_a_file_that_only_its_owner_may_change_is_read() -> None:
    assert read_pdf(encrypt(write_pdf("I was born."), "", "secret")).text == "I was born."


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is no PDF"),
        (b"I was born in Bergen.", "is no PDF"),
        (b"PK\x03\x04" + bytes(2000), "is no PDF"),
        (b"%PDF-1.4\n", "damaged"),
        (write_pdf("I was born.")[:-60], "damaged"),
        (write_pdf("I was born.").replace(b"/Kids", b"/Dogs"), "damaged"),
        (write_pdf(), "damaged"),
        (encrypt(write_pdf("I was born."), "secret", "secret"), "password"),
        (write_pdf("", content=b"q 595 0 0 842 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x00 EI Q"), "scan"),
        (write_pdf("", packed=zlib.compress(bytes(pdf.MAX_UNPACKED + 1))), "at once"),
    ],
)
def test_what_cannot_be_read_has_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=reason) as caught:
        read_pdf(data)
    assert str(caught.value).startswith("This ")
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize(
    ("texts", "pictures", "missing"),
    [
        (["I was born.", "", "We left."], {2}, "Page 2 is a picture, perhaps a scan, and cannot be searched."),
        (["I was born.", "", "", "", "We left.", ""], {2, 3, 4, 6}, "Pages 2–4 and 6 are pictures, perhaps scans, and"),
        (["I was born.", "", "We left."], set(), ""),  # an empty page is none
        (["I was born.", "We left."], {2}, ""),  # nor is a page with a picture beside its text
    ],
)
def test_pages_that_are_pictures_are_said_to_be_missing(texts: list[str], pictures: set[int], missing: str) -> None:
    found = read_pdf(write_pdf(*texts, pictures=pictures))
    assert found.text == "\n\n".join(filter(None, texts))
    assert found.missing.startswith(missing)
    assert bool(found.missing) == bool(missing)


@pytest.mark.parametrize(("limit", "value"), [("MAX_PAGES", 2), ("MAX_CHARACTERS", 10), ("MAX_SECONDS", 0.0)])
def test_the_limits_hold(monkeypatch: pytest.MonkeyPatch, limit: str, value: float) -> None:
    data = write_pdf(*["I was born."] * 3)
    assert read_pdf(data).text
    monkeypatch.setattr(pdf, limit, value)
    with pytest.raises(ValueError, match="more than can be read at once"):
        read_pdf(data)


def test_nothing_is_logged_and_the_log_is_left_as_it_was(caplog: pytest.LogCaptureFixture) -> None:
    data = write_pdf("I was born.").replace(b"startxref\n", b"startxref\n1")
    level = logging.getLogger("pypdf").level
    with suppress(ValueError):
        read_pdf(data)
    assert caplog.records == []
    assert logging.getLogger("pypdf").level == level


def test_a_bomb_takes_neither_time_nor_memory() -> None:
    line = b"BT /F1 11 Tf 72 700 Td (" + b"a" * 100 + b") Tj ET\n"
    data = write_pdf(*[""] * 40, packed=zlib.compress(line * 200_000))
    tracemalloc.start()
    began = time.monotonic()
    with pytest.raises(ValueError, match="at once"):
        read_pdf(data)
    assert time.monotonic() - began < 20
    assert tracemalloc.get_traced_memory()[1] < 500_000_000
    tracemalloc.stop()


SAMPLE = write_pdf("Anna: I was born in Bergen.\n\nWe left the inter-\nview.", "Page 2\n(The end)")


@given(
    edits=st.lists(st.tuples(st.integers(0, len(SAMPLE) - 1), st.binary(max_size=3)), max_size=6),
    cut=st.none() | st.integers(0, len(SAMPLE)),
)
def test_no_damage_raises_anything_but_a_reason(edits: list[tuple[int, bytes]], cut: int | None) -> None:
    data = bytearray(SAMPLE)
    for at, piece in edits:
        data[at : at + len(piece)] = piece
    with suppress(ValueError):
        pages = read_pdf(bytes(data[:cut]))
        assert all(0 <= at < len(pages.text) for at, _ in pages.starts)
        assert "\0" not in pages.text
