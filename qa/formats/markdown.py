"""Markdown as programs write it becomes plain text: without its backslashes and the bars of its tables."""

from __future__ import annotations

import re

from qa.formats.docx_table import read_table

_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~]|(?=\n))")
"""A backslash before a sign that is to stand for itself, or at the end of a line that is to stay one."""
_TABLE = re.compile(
    r"^[^\n|]*+\|[^\n]*+\n[ \t]*+\|?[ \t]*+:?-[-|: \t]*+$(?:\n[^\n|]*+\|[^\n]*+)*+",  # a head, a rule, and rows
    re.MULTILINE,
)
_RULE = re.compile(r":?-+:?")
_BAR = re.compile(r"(?<!\\)\|")
_BREAK = re.compile(r"<br[ \t]*/?>", re.IGNORECASE)
_EMPHASIS = re.compile(r"(\*{1,3}|_{1,3})(?=\S)([^*_]+)(?<=[^\s\\])\1")


def read_markdown(text: str) -> str:
    r"""The text without escapes, and the rows of its tables as those of Word's are read.

    What has neither is returned as it is, character for character.

    >>> read_markdown(r"\[00:04\] **Anna:** I didn\'t.")
    "[00:04] **Anna:** I didn't."
    >>> read_markdown("| Time | Speaker | Text |\n|---|---|---|\n| 0:04 | **Anna** | In Bergen. |")
    '[0:04] Anna: In Bergen.'
    """
    parts: list[str] = []
    end = 0
    for table in _TABLE.finditer(text):
        head, rule, *rows = map(_cells, table[0].split("\n"))
        if len(rule) == len(head) and all(map(_RULE.fullmatch, rule)):
            above = _unescaped(text[end : table.start()])
            shown = filter(None, read_table([row for row in (head, *rows) if any(row)]))
            parts += [above, "\n" if above else "", "\n\n".join(shown)]
            end = table.end()
            parts += ["\n"] if end < len(text) else []
    return "".join([*parts, _unescaped(text[end:])])


def _cells(line: str) -> list[str]:
    r"""What stands between the bars of a line.

    >>> _cells(r"| **Anna** | a\|b<br>c |")
    ['Anna', 'a|b\nc']
    """
    cells = [cell.strip() for cell in _BAR.split(line.strip().removeprefix("|"))]
    return [_cell(cell) for cell in (cells if cells[-1] else cells[:-1])]


def _cell(text: str) -> str:
    emphasis = _EMPHASIS.fullmatch(text)
    return _unescaped(_BREAK.sub("\n", emphasis[2] if emphasis else text))


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(r"\1", text) if "\\" in text else text
