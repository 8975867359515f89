"""What a file holds, whatever its format."""

from __future__ import annotations

from qa.formats.content import Content, Mark
from qa.formats.text import MAX_BYTES, read_text, title_of

__all__ = ["MAX_BYTES", "Content", "Mark", "read_text", "title_of"]
