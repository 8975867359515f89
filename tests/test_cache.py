from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest

from qa import Cache, Interview, Pipeline, SentenceEncoder
from qa.cache import VARIABLE, default_folder, digest
from tests.conftest import LetterEncoder

TEXTS = digest(["one", "two"])
VECTORS = np.array([[1, 0], [0.6, 0.8]], dtype=np.float32)


class Namesake(LetterEncoder):
    fingerprint = "letters"


def test_what_is_saved_is_loaded_and_mapped(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "new")
    assert cache.load("m", TEXTS, 2) is None
    cache.save("m", TEXTS, VECTORS)
    loaded = Cache(tmp_path / "new").load("m", TEXTS, 2)
    assert isinstance(loaded, np.memmap)
    assert np.array_equal(loaded, VECTORS)


@pytest.mark.parametrize(
    ("maker", "texts"), [("n", ["one", "two"]), ("m", ["two", "one"]), ("m", ["onet", "wo"]), ("m", [])]
)
def test_other_texts_and_other_makers_find_nothing(tmp_path: Path, maker: str, texts: list[str]) -> None:
    cache = Cache(tmp_path)
    cache.save("m", TEXTS, VECTORS)
    assert cache.load(maker, digest(texts), 2) is None


def test_vectors_of_another_count_are_damaged(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.save("m", TEXTS, VECTORS)
    assert cache.load("m", TEXTS, 3) is None


@pytest.mark.parametrize("damage", ["empty", "cut", "zeros", "text", "flipped", "pickle"])
def test_a_damaged_file_is_made_again_without_a_word(tmp_path: Path, damage: str) -> None:
    texts = [f"Sentence {n} is here." for n in range(9)]
    interview = Interview.from_text("\n\n".join(texts))
    Pipeline(interview, Namesake(), cache=Cache(tmp_path)).prepare()
    (path,) = tmp_path.iterdir()
    data = path.read_bytes()
    if damage == "pickle":
        np.save(path, np.array([{}], dtype=object), allow_pickle=True)
    else:
        path.write_bytes(
            {
                "empty": b"",
                "cut": data[:-9],
                "zeros": data[:128] + bytes(len(data) - 128),
                "text": b"hello",
                "flipped": data[:-4] + b"\xff\xff\x7f\x7f",
            }[damage]
        )
    encoder = Namesake()
    Pipeline(interview, encoder, cache=Cache(tmp_path)).prepare()
    assert encoder.texts
    assert path.read_bytes() == data


def test_a_second_start_encodes_nothing(tmp_path: Path) -> None:
    interview = Interview.from_text("It rained. We left.")
    first, second = Namesake(), Namesake()
    a = Pipeline(interview, first, cache=Cache(tmp_path)).nearest("Who left?")
    b = Pipeline(interview, second, cache=Cache(tmp_path)).nearest("Who left?")
    assert a == b
    assert second.texts == ["Who left?"]


def test_an_encoder_without_a_name_is_not_trusted_to_the_disk(tmp_path: Path, letters: LetterEncoder) -> None:
    Pipeline(Interview.from_text("It rained."), letters, cache=Cache(tmp_path)).prepare()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = Cache(tmp_path / "file" / "below")
    cache.save("m", TEXTS, VECTORS)
    assert (cache.load("m", TEXTS, 2), cache.size(), cache.clear()) == (None, 0, 0)
    assert Cache(None).load("m", TEXTS, 2) is None


def test_many_writers_and_readers_meet(tmp_path: Path) -> None:
    vectors = np.tile(VECTORS, (500, 1))
    seen: list[bool] = []

    def work() -> None:
        cache = Cache(tmp_path)
        for _ in range(20):
            cache.save("m", TEXTS, vectors)
            loaded = cache.load("m", TEXTS, len(vectors))
            seen.append(loaded is not None and np.array_equal(loaded, vectors))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [True] * 80
    assert len(list(tmp_path.iterdir())) == 1


def test_clearing_removes_what_is_kept_and_nothing_else(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.save("m", TEXTS, VECTORS)
    (tmp_path / "interview-qa-half.part").write_bytes(b"123")
    for name in ("mine.txt", "mine.npy", "mine.note", "film.part"):
        (tmp_path / name).write_text("mine")
    size = cache.size()
    assert (size > 3, cache.clear(), cache.size()) == (True, size, 0)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["film.part", "mine.note", "mine.npy", "mine.txt"]


def test_the_environment_names_the_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(VARIABLE, "")
    assert default_folder() is None
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    assert default_folder() == tmp_path
    monkeypatch.delenv(VARIABLE)
    folder = default_folder()
    assert folder is not None
    assert folder.name == "interview-qa"


def test_the_bundled_encoder_has_a_name_of_its_own(encoder: SentenceEncoder) -> None:
    assert encoder.fingerprint == SentenceEncoder().fingerprint
    assert encoder.fingerprint.startswith("bundled")
