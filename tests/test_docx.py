from __future__ import annotations

import re
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st

from qa.formats import read_data
from qa.formats.content import Content
from qa.formats.docx import MAX_TAGS, MAX_UNPACKED, read_docx
from qa.formats.docx_table import read_table

LONG = "I was born there, in the house by the sea where my mother lived."
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def save(document: Document) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def with_paragraphs(*texts: str) -> bytes:
    document = docx.Document()
    for text in texts:
        document.add_paragraph(text)
    return save(document)


def with_table(*rows: tuple[str, ...]) -> bytes:
    document = docx.Document()
    table = document.add_table(len(rows), len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    return save(document)


def with_xml(body: str) -> bytes:
    """A document whose body is this, where `w:` is the namespace of Word."""
    document = docx.Document()
    root = parse_xml(f"<w:body {nsdecls('w', 'wp', 'a')} xmlns:mc='urn:mc'>{body}</w:body>")
    document.element.replace(document.element.body, root)
    return save(document)


def with_parts(data: bytes, parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The package with these parts in place of its own."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", method) as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name, old.read(name)))
    return out.getvalue()


def run(text: str) -> str:
    return f"<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>"


SAMPLE = with_paragraphs("Anna: I was born in Bergen.", "We left in 1974.")
DOCUMENT = "word/document.xml"
XML = zipfile.ZipFile(BytesIO(SAMPLE)).read(DOCUMENT)


def test_paragraphs_are_parted_by_a_blank_line() -> None:
    assert read_docx(SAMPLE) == Content("Anna: I was born in Bergen.\n\nWe left in 1974.")


def test_headings_breaks_and_tabs() -> None:
    document = docx.Document()
    document.add_heading("The Beekeeper of Voss", 0)
    document.add_paragraph("")
    document.add_paragraph("Anna Berg\t0:03\n  I was born – in Bergen. ")
    assert read_docx(save(document)).text == "The Beekeeper of Voss\n\nAnna Berg\t0:03\nI was born – in Bergen."


def test_heads_feet_and_comments_are_left_out() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Archive of Voss"
    document.sections[0].footer.paragraphs[0].text = "page 1"
    paragraph = document.add_paragraph("I was born.")
    document.add_comment(paragraph.runs[0], "Where?")
    assert read_docx(save(document)).text == "I was born."


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        ([("Anna", "I was born."), ("Q:", "Where?")], "Anna: I was born.\n\nQ: Where?"),
        ([("Speaker", "Text"), ("Anna", "I was born.")], "Anna: I was born."),
        ([("00:12:31", "Anna", "I was born.")], "[00:12:31] Anna: I was born."),
        ([("Anna", "[0:31 – 0:40]", "I was born.")], "[0:31] Anna: I was born."),
        ([("Anna\n12:31", "I was born.")], "[12:31] Anna: I was born."),
        ([("Anna", "I was born.", "12:31")], "[12:31] Anna: I was born."),
        ([("1", "Anna", LONG)], f"Anna: {LONG}"),
        ([("Dr. J. Berg", "Yes."), ("", "I was born.")], "Dr. J. Berg: Yes.\n\nI was born."),
        ([("12:31", "Yes.")], "[12:31] Yes."),
        ([("Anna", "Yes.\nNo.")], "Anna: Yes.\nNo."),
        ([("When were you born?", "In 1950.")], "When were you born?\n\nIn 1950."),
        ([("Oslo", "1950", "30 boats"), ("", "", "")], "Oslo | 1950 | 30 boats"),
    ],
)  # fmt: skip
def test_tables_become_lines(rows: list[tuple[str, ...]], text: str) -> None:
    assert read_docx(with_table(*rows)).text == text


def spoken(*rows: tuple[str, ...]) -> list[tuple[str | None, float | None, str]]:
    """Who speaks, when and what, as the marks of a document with this table tell."""
    content = read_data(Path("talk.docx"), with_table(*rows))
    ends = [*(mark.start for mark in content.marks), len(content.text)][1:]
    pieces = [content.text[mark.start : end].strip() for mark, end in zip(content.marks, ends, strict=True)]
    return [(mark.speaker, mark.time, piece) for mark, piece in zip(content.marks, pieces, strict=True)]


NUMBERED = [
    ("1", "Jane Doe", "Where were you born?"),
    ("2", "Anna Berg", "In Bergen."),
    ("3", "Jane Doe", "When did you leave?"),
    ("4", "Anna Berg", LONG),
    ("5", "Jane Doe", "And then?"),
    ("6", "Anna Berg", "Then we sold the boat."),
]
NOTED = [
    ("00:05", "Jane", "Where were you born?", ""),
    ("00:10", "Anna", "I was born in Bergen.", "laughs"),
    ("00:15", "Jane", "When did you leave?", "(coughs)"),
    ("00:20", "Anna", "In 1974.", ""),
]


@pytest.mark.parametrize("rows", [NUMBERED, [row for row in NUMBERED if row[2] != LONG]])
@pytest.mark.parametrize("head", [[], [("No.", "Speaker", "Text")]])
def test_numbered_rows_are_labelled_however_short(head: list[tuple[str, ...]], rows: list[tuple[str, ...]]) -> None:
    assert spoken(*head, *rows) == [(name, None, text) for _, name, text in rows]


def test_notes_stand_in_brackets_after_the_speech() -> None:
    assert spoken(("Time", "Speaker", "Text", "Notes"), *NOTED) == [
        ("Jane", 5, "Where were you born?"),
        ("Anna", 10, "I was born in Bergen. [laughs]"),
        ("Jane", 15, "When did you leave? (coughs)"),
        ("Anna", 20, "In 1974."),
    ]


@pytest.mark.parametrize("head", [[], [("Time", "Speaker", "Text", "Topic")]])
def test_other_columns_follow_the_speech(head: list[tuple[str, ...]]) -> None:
    assert spoken(*head, *NOTED)[1] == ("Anna", 10, "I was born in Bergen.\n\nlaughs")


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        ([("Speaker", "Content", "Notes"), ("Anna", "I was born.", "loud"), ("Bo", "Where?", "")],
         "Anna: I was born. [loud]\n\nBo: Where?"),
        ([("Speaker", "Quote", "Comments"), ("Anna", "I was born.", "loud"), ("Bo", "Where?", "")],
         "Anna: I was born. [loud]\n\nBo: Where?"),
        ([("Text (English)", "Speaker:", "Start time", "Mood"), ("I was born", "Anna", "0:31", "calm")],
         "[0:31] Anna: I was born\n\ncalm"),
        ([("Time", "Text", "Topic"), ("0:31", "I was born.", "Home")], "[0:31] I was born.\n\nHome"),
        ([("", "Talk", ""), ("No.", "Speaker", "Text"), ("1", "Anna", "Yes"), ("No.", "Speaker", "Text")],
         "Talk\n\nAnna: Yes"),
        ([("ID", "Speaker", "Text"), ("L1", "Anna", "Yes."), ("L2", "", "I was born."), ("L3", "", "")],
         "Anna: Yes.\n\nI was born."),
        ([("No.", "Speaker", "Text"), ("Part two", "", ""), ("", "Part three", ""), ("1", "Anna", "Yes.")],
         "Part two\n\nPart three\n\nAnna: Yes."),
        ([("Time", "Speaker", "Text"), ("n/a", "Anna", "Yes."), ("0:31", "(They laugh.)", "No.")],
         "n/a\n\nAnna: Yes.\n\n[0:31] (They laugh.)\n\nNo."),
        ([("No.", "Speaker", "Text", "Notes"), ("1", "Anna", "", "nods"), ("2", "Bo\n0:31", "Yes.\nNo.", "loud,\nsad")],
         "Anna: [nods]\n\n[0:31] Bo: Yes.\nNo. [loud, sad]"),
        ([("Nr", "Hvem", "Tekst"), ("1", "Anna", "Ja."), ("2", "Bo", "Nei."), ("3", "Anna", "Nei.")],
         "Nr | Hvem | Tekst\n\nAnna: Ja.\n\nBo: Nei.\n\nAnna: Nei."),
        ([("1", "Q", "Where?"), ("2", "A", "In Bergen.")], "Q: Where?\n\nA: In Bergen."),
        ([("Anna", "Født i Bergen.", "Born in Bergen, Norway."), ("Anna", "Ja.", "Yes, I was.")],
         "Anna: Born in Bergen, Norway.\n\nFødt i Bergen.\n\nAnna: Yes, I was.\n\nJa."),
    ],
)  # fmt: skip
def test_columns_are_decided_for_the_whole_table(rows: list[tuple[str, ...]], text: str) -> None:
    assert read_docx(with_table(*rows)).text == text


@pytest.mark.parametrize(
    "rows",
    [
        [("Town", "Year", "Boats"), ("Oslo", "1950", "30"), ("Oslo", "1960", "40"), ("Voss", "1950", "2")],
        [("1", "Oslo", "30 boats"), ("2", "Oslo", "40 boats"), ("3", "Voss", "no boats")],
        [("Name", "Age", "Notes"), ("Anna", "45", "likes boats"), ("Bo", "50", "sings")],
        [("Anna Berg", "Captain", "Sailed to Oslo."), ("Bo Ek", "Cook", "Sang."), ("Jan Li", "Captain", "Slept.")],
        [("Rank", "Name", "Land", "Time"), ("1", "Anna", "Norway", "best"), ("2", "Bo", "Norway", "good")],
        [("Name", "Content", "Size"), ("Box A", "Letters of 1950", "3"), ("Box B", "Photos of Voss", "1")],
        [("Time", "Speaker", "Title", "Room"), ("noon", "Anna", "Boats of Voss", "2"), ("late", "Bo", "Bees", "3")],
    ],
)  # fmt: skip
def test_data_stay_rows(rows: list[tuple[str, ...]]) -> None:
    assert read_docx(with_table(*rows)).text == "\n\n".join(" | ".join(row) for row in rows)


CELLS = st.sampled_from(["", "7", "0:31", "Anna", "Jane Doe", "Part two", "Yes.", "In Bergen", LONG, "Bo\n0:31", "n/a"])


@given(
    head=st.sampled_from([(), ("No.", "Time", "Speaker", "Text", "Notes"), ("Who", "Notes", "Text", "Mood", "Name")]),
    rows=st.lists(st.tuples(*[CELLS] * 5), min_size=1, max_size=6),
)
def test_no_word_of_a_table_is_lost(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    lines = list(read_table([head, *rows] if head else rows))
    words = re.compile(r"[^\W\d_]+")
    for row, line in zip(rows, lines[-len(rows) :], strict=True):
        assert sorted(words.findall(line)) == sorted(words.findall(" ".join(row)))


def test_tables_stand_where_they_stand_and_merged_cells_are_told_once() -> None:
    document = docx.Document()
    document.add_paragraph("Before.")
    table = document.add_table(2, 3)
    table.cell(0, 0).merge(table.cell(0, 2)).text = "Part one of the talk"
    table.cell(1, 0).text = "Anna"
    table.cell(1, 1).merge(table.cell(1, 2)).text = "I was born."
    inner = table.cell(1, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "Bo", "Where?"
    document.add_paragraph("After.")
    text = "Before.\n\nPart one of the talk\n\nAnna: I was born.\n\nBo: Where?\n\nAfter."
    assert read_docx(save(document)).text == text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (f"<w:p>{run('I ')}<w:ins>{run('was ')}</w:ins><w:del><w:r><w:delText>is</w:delText></w:r></w:del></w:p>",
         "I was"),
        (f"<w:p>{run('I ')}<w:moveTo>{run('was')}</w:moveTo></w:p><w:p><w:moveFrom>{run('was')}</w:moveFrom></w:p>",
         "I was"),
        (f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('I was ')}</w:p><w:p>{run('here')}</w:p>", "I was here"),
        (f"<w:p>{run('at ')}<w:hyperlink>{run('home')}</w:hyperlink></w:p>", "at home"),
        (f"<w:p><w:smartTag><w:sdt><w:sdtContent>{run('home')}</w:sdtContent></w:sdt></w:smartTag></w:p>", "home"),
        (f"<w:sdt><w:sdtContent><w:p>{run('one')}</w:p><w:p>{run('two')}</w:p></w:sdtContent></w:sdt>", "one\n\ntwo"),
        ("<w:p><w:r><w:t>to</w:t><w:noBreakHyphen/><w:t>day</w:t><w:cr/><w:t>now</w:t></w:r></w:p>", "to-day\nnow"),
        ("<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>home</w:t></w:r></w:p>", "home"),
        (f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>not</w:t></w:r>{run('home')}</w:p>", "home"),
        (f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p>{run('not')}</w:p></w:tc></w:tr></w:tbl>", ""),
        (f"<w:p>{run('text')}<w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p>{run('box')}</w:p></w:txbxContent>"
         f"</mc:Choice><mc:Fallback><w:txbxContent><w:p>{run('box')}</w:p></w:txbxContent></mc:Fallback>"
         "</mc:AlternateContent></w:r></w:p>", "text\n\nbox"),
        ("<w:p><w:r><w:ruby><w:rt><w:r><w:t>kan</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>漢</w:t></w:r></w:rubyBase>"
         "</w:ruby></w:r></w:p>", "漢"),
        ("<!-- note --><w:p><w:r><!-- note --><w:t>home</w:t></w:r></w:p><?note?>", "home"),
        ("", ""),
    ],
)  # fmt: skip
def test_what_word_shows_is_read(body: str, text: str) -> None:
    assert read_docx(with_xml(body)).text == text


def test_the_iso_form_of_the_format_is_read() -> None:
    word = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    strict = XML.replace(word, b"http://purl.oclc.org/ooxml/wordprocessingml/main")
    assert read_docx(with_parts(SAMPLE, {DOCUMENT: strict})).text == read_docx(SAMPLE).text


@pytest.mark.parametrize(
    ("title", "known"),
    [
        ("The Beekeeper\nof Voss", "The Beekeeper of Voss"),
        ("Word Document", None),
        ("Document1", None),
        ("Microsoft Word - talk.doc", None),
        (" ", None),
        ("1974", None),
        ("Documents of 1974", "Documents of 1974"),
    ],
)
def test_the_title_is_the_documents_own(title: str, known: str | None) -> None:
    document = docx.Document()
    document.core_properties.title = title
    assert read_docx(save(document)).title == known


def _bomb() -> bytes:
    return with_parts(SAMPLE, {DOCUMENT: XML.replace(b"We left", b"a" * MAX_UNPACKED)})


def _tags() -> bytes:
    return with_parts(SAMPLE, {DOCUMENT: XML.replace(b"<w:body>", b"<w:body>" + b"<a/>" * MAX_TAGS)})


def _liar() -> bytes:
    """A part that says that it holds ten bytes."""
    data = bytearray(_bomb())
    entry = data.rindex(DOCUMENT.encode()) - 46  # in the directory at the end
    data[entry + 24 : entry + 28] = (10).to_bytes(4, "little")
    return bytes(data)


def _entities() -> bytes:
    kinds = "".join(f"<!ENTITY e{n + 1} '{f'&e{n};' * 10}'>" for n in range(9))
    xml = f"<!DOCTYPE a [<!ENTITY e0 'lol'>{kinds}]>".encode() + XML[XML.index(b"<w:document") :]
    return with_parts(SAMPLE, {DOCUMENT: xml.replace(b"We left", b"&e9;")})


def _fetches() -> bytes:
    xml = b"<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/hostname'>]>" + XML[XML.index(b"<w:document") :]
    return with_parts(SAMPLE, {DOCUMENT: xml.replace(b"We left", b"&e;")})


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda: b"", "is no Word document"),
        (lambda: b"I was born.", "is no Word document"),
        (lambda: b"{\\rtf1 I was born.}", "is no Word document"),
        (lambda: b"%PDF-1.4\n", "is no Word document"),
        (lambda: OLE + bytes(600), r"an older kind, \.doc"),
        (lambda: OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "protected with a password"),
        (lambda: SAMPLE[:-30], "damaged"),
        (lambda: SAMPLE[:2000], "damaged"),
        (lambda: with_parts(SAMPLE, {DOCUMENT: XML[:-20]}), "damaged"),
        (lambda: with_parts(SAMPLE, {DOCUMENT: b""}), "damaged"),
        (lambda: with_parts(SAMPLE, {DOCUMENT: b"<workbook/>"}), "is no Word document"),
        (lambda: with_parts(SAMPLE, {"_rels/.rels": b"<a><b Type='x/officeDocument' Target='no'/></a>"}), "no Word"),
        (lambda: with_parts(SAMPLE, {}, zipfile.ZIP_BZIP2), "damaged"),
        (_bomb, "too large once unpacked"),
        (_tags, "too large once unpacked"),
        (_liar, "damaged"),
        (_entities, "damaged"),
        (_fetches, "damaged"),
    ],
)
def test_what_cannot_be_read_has_a_reason(make: Callable[[], bytes], reason: str) -> None:
    data = make()
    tracemalloc.start()
    began = time.monotonic()
    with pytest.raises(ValueError, match=reason) as caught:
        read_docx(data)
    assert time.monotonic() - began < 10
    assert tracemalloc.get_traced_memory()[1] < 4 * MAX_UNPACKED
    tracemalloc.stop()
    assert str(caught.value).startswith("This ")
    assert str(caught.value).endswith(".")


def test_pictures_are_not_unpacked() -> None:
    out = BytesIO(SAMPLE)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/media/image1.bmp", bytes(2 * MAX_UNPACKED))
    assert read_docx(out.getvalue()).text.startswith("Anna")


def test_deep_and_long_documents() -> None:
    assert read_docx(with_paragraphs(*["word " * 100] * 1000)).text.count("word") == 100_000
    nested = "<w:tbl><w:tr><w:tc>" * 60 + f"<w:p>{run('deep')}</w:p>" + "</w:tc></w:tr></w:tbl>" * 60
    assert read_docx(with_xml(nested)).text == "deep"


@given(
    edits=st.lists(st.tuples(st.integers(0, len(SAMPLE) - 1), st.binary(max_size=3)), max_size=6),
    cut=st.none() | st.integers(0, len(SAMPLE)),
)
def test_no_damage_raises_anything_but_a_reason(edits: list[tuple[int, bytes]], cut: int | None) -> None:
    data = bytearray(SAMPLE)
    for at, piece in edits:
        data[at : at + len(piece)] = piece
    with suppress(ValueError):
        assert "\0" not in read_docx(bytes(data[:cut])).text


@given(edits=st.lists(st.tuples(st.integers(0, len(XML) - 1), st.sampled_from(list("<>/&;:'\"aw:pr"))), max_size=4))
def test_no_damaged_xml_raises_anything_but_a_reason(edits: list[tuple[int, str]]) -> None:
    xml = bytearray(XML)
    for at, letter in edits:
        xml[at] = ord(letter)
    with suppress(ValueError):
        read_docx(with_parts(SAMPLE, {DOCUMENT: bytes(xml)}, zipfile.ZIP_STORED))
