"""The spacing of words and letters in a PDF is written as moves, by which pypdf tells where a word ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, takewhile
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdf import PageObject

_SPACE = 0x20
"""Its code, to which word spacing belongs."""
_SPACES = {"Courier": 600.0, "Helvetica": 278.0, "Arial": 278.0, "Times": 250.0}
"""Widths of the space in the fonts that need not tell them, in thousandths of their size."""
_LEAST = 0.9
"""The share of a space's width from which on the gap between two letters can be one."""
_GONE = 0.25
"""The share of its width up to which a space that is pushed together is none."""
_MOST_GAPS = 2
"""Letters with more gaps in a row are a word that is spaced out."""

_Operation = tuple[Any, bytes]
"""Operands, and what is done with them."""
_Pieces = Sequence[bytes | float]
"""What is shown in one go: codes of letters, and moves to the left in thousandths of the letters' size."""


@dataclass(frozen=True, slots=True)
class _State:
    """What holds for the text to come, in units of the text."""

    letters: float = 0.0
    """Tc: what is added after each letter."""
    words: float = 0.0
    """Tw: what is added after each space."""
    size: float = 0.0
    space: float | None = None
    """The width of a space, in thousandths of the size; 0 if it is not known, None if the font has none."""


@dataclass(frozen=True, slots=True)
class _Spacing:
    """What holds for a text that is shown, in thousandths of its letters' size."""

    letters: float
    words: float
    space: float
    """The width of a space, or 0."""

    @property
    def least(self) -> float:
        """The narrowest gap that can be a space."""
        return _LEAST * max(self.space / 2, min(self.space, self.space + self.words))

    @property
    def is_gone(self) -> bool:
        """Whether the spaces are moves of nearly no width, as Ghostscript makes them."""
        return self.space > 0 and self.space + self.words + self.letters <= _GONE * self.space


def with_moves(page: PageObject, check: Callable[[], object]) -> PageObject:
    """A page that shows the same with moves for word spacing (Tw), and for letter spacing (Tc) that makes a space.

    pypdf 7.1 leaves Tw out of the widths of words, and takes what is missing for a space; Ghostscript sets Tc
    for a space between two letters. Forms (XObjects) are left as they are. `check` is called before each operation.
    """
    from pypdf import PageObject
    from pypdf.generic import ArrayObject, ContentStream, NameObject, StreamObject

    spaces = _spaces(page)
    contents = _member(page, "/Contents") if spaces else None
    if not isinstance(contents, StreamObject | ArrayObject):
        return page  # text can only be in its forms
    content = ContentStream(contents, page.pdf, "bytes")
    data = content.get_data()
    if any(operator in data for operator in (b"Tw", b"Tc", b'"')):
        content.operations = list(_moved(content.operations, spaces, check))
    copy = PageObject(page.pdf)
    copy.update(page)
    copy[NameObject("/Contents")] = content
    return copy


def _spaces(page: PageObject) -> dict[str, float | None]:
    """How wide a space is in each font of the page, by the font's name there, as `_State` has it."""
    fonts = _member(page.get_inherited("/Resources"), "/Font")
    return {name: _space(fonts[name]) for name in fonts} if isinstance(fonts, Mapping) else {}


def _space(font: object) -> float | None:
    kind, widths, first = (_member(font, name) for name in ("/Subtype", "/Widths", "/FirstChar"))
    if kind is None or kind == "/Type0":  # the codes of its letters have two bytes
        return None
    if isinstance(widths, list) and isinstance(first, int) and kind != "/Type3":
        return _number(widths[_SPACE - first]) if 0 <= _SPACE - first < len(widths) else 0.0
    name = str(_member(font, "/BaseFont"))
    return next((width for family, width in _SPACES.items() if family in name), 0.0)


def _member(of: Any, name: str) -> Any:
    """What a dictionary of the file holds under a name, or None."""
    found = of.get_object() if hasattr(of, "get_object") else of
    return found[name] if isinstance(found, Mapping) and name in found else None


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _moved(
    operations: Sequence[_Operation], spaces: Mapping[str, float | None], check: Callable[[], object]
) -> Iterator[_Operation]:
    """The operations, those that show text with its spacing in it."""
    state = _State()
    kept: list[_State] = []
    alone = _alone(operations)
    for at, (operands, operator) in enumerate(operations):
        check()
        first = operands[0] if isinstance(operands, list) and operands else None
        if operator == b"q":
            kept.append(state)
        elif operator == b"Q" and kept:
            state = kept.pop()
        elif operator == b"Tf" and len(operands) > 1:
            state = replace(state, space=spaces.get(str(first)), size=_number(operands[1]))
        elif operator == b"Tc":
            state = replace(state, letters=_number(first))
        elif operator == b'"' and len(operands) > 2:  # Tw and Tc, and what ' does
            state = replace(state, words=_number(first), letters=_number(operands[1]))
            yield [operands[1]], b"Tc"
            operands, operator = operands[2:], b"'"

        if operator == b"Tw":
            state = replace(state, words=_number(first))
        elif operator in (b"Tj", b"TJ"):
            yield from _shown(operands, operator, state, is_alone=at in alone)
        elif operator == b"'":
            yield [], b"T*"
            yield from _shown(operands, b"Tj", state, is_alone=at in alone)
        else:
            yield operands, operator


def _alone(operations: Sequence[_Operation]) -> set[int]:
    """Where text is shown with a letter spacing of its own; what is spaced out is seldom shown in one go."""
    shown: list[list[int]] = [[]]
    for at, (_, operator) in enumerate(operations):
        if operator in (b"Tc", b"q", b"Q", b'"') and shown[-1]:
            shown.append([])
        if operator in (b"Tj", b"TJ", b"'", b'"'):
            shown[-1].append(at)
    return {places[0] for places in shown if len(places) == 1}


def _shown(operands: Any, operator: bytes, state: _State, *, is_alone: bool) -> Iterator[_Operation]:
    """What shows the text with its spacing in it; the operation itself where it has none."""
    from pypdf.generic import ArrayObject, ByteStringObject, FloatObject

    shown = operands[0] if operands else None
    pieces: list[Any] = shown if isinstance(shown, list) else [shown]
    is_plain = not (state.letters or state.words) or state.space is None or state.size <= 0
    if is_plain or not all(isinstance(piece, bytes | int | float) for piece in pieces):
        yield operands, operator
        return
    scale = 1000 / state.size
    spacing = _Spacing(state.letters * scale, state.words * scale, state.space or 0.0)
    gapped = _with_gaps(pieces, spacing) if is_alone else []
    moved = _with_word_spacing(gapped or pieces, spacing)
    array = ArrayObject([ByteStringObject(p) if isinstance(p, bytes) else FloatObject(p) for p in moved])
    yield from [([FloatObject(0)], b"Tc")] if gapped else []
    yield [array], b"TJ"
    yield from [([FloatObject(state.letters)], b"Tc")] if gapped else []


def _with_gaps(pieces: _Pieces, spacing: _Spacing) -> list[bytes | float]:
    """The pieces with moves for the letter spacing, where some of these are spaces; none where none is.

    >>> _with_gaps([b".M", 300, b"yu"], _Spacing(letters=300, words=50, space=250))
    [b'.', -300, b'M', 0, b'y', -300, b'u', 0]
    >>> _with_gaps([b"NOTES"], _Spacing(letters=300, words=50, space=250))
    []
    """
    if not spacing.space or spacing.letters < spacing.least:
        return []
    lead = [*takewhile(lambda piece: not isinstance(piece, bytes), pieces)]
    codes: list[int] = []
    gaps: list[float] = []
    for piece in pieces[len(lead) :]:
        if isinstance(piece, bytes):
            codes += piece
            gaps += [spacing.letters] * len(piece)
        elif gaps:
            gaps[-1] -= piece
    gaps[-1:] = [gap - spacing.letters for gap in gaps[-1:]]  # what follows is placed by itself
    in_a_row = max(sum(run) for _, run in groupby([False, *(gap >= spacing.least for gap in gaps)]))
    if not 0 < in_a_row <= _MOST_GAPS:
        return []
    for code, gap in zip(codes, gaps, strict=True):
        lead += [bytes([code]), -gap]
    return lead


def _with_word_spacing(pieces: _Pieces, spacing: _Spacing) -> Iterator[bytes | float]:
    """The pieces with a move after each space; spaces that are as good as gone are left out.

    >>> list(_with_word_spacing([b"a b", 20, b"c"], _Spacing(letters=0, words=100, space=250)))
    [b'a ', -100, b'b', 20, b'c']
    >>> list(_with_word_spacing([b"ga ve"], _Spacing(letters=0, words=-240, space=250)))
    [b'ga', -10, b've']
    """
    for piece in pieces:
        if not isinstance(piece, bytes):
            yield piece
            continue
        *parts, last = piece.split(b" ")
        for part in parts:
            yield part if spacing.is_gone else part + b" "
            yield -(spacing.space + spacing.words + spacing.letters) if spacing.is_gone else -spacing.words
        yield last
