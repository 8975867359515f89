"""What the tests share: the bundled interview, the real model, and encoders that are small and certain."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import settings

from qa import Interview, Pipeline
from qa.encoder import SentenceEncoder

if TYPE_CHECKING:
    from qa.datatypes import Vectors
    from tests.servers import Server

ROOT = Path(__file__).parent.parent
DATA = Path(__file__).parent / "data"

collect_ignore = ["guard", "warm.py"]  # imported by servers alone, whose network is watched

KEPT = pytest.StashKey[tempfile.TemporaryDirectory[str]]()


def pytest_configure(config: pytest.Config) -> None:
    """No test touches the user's own cache; all processes of a run share one, so that one embeds the interview."""
    if not hasattr(config, "workerinput"):
        config.stash[KEPT] = tempfile.TemporaryDirectory(prefix="interview-qa-tests-")
        os.environ["INTERVIEW_QA_CACHE"] = config.stash[KEPT].name


def pytest_unconfigure(config: pytest.Config) -> None:
    """What was kept goes with the run."""
    if KEPT in config.stash:
        config.stash[KEPT].cleanup()


settings.register_profile("calm", deadline=None, max_examples=60)
settings.load_profile("calm")


class LetterEncoder:
    """Counts letters: certain, instant, and near where texts share words."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.texts += texts
        rows = np.ones((len(texts), 27), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for letter in text.lower():
                row[ord(letter) - 96 if "a" <= letter <= "z" else 0] += 1
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.fixture
def letters() -> LetterEncoder:
    return LetterEncoder()


@pytest.fixture(scope="session")
def interview() -> Interview:
    return Interview.from_file(ROOT / "corpus" / "interview.txt")


@pytest.fixture(scope="session")
def encoder() -> SentenceEncoder:
    return SentenceEncoder()


@pytest.fixture(scope="session")
def pipeline(interview: Interview, encoder: SentenceEncoder) -> Pipeline:
    """The real thing: the bundled interview and the bundled model."""
    pipeline = Pipeline(interview, encoder)
    pipeline.prepare()
    return pipeline


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of the bundled interview, for all tests that only visit it; its model is loaded."""
    from tests.servers import serving  # which needs what stands here
    from tests.visitors import Visitor

    with serving(tmp_path_factory.mktemp("site")) as server:
        with Visitor(server.url) as first:
            first.ask("Who?", [])
        yield server
        assert server.beyond() == []


@pytest.fixture(scope="session")
def question_set() -> dict[str, list]:
    return json.loads((DATA / "interview_questions.json").read_text(encoding="utf-8"))
