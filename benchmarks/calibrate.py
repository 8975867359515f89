"""Fits the confidence of SentenceReader and chooses its threshold.

Run it with the folder of question sets: python -m benchmarks.calibrate FOLDER

Uses dev-squad2 alone, so that dev-xquad-en stays to judge by. Each article is asked as a whole and
in pieces of six paragraphs, about as long as an interview. Four kinds of questions are asked, and
weighted to make the mix in MIX: those that the text answers; those that another piece of the same
article answers; those of other articles; and those that were written to look answerable and are not.

Each threshold is judged by the share of the mix that it treats rightly, as SQuAD 2.0 counts it: the
right sentence is shown, or a question that has no answer is declined. Since a wrong quote does more
harm than a missed one, the highest threshold within a point of the best is chosen.
"""

from __future__ import annotations

import random
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from benchmarks.questions import Article, Memory, Question, load, told
from qa.encoder import Encoder, SentenceEncoder
from qa.passages import OVERLAP, SIZE, make_passages
from qa.pipeline import Pipeline
from qa.reader import gap, rank

MIX = {"answered": 0.5, "elsewhere": 0.2, "foreign": 0.2, "adversarial": 0.1}
PIECE = 6
SIZES = [(2, 1), (3, 1), (3, 2), (4, 2), (5, 3), (6, 3), (8, 4)]


@dataclass(frozen=True)
class Trial:
    """One question asked: its kind, the best sentence's score and gap, and whether it was right."""

    kind: str
    score: float
    gap: float
    right: bool


def asked(articles: list[Article], at: int, rng: random.Random) -> list[tuple[str, Question]]:
    """The questions to ask the article at `at`, each with its kind."""
    own = articles[at].questions
    title = articles[at].interview.title.rpartition(" ")[0]
    others = [a for i, a in enumerate(articles) if i != at]
    near = [q for a in others if a.interview.title.startswith(title + " ") for q in a.questions]
    far = [q for a in others if not a.interview.title.startswith(title + " ") for q in a.questions]
    return (
        [("answered" if q.starts else "adversarial", q) for q in own]
        + [("elsewhere", q) for q in rng.sample(near, min(len(near), len(own) // 2))]
        + [("foreign", q) for q in rng.sample(far, min(len(far), len(own)))]
    )


def trials(articles: list[Article], encoder: Encoder) -> list[Trial]:
    """Every question asked of its text, in a fixed order."""
    rng = random.Random(0)
    found = []
    for at, article in enumerate(told(articles, "calibrate")):
        pipeline = Pipeline(article.interview, encoder)
        for kind, question in asked(articles, at, rng):
            fits = rank(question.text, pipeline.nearest(question.text))
            right = kind == "answered" and fits[0].sentence.index in article.right(question)
            found.append(Trial(kind, fits[0].score, gap(fits, 0), right))
    return found


def compare_sizes(articles: list[Article], encoder: Encoder) -> None:
    """Print how often the right sentence comes first, by the size of the passages."""
    print("sentences a passage, shared with the next | right sentence first (whole articles)")
    for size, overlap in SIZES:
        right = total = 0
        for article in articles:
            passages = make_passages(article.interview.text, article.interview.sentences, size, overlap)
            pipeline = Pipeline(article.interview, encoder, passages=passages)
            for question in article.questions:
                if question.starts:
                    best = rank(question.text, pipeline.nearest(question.text))[0].sentence.index
                    right += best in article.right(question)
                    total += 1
        mark = "  <- default" if (size, overlap) == (SIZE, OVERLAP) else ""
        print(f"{size}, {overlap} | {right / total:.1%} of {total}{mark}")


def main(folder: Path) -> None:
    """Print the fit, and what each threshold would do."""
    encoder = Memory(SentenceEncoder())
    whole, pieces = load(folder, "dev-squad2.json"), load(folder, "dev-squad2.json", PIECE)
    compare_sizes(whole, encoder)
    found = trials(whole, encoder) + trials(pieces, encoder)
    counts = {kind: sum(t.kind == kind for t in found) for kind in MIX}
    weights = np.array([MIX[t.kind] / counts[t.kind] for t in found])
    features = np.array([(t.score, t.gap) for t in found])
    right = np.array([t.right for t in found])
    kinds = np.array([t.kind for t in found])
    model = LogisticRegression(C=np.inf).fit(features, right, sample_weight=weights * len(found))
    (score, lead), intercept = model.coef_[0], model.intercept_[0]
    print(f"\nquestions: {counts}")
    print(f"CALIBRATION = Calibration(score={score:.2f}, gap={lead:.2f}, intercept={intercept:.2f})")
    confidence = model.predict_proba(features)[:, 1]
    print("\nthreshold | treated rightly | " + " | ".join(f"{kind} shown" for kind in MIX) + " | right of those shown")
    treated: dict[float, float] = {}
    for threshold in [step / 20 for step in range(3, 17)]:
        shown = confidence >= threshold
        treated[threshold] = (weights * np.where(shown, right, kinds != "answered")).sum()
        by_kind = [f"{shown[kinds == kind].mean():.1%}" for kind in MIX]
        precision = (weights * shown * right).sum() / (weights * shown).sum()
        print(f"{threshold:.2f} | {treated[threshold]:.1%} | " + " | ".join(by_kind) + f" | {precision:.1%}")
    chosen = max(t for t, share in treated.items() if share >= max(treated.values()) - 0.01)
    print(f"THRESHOLD = {chosen:.2f}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m benchmarks.calibrate FOLDER_OF_QUESTION_SETS")
    main(Path(sys.argv[1]))
