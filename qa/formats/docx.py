"""What a Word document shows: its paragraphs and tables in their order, without heads, notes and what was deleted."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from qa.formats.content import Content
from qa.formats.docx_table import read_table
from qa.formats.label_lines import name_line

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

MAX_UNPACKED = 40_000_000
"""Bytes of one part; the text of a book takes a few million."""
MAX_TAGS = 1_000_000
"""In memory, a tag takes some 200 bytes, however short it is in the file."""

_NO_DOCUMENT = (
    "This file ends in .docx but is no Word document. Open it in the program that wrote it and save it as .docx."
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_BREAKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_UNSHOWN = frozenset(["del", "moveFrom", "pPr", "rPr", "sdtPr", "rt", "instrText"])  # rt: what stands above a sign
_PARTS_OF_TABLES = frozenset(["tbl", "tr", "tc"])
_DEFAULT_TITLE = re.compile(r"(?:word[- ]?|microsoft word\b.*|untitled|title)?\s*(?:document|dokument)?\s*\d*", re.I)
_LONGEST_TITLE = 300


def read_docx(data: bytes, *, plain: bool = False) -> Content:
    r"""The text that the document shows, with a blank line after each paragraph and its own title.

    Names that bold type alone sets apart from what is said are set in stars, as in Markdown, unless it is to be
    `plain`. A row of a table that holds who speaks, when and what becomes `[00:12:31] Anna: I was born there.`

    Raises ValueError, with sentences that say what is wrong and what to do, where `data` is no such document,
    is protected, damaged, or too large once unpacked.
    """
    if data.startswith(_OLE):
        if _OLE_PACKAGE in data:
            raise ValueError("This document is protected with a password. Open it in Word and save it without one.")
        raise ValueError("This is a document of an older kind, .doc. Open it in Word and save it as .docx.")
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            parts = _main_parts(package)
            body = _parse(package, parts.get("officeDocument", "word/document.xml"))
            title = _title(package, parts.get("core-properties", ""))
        is_document = body is not None and _name(body) == "document"
        names = frozenset[str]() if plain or body is None else _bold_names(body)
        text = "\n\n".join(_blocks(body, names)) if body is not None and is_document else ""
    except _TooLargeError as e:
        raise ValueError("This document is too large once unpacked. Split it into several files.") from e
    except Exception as e:  # what a damaged archive or XML raises is of a dozen kinds
        if not data.startswith(b"PK"):
            raise ValueError(_NO_DOCUMENT) from e
        raise ValueError("This document is damaged. Open it in Word and save it anew.") from e
    if not is_document:
        raise ValueError(_NO_DOCUMENT)
    return Content(text, title=title)


class _TooLargeError(Exception):
    """A part of the document is larger than it may be."""


def _main_parts(package: zipfile.ZipFile) -> dict[str, str]:
    """Where the document itself and its properties lie in the package, by the last word of their type."""
    relations = _parse(package, "_rels/.rels")
    if relations is None:
        return {}
    return {r.get("Type", "").rpartition("/")[2]: r.get("Target", "").lstrip("/") for r in relations}


def _parse(package: zipfile.ZipFile, name: str) -> BaseOxmlElement | None:
    """The XML in a part of the package, or None where there is no such part.

    Parts are read by themselves, and not by python-docx, which unpacks all of them, pictures too, of any size.
    """
    from docx.oxml import parse_xml  # imported here, as its 100 ms are of use to these files only

    if name not in package.namelist():
        return None
    part = package.getinfo(name)
    if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):  # others unpack without a bound
        raise ValueError(part.compress_type)
    with package.open(part) as file:
        xml = file.read(MAX_UNPACKED + 1)  # and not as much as the file says that it holds
    if len(xml) > MAX_UNPACKED or xml.count(b"<") > MAX_TAGS:
        raise _TooLargeError
    root = parse_xml(xml)  # resolves no entity and fetches nothing
    if root.getroottree().docinfo.doctype:
        raise ValueError("the format knows no document type")
    return root


def _title(package: zipfile.ZipFile, name: str) -> str | None:
    """The title among the document's properties, unless it is one that a program gave."""
    properties = _parse(package, name)
    titles = [p.text or "" for p in (() if properties is None else properties) if _name(p) == "title"]
    title = " ".join(titles[0].split()) if titles else ""
    return None if len(title) > _LONGEST_TITLE or _DEFAULT_TITLE.fullmatch(title) else title


def _name(element: BaseOxmlElement) -> str:
    """The element's name without its namespace, of which there are two: of Word, and of the ISO standard."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _shown(parent: BaseOxmlElement) -> Iterator[tuple[str, BaseOxmlElement]]:
    """The children, with their names, that belong to the text; of alternatives the first."""
    children = [(_name(child), child) for child in parent]
    if _name(parent) == "AlternateContent":
        children = children[:1]
    yield from ((name, child) for name, child in children if name not in _UNSHOWN)


def _find(parent: BaseOxmlElement, wanted: str) -> Iterator[BaseOxmlElement]:
    """The rows of a table or the cells of a row, also where they stand in a content control."""
    for name, child in _shown(parent):
        if name == wanted:
            yield child
        elif name not in _PARTS_OF_TABLES and name != "p":
            yield from _find(child, wanted)


def _has(element: BaseOxmlElement, *path: str) -> bool:
    """Whether the element has a child of the first name that has one of the second, and so on."""
    if not path:
        return True
    return any(_name(child) == path[0] and _has(child, *path[1:]) for child in element)


def _bold_names(body: BaseOxmlElement) -> frozenset[str]:
    """The names in bold type at the front of paragraphs, if two or more come again and again; else none."""
    counts = Counter(front for p in body.iter() if _name(p) == "p" and (front := _bold_front(p)))
    names = frozenset(front for front, count in counts.items() if count > 1)
    return names if len(names) > 1 else frozenset()


def _bold_front(paragraph: BaseOxmlElement) -> str:
    """The name in bold type that a paragraph begins with, where something else follows it; else nothing."""
    front = ""
    for kind, run in _shown(paragraph):
        text = "".join(_inline(run, [])) if kind == "r" else ""
        if text.strip() and not _is_bold(run):
            is_apart = front.endswith((" ", "\t")) or text[0].isspace()
            name = front.strip()
            return name if is_apart and not text.lstrip().startswith((":", "(", "[")) and name_line(name) else ""
        front += text
    return ""


def _is_bold(run: BaseOxmlElement) -> bool:
    marks = [mark for part in run if _name(part) == "rPr" for mark in part if _name(mark) == "b"]
    return bool(marks) and next(iter(marks[-1].attrib.values()), "1") not in ("0", "false", "off")


def _blocks(parent: BaseOxmlElement, names: frozenset[str] = frozenset()) -> Iterator[str]:
    """The text of each paragraph and row of a table; what stands in a box follows its paragraph.

    Of paragraphs that begin with one of the `names` in bold type, that is set in stars.
    """
    held = ""
    for name, child in _shown(parent):
        if name == "p":
            boxes: list[BaseOxmlElement] = []
            text = "".join(_inline(child, boxes))
            front = _bold_front(child) if names else ""
            is_set_off = front in names and text.lstrip().startswith(front)
            held += f"**{front}** {text.lstrip()[len(front) :].lstrip()}" if is_set_off else text
            if not _has(child, "pPr", "rPr", "del"):  # else its end is deleted, and it goes on in the next
                yield from _tidy(held)
                held = ""
            for box in boxes:
                yield from _blocks(box, names)
        else:
            yield from _tidy(held)
            held = ""
            yield from _table(child) if name == "tbl" else _blocks(child, names)
    yield from _tidy(held)


def _inline(parent: BaseOxmlElement, boxes: list[BaseOxmlElement]) -> Iterator[str]:
    """The pieces of text of a paragraph; the text boxes in it are put aside."""
    for name, child in _shown(parent):
        if name == "t":
            yield child.text or ""
        elif name in _BREAKS:
            yield _BREAKS[name]
        elif name == "txbxContent":
            boxes.append(child)
        elif not (name == "r" and _has(child, "rPr", "vanish")):
            yield from _inline(child, boxes)


def _tidy(text: str) -> Iterator[str]:
    """The text without white space around its lines, unless nothing is left."""
    lines = [line.strip() for line in text.replace("\r", "\n").split("\n")]
    if any(lines):
        yield "\n".join(lines).strip("\n")


def _table(table: BaseOxmlElement) -> Iterator[str]:
    """A text for each row that has one."""
    rows = [row for row in _find(table, "tr") if not _has(row, "trPr", "del")]
    for text in read_table([["\n\n".join(_blocks(cell)) for cell in _find(row, "tc")] for row in rows]):
        yield from _tidy(text)
