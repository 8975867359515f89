"""The command line with an encoder and a reader that are there at once: python -m tests.small_qa …"""

from __future__ import annotations

import sys
from unittest.mock import patch

from qa import SentenceReader
from qa.__main__ import main
from tests.conftest import LetterEncoder

if __name__ == "__main__":
    with (
        patch("qa.pipeline.SentenceEncoder", LetterEncoder),
        patch("qa.__main__.SpanReader", lambda _: SentenceReader()),
    ):
        sys.exit(main())
