"""Fits the confidence of both readers and chooses the threshold: python -m benchmarks.calibrate FOLDER [WORK].

Uses dev-squad2, dev-friendsqa and interviews-tuning, so that dev-xquad-en and interviews-judging stay to
judge by. Each article of dev-squad2 is asked as a whole and in pieces of six paragraphs, about as long as
an interview. Four kinds of questions are asked, and weighted to make the mix in MIX: those that the text
answers; those that another piece of the same article answers; those of other texts; and those that were
written to look answerable and are not. Each set that has a kind counts for as much of it as another.

An answer is right where it stands in a sentence that holds a reference answer, and shares a word with one.
Each threshold is judged by the share of the mix that it treats rightly, as SQuAD 2.0 counts it: a right
answer is shown, or a question that has none is declined. Since a wrong quote does more harm than a missed
one, the highest threshold within half a point of the best is chosen.

With WORK, what was found in each set is kept in that folder, for the weights that it was found with: called again,
it goes on from there. It must be emptied where the code that reads has changed.
"""

from __future__ import annotations

import pickle
import random
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from scipy.special import expit
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from benchmarks.questions import TUNING, Article, Memory, Question, load, load_dialogues, load_written, told
from qa.encoder import SentenceEncoder
from qa.pipeline import Pipeline
from qa.span_reader import FIT, SpanReader
from qa.weights import BUNDLED, sha256

MIX = {"answered": 0.5, "elsewhere": 0.2, "foreign": 0.2, "adversarial": 0.1}
PIECE = 6
FEATURES = ("margin", "fit", "gap", "clear", "unnamed")
"""What tells how likely the best words are to be right; see qa.span_reader.Confidence."""
FITS = (0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0)


@dataclass(frozen=True)
class Trial:
    """One question asked, and what was found: a row a sentence, in any order."""

    set: str
    kind: str
    text: str
    """The title of the text, without the number of its piece."""
    margins: np.ndarray
    fits: np.ndarray
    clear: np.ndarray
    against: np.ndarray
    unnamed: float
    right: np.ndarray
    """Whether the sentence is right."""
    answers: np.ndarray
    """Whether its words are, too."""

    def best(self, margin: float, fit: float) -> tuple[dict[str, float], bool, bool]:
        """The features of the sentence with the greatest weighted sum of the first two; is it right, and its words?

        With a margin, what speaks against its words is taken off.
        """
        scores = margin * (self.margins - self.against) + fit * self.fits
        order = np.argsort(-scores, kind="stable")
        first = order[0]
        gap = scores[first] - scores[order[1]] if len(order) > 1 else scores[first]
        told = (self.margins[first], self.fits[first], gap, self.clear[first], self.unnamed)
        values = dict(zip(FEATURES, told, strict=True))
        return values | {"against": self.against[first]}, bool(self.right[first]), bool(self.answers[first])


def asked(articles: Sequence[Article], at: int, rng: random.Random) -> list[tuple[str, Question]]:
    """The questions to ask the article at `at`, each with its kind."""
    own = articles[at].questions
    title = articles[at].interview.title.rpartition(" ")[0]
    others = [a for i, a in enumerate(articles) if i != at]
    near = [q for a in others if a.interview.title.startswith(title + " ") for q in a.questions]
    far = [q for a in others if not a.interview.title.startswith(title + " ") for q in a.questions]
    return (
        [("answered" if q.starts else "adversarial", q) for q in own]
        + [("elsewhere", q) for q in rng.sample(near, min(len(near), len(own) // 2))]
        + [("foreign", q) for q in rng.sample(far, min(len(far), (len(own) + 1) // 2))]
    )


def trials(articles: Sequence[Article], pipeline_of: Pipelines, what: str) -> list[Trial]:
    """Every question asked of its text, in a fixed order."""
    rng = random.Random(0)
    found = []
    for at, article in enumerate(told(articles, what)):
        pipeline, reader = pipeline_of(article)
        for kind, question in asked(articles, at, rng):
            spans = reader.find(question.text, pipeline.nearest(question.text))
            if spans:
                right = article.right(question) if kind == "answered" else set()
                texts = [article.interview.text[s.start : s.end] for s in spans]
                is_right = [s.fit.sentence.index in right for s in spans]
                answers = [  # the words of the wrong sentences need not be compared
                    known and article.is_right(question, s.fit.sentence.index, text)
                    for known, s, text in zip(is_right, spans, texts, strict=True)
                ]
                found.append(
                    Trial(
                        what,
                        kind,
                        article.interview.title.rpartition(" ")[0] or article.interview.title,
                        np.array([s.margin for s in spans]),
                        np.array([s.fit.score for s in spans]),
                        np.array([s.clear for s in spans]),
                        np.array([s.against for s in spans]),
                        spans[0].unnamed,
                        np.array(is_right),
                        np.array(answers),
                    )
                )
    return found


class Pipelines:
    """A pipeline for each article, with one encoder and one reader for all."""

    def __init__(self, encoder: Memory, reader: SpanReader) -> None:
        self.encoder, self.reader = encoder, reader

    def __call__(self, article: Article) -> tuple[Pipeline, SpanReader]:
        """The pipeline and its reader."""
        return Pipeline(article.interview, self.encoder, self.reader), self.reader


def weights_of(found: Sequence[Trial]) -> np.ndarray:
    """What each question counts for, so that the kinds are mixed as in MIX, and the sets evenly; 1 on average."""
    counts = Counter((t.kind, t.set) for t in found)
    sets = Counter(kind for kind, _ in counts)
    return np.array([MIX[t.kind] / sets[t.kind] / counts[t.kind, t.set] for t in found]) * len(found)


def fitted(found: Sequence[Trial], margin: float, fit: float, names: Sequence[str], *, words: bool) -> np.ndarray:
    """Print the logistic model of being right by these features, with `words` the words too; its probabilities.

    The log loss is that of texts which the model was not fitted to, in ten parts. What the words speak against
    themselves is in logits already, and is taken off what the model says.
    """
    best = [t.best(margin, fit) for t in found]
    features = np.array([[values[name] for name in names] for values, *_ in best])
    against = np.array([values["against"] if words else 0.0 for values, *_ in best])
    right, weights = np.array([answers if words else right for _, right, answers in best]), weights_of(found)
    model, is_plain = LogisticRegression(C=np.inf, max_iter=1000), against == 0
    unseen = np.zeros(len(found))
    for known, held_out in GroupKFold(10).split(features, groups=[t.text for t in found]):
        known = known[is_plain[known]]
        model.fit(features[known], right[known], sample_weight=weights[known])
        unseen[held_out] = expit(model.decision_function(features[held_out]) - against[held_out])
    loss = -np.average(np.log(np.where(right, unseen, 1 - unseen)), weights=weights)
    model.fit(features[is_plain], right[is_plain], sample_weight=weights[is_plain])
    told = ", ".join(f"{name}={weight:.3f}" for name, weight in zip(names, model.coef_[0], strict=True))
    print(f"{told}, intercept={model.intercept_[0]:.3f} (log loss of texts held out {loss:.4f})")
    return np.asarray(expit(model.decision_function(features) - against))


def kept(work: Path | None, name: str, make: Callable[[], list[Trial]]) -> list[Trial]:
    """What `make` gives, or gave before with the same weights, where it was kept in `work`."""
    if not work:
        return make()
    file = work / f"{name}-{sha256(BUNDLED)[:12]}.pickle"
    if not file.exists():
        part = file.with_suffix(".part")
        work.mkdir(parents=True, exist_ok=True)
        part.write_bytes(pickle.dumps(make()))
        part.replace(file)
    found: list[Trial] = pickle.loads(file.read_bytes())
    return found


def main(folder: Path, work: Path | None = None) -> None:
    """Print the fits, and what each threshold would do."""
    pipelines = Pipelines(Memory(SentenceEncoder()), SpanReader())
    sets = {
        "dev-squad2, whole": load(folder, "dev-squad2.json"),
        "dev-squad2, pieces": load(folder, "dev-squad2.json", PIECE),
        "dev-friendsqa": load_dialogues(folder),
        "interviews": load_written(TUNING),
    }
    by_set = {}
    for name, articles in sets.items():
        by_set[name] = kept(work, name, partial(trials, articles, pipelines, name))
        print(f"{name}: {len(by_set[name])} questions asked", flush=True)
    print("how much the fit counts beside the margin | right first, " + " | ".join(by_set))
    for fit in FITS:
        shares = [np.mean([t.best(1, fit)[1] for t in ts if t.kind == "answered"]) for ts in by_set.values()]
        print(f"{fit} | " + " | ".join(f"{share:.1%}" for share in shares) + ("  <- FIT" if fit == FIT else ""))
    found = [t for ts in by_set.values() for t in ts]
    print(f"\nquestions: { {kind: sum(t.kind == kind for t in found) for kind in MIX} }")
    print("CALIBRATION of SentenceReader (there the fit is called the score): ", end="")
    fitted(found, 0, 1, ["fit", "gap"], words=False)
    print("with three features alone: ", end="")
    fitted(found, 1, FIT, FEATURES[:3], words=True)
    print("CONFIDENCE of SpanReader: ", end="")
    confidence = fitted(found, 1, FIT, FEATURES, words=True)
    choose(found, confidence)


def choose(found: Sequence[Trial], confidence: np.ndarray) -> None:
    """Print what each threshold would do, and which is chosen."""
    kinds = np.array([t.kind for t in found])
    weights = weights_of(found) / len(found)
    right = np.array([t.best(1, FIT)[2] for t in found])
    print("\nthreshold | treated rightly | " + " | ".join(f"{kind} shown" for kind in MIX) + " | right of those shown")
    treated: dict[float, float] = {}
    for threshold in [step / 20 for step in range(3, 17)]:
        shown = confidence >= threshold
        treated[threshold] = (weights * np.where(shown, right, kinds != "answered")).sum()
        by_kind = [f"{shown[kinds == kind].mean():.1%}" for kind in MIX]
        precision = (weights * shown * right).sum() / (weights * shown).sum()
        print(f"{threshold:.2f} | {treated[threshold]:.1%} | " + " | ".join(by_kind) + f" | {precision:.1%}")
    chosen = max(t for t, share in treated.items() if share >= max(treated.values()) - 0.005)
    print(f"THRESHOLD = {chosen:.2f}")


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit("usage: python -m benchmarks.calibrate FOLDER_OF_QUESTION_SETS [WORK]")
    main(*map(Path, sys.argv[1:]))
