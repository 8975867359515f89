from __future__ import annotations

import subprocess
import sys
from itertools import starmap

import qa
from tests.conftest import ROOT

HEAVY = ("torch", "transformers", "sentence_transformers", "gradio", "sklearn", "scipy")


def run(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_the_public_names() -> None:
    assert sorted(qa.__all__) == [
        "Answer",
        "Cache",
        "Candidate",
        "EXTENSIONS",
        "EmptyInterviewError",
        "Encoder",
        "FileError",
        "Hit",
        "Interview",
        "InterviewError",
        "MAX_BYTES",
        "ModelError",
        "PackageError",
        "Passage",
        "Pipeline",
        "QuestionError",
        "Reader",
        "Sentence",
        "SentenceEncoder",
        "SentenceReader",
        "Span",
        "SpanReader",
        "answer",
        "bundled_interview",
        "cite",
        "clock",
        "export",
        "read_interviews",
    ]
    assert all(starmap(hasattr, ((qa, name) for name in qa.__all__)))


def test_import_is_instant() -> None:
    code = "import time; t = time.process_time(); import qa; print(time.process_time() - t)"  # whatever else runs
    assert min(float(run(code)) for _ in range(5)) < 0.2


def test_nothing_heavy_is_imported_until_the_first_question() -> None:
    code = f"import sys, qa; qa.Pipeline(qa.bundled_interview()); print([m for m in {HEAVY} if m in sys.modules])"
    assert run(code).strip() == "[]"


def test_qa_answer_asks_the_bundled_interview(pipeline: qa.Pipeline) -> None:
    question = "Where is the IT center?"
    assert qa.answer(question) == pipeline.answer(question)
    assert qa.bundled_interview().text == pipeline.interview.text


def test_imports_go_downwards_only() -> None:
    ladder = {
        "records": 0, "errors": 0, "surrogates": 0, "runtime": 0, "words": 0, "letters": 0, "tidy": 0, "datatypes": 1,
        "weights": 1, "writing": 1, "citation": 2, "conversation": 3, "leaning": 1, "phrases": 2, "followup": 3,
        "intent": 1, "matter": 2, "question": 1, "overview": 3, "growth": 3, "quantity": 2, "suggestions": 3,
        "context": 4, "formats": 1, "cache": 2, "sentences": 2, "turns": 2, "encoder": 2, "index": 2, "passages": 3,
        "reader": 3, "span_model": 3, "interview": 4, "contrary": 4, "span_reader": 5, "shelf": 5, "folder": 6,
        "embedding": 5, "spelling": 1, "topic": 5, "pipeline": 6, "matrix": 7, "commands": 8, "__init__": 8,
        "__main__": 9,
    }  # fmt: skip
    for path in (ROOT / "qa").glob("*.py"):
        for line in path.read_text(encoding="utf-8").splitlines():
            word, name = [*line.split(), "", ""][:2]
            if word in ("from", "import") and name.startswith("qa.") and path.stem != "__init__":
                assert ladder[name.split(".")[1]] < ladder[path.stem], f"{path.name}: {line}"
            assert not (word in ("from", "import") and name.startswith(("web", "gradio"))), path.name


def test_the_page_sees_only_public_names() -> None:
    for path in [*(ROOT / "web").glob("*.py"), ROOT / "app.py"]:
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("from qa"):
                assert line.startswith(("from qa import", "from qa.records import")), f"{path.name}: {line}"


def test_the_program_knows_nothing_of_the_bundled_interview() -> None:
    words = ("Seres", "Huawei", "Chongqing", "Leon He", "IT center")
    for path in (ROOT / "qa").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert [word for word in words if word in text] == [], path.name
