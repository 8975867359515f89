"""What a file holds, whatever its format."""

from __future__ import annotations

from qa.formats.content import Content, Mark
from qa.formats.files import EXTENSIONS, MAX_BYTES, load, read, read_data
from qa.formats.text import title_of

__all__ = ["EXTENSIONS", "MAX_BYTES", "Content", "Mark", "load", "read", "read_data", "title_of"]
