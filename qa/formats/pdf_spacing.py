"""The spacing of words and letters in a PDF is written as moves and spaces, by which pypdf tells where a word ends."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, takewhile
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdf import PageObject

_SPACE = 0x20
_SPACES = {"Courier": 600.0, "Helvetica": 278.0, "Arial": 278.0, "Times": 250.0}
"""Widths of the space in the fonts that need not tell them, in thousandths of their size."""
_LEAST = 0.9
_GONE = 0.25
"""The share of a space's width by which two widths may differ and be taken for one."""
_MOST_GAPS = 2
"""Letters with more gaps in a row are a word that is spaced out."""

_Operation = tuple[Any, bytes]
"""Operands, and what is done with them."""
_Pieces = Sequence[bytes | float]
"""What is shown in one go: letters' codes, and moves to the left in thousandths of the letters' size."""


@dataclass(frozen=True, slots=True)
class _State:
    """What holds for the text to come."""

    letters: float = 0.0
    """Tc: what is added after each letter, in units of the text, as is the next."""
    words: float = 0.0
    """Tw: what is added after each space."""
    size: float = 0.0
    space: float | None = None
    """The width of a space, in thousandths of the size; 0 if it is not known, None if there are no spaces."""


def with_moves(page: PageObject, check: Callable[[], object]) -> PageObject:
    """A page that shows the same without word spacing (Tw), and with spaces where letter spacing (Tc) makes one.

    pypdf 7.1 leaves Tw out of the widths of words, and takes what is missing for a space; Ghostscript sets Tc
    for a space between two letters. Forms (XObjects) are left as they are. `check` is called before each operation.
    """
    from pypdf import PageObject
    from pypdf.generic import ArrayObject, ContentStream, NameObject, StreamObject

    contents = page["/Contents"] if "/Contents" in page else None
    if not isinstance(contents, StreamObject | ArrayObject):
        return page
    content = ContentStream(contents, page.pdf, "bytes")
    data = content.get_data()
    if any(operator in data for operator in (b"Tw", b"Tc", b'"')):
        content.operations = list(_moved(content.operations, _spaces(page), check))
    copy = PageObject(page.pdf)
    copy.update(page)
    copy[NameObject("/Contents")] = content
    return copy


def _spaces(page: PageObject) -> dict[str, float | None]:
    """How wide a space is in each font of the page, by the font's name there, as `_State` has it."""
    resources = _resolved(page.get_inherited("/Resources"))
    fonts = _resolved(resources.get("/Font")) if isinstance(resources, Mapping) else None
    return {name: _space(_resolved(font)) for name, font in fonts.items()} if isinstance(fonts, Mapping) else {}


def _space(font: object) -> float | None:
    if not isinstance(font, Mapping) or font.get("/Subtype") == "/Type0":  # whose letters have codes of two bytes
        return None
    widths, first = _resolved(font.get("/Widths")), _resolved(font.get("/FirstChar"))
    if isinstance(widths, list) and isinstance(first, int):
        is_there = 0 <= _SPACE - first < len(widths) and font.get("/Subtype") != "/Type3"
        return _number(_resolved(widths[_SPACE - first])) if is_there else 0.0
    name = str(_resolved(font.get("/BaseFont")))
    return next((width for family, width in _SPACES.items() if family in name), 0.0)


def _resolved(value: Any) -> Any:
    """The object that a reference leads to."""
    return value.get_object() if hasattr(value, "get_object") else value


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _moved(
    operations: Iterable[_Operation], spaces: Mapping[str, float | None], check: Callable[[], object]
) -> Iterator[_Operation]:
    """The operations with the spacing in what is shown."""
    state = _State()
    kept: list[_State] = []
    for operands, operator in operations:
        check()
        first = operands[0] if isinstance(operands, list) and operands else None
        if operator == b"q":
            kept.append(state)
        elif operator == b"Q" and kept:
            state = kept.pop()
        elif operator == b"Tf" and len(operands) > 1:
            state = replace(state, space=spaces.get(first), size=_number(operands[1]))
        elif operator == b"Tc":
            state = replace(state, letters=_number(first))
        if operator == b"Tw":
            state = replace(state, words=_number(first))
        elif operator == b'"' and len(operands) > 2:
            state = replace(state, words=_number(first), letters=_number(operands[1]))
            yield [operands[1]], b"Tc"
            yield [], b"T*"
            yield from _shown(operands[2:], b"Tj", state)
        elif operator == b"'":
            yield [], b"T*"
            yield from _shown(operands, b"Tj", state)
        elif operator in (b"Tj", b"TJ"):
            yield from _shown(operands, operator, state)
        else:
            yield operands, operator


def _shown(operands: Any, operator: bytes, state: _State) -> Iterator[_Operation]:
    """What shows the text with its spacing; the operation itself where it has none."""
    from pypdf.generic import ArrayObject, ByteStringObject, FloatObject

    shown = operands[0] if operands else None
    pieces = shown if isinstance(shown, list) else [shown]
    is_plain = not (state.letters or state.words) or state.space is None or state.size <= 0
    if is_plain or not all(isinstance(piece, bytes | int | float) for piece in pieces):
        yield operands, operator
        return
    scale = 1000 / state.size
    letters, words = state.letters * scale, state.words * scale
    spelled = _with_spaces(pieces, letters, state.space + words, _LEAST * (state.space + min(words, 0))) if state.space else None
    moved = _with_word_spacing(spelled or pieces, words, state.space + words + letters if state.space else None)
    array = ArrayObject([ByteStringObject(p) if isinstance(p, bytes) else FloatObject(p) for p in moved])
    if spelled:
        yield [FloatObject(0)], b"Tc"
    yield [array], b"TJ"
    if spelled:
        yield [FloatObject(state.letters)], b"Tc"


def _with_spaces(pieces: _Pieces, letters: float, space: float, least: float) -> list[bytes | float] | None:
    """The pieces with a space at each gap that is one, and no letter spacing; None where that is spacing indeed.

    >>> _with_spaces([b".M", 300, b"yu"], letters=300, space=310)
    [b'. ', 10, b'M', 0, b'y ', 10, b'u', 0]
    >>> _with_spaces([b"NOTES"], letters=300, space=310)
    """
    if letters < least:
        return None
    lead = list(takewhile(lambda piece: not isinstance(piece, bytes), pieces))
    codes: list[int] = []
    gaps: list[float] = []
    for piece in pieces[len(lead) :]:
        if isinstance(piece, bytes):
            codes += piece
            gaps += [letters] * len(piece)
        elif gaps:
            gaps[-1] -= piece
    gaps[-1:] = [gap - letters for gap in gaps[-1:]]  # what follows is placed by itself
    are_wide = [*(gap >= least for gap in gaps[:-1]), False]
    if max((sum(run) for _, run in groupby(are_wide)), default=0) > _MOST_GAPS:
        return None
    for code, gap, is_wide in zip(codes, gaps, are_wide, strict=False):
        lead += [bytes([code, _SPACE] if is_wide else [code]), (space if is_wide else 0) - gap]
    return lead


def _with_word_spacing(pieces: _Pieces, words: float, space: float | None) -> Iterator[bytes | float]:
    """The pieces with a move after each space; a space that is as good as gone is left out.

    >>> list(_with_word_spacing([b"a b", 20, b"c"], words=100, space=350))
    [b'a ', -100, b'b', 20, b'c']
    >>> list(_with_word_spacing([b"ga ve"], words=-240, space=10))
    [b'ga', -10, b've']
    """
    is_gone = space is not None and space <= -_GONE * words
    for piece in pieces:
        if not isinstance(piece, bytes):
            yield piece
            continue
        *parts, last = piece.split(b" ")
        for part in parts:
            yield part if is_gone else part + b" "
            yield -space if is_gone and space is not None else -words
        yield last
