"""What is said of a matter, sentence by sentence."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from qa.datatypes import Hit, Sentence
from qa.interview import Interview
from qa.leaning import tokens
from qa.turns import is_question, is_request
from qa.words import terms

NAMED, REPLIED, FIRST = 0.5, 0.5, 0.2
"""What counts beside the cosines: that a sentence names the matter, that the question in front of it does, and that
it is the first to name it, which often tells what it is."""
AFTER = (0.4, 0.3)
"""The same for the first sentence after one that names it, and the second."""
FEWEST = 3
"""Words; less is a nod, unless it names the matter."""
SHARE = 0.35
"""What counts for less than this share of the best is left out."""


def naming(name: str, interview: Interview) -> list[int]:
    """The passages of an interview in which all words of a name stand, by number."""
    wanted, text = set(terms(name)), interview.text.lower()
    if not all(term[:-1] in text for term in wanted):  # its last letter may be another: «party» has the stem «parti»
        return []
    return [number for number, passage in enumerate(interview.passages) if _names(passage.sentences, wanted)]


def on_topic(
    name: str, hits: Sequence[Hit], askers: Callable[[int], Collection[str]], most: int
) -> list[tuple[int, Sentence]]:
    """The sentences of the passages that are about a matter, the nearest `most` of them, in the order of the text.

    Each comes with the number of its interview, of which `askers` are those who ask, and tell nothing. It names the
    matter, replies to one who does, or follows soon after one that does: there are none where nothing names it.
    """
    wanted = set(terms(name))
    near: dict[tuple[int, int], float] = {}
    found: dict[tuple[int, int], Sentence] = {}
    counts: dict[tuple[int, int], float] = {}
    asking = {(hit.number, s.index) for hit in hits for s in hit.passage.question}
    who_asks = {number: askers(number) for number in {hit.number for hit in hits}}
    for hit in hits:
        replied = REPLIED if _names(hit.passage.question, wanted) else 0.0
        for sentence, cosine in zip(hit.passage.sentences, hit.sentence_cosines, strict=True):
            key = hit.number, sentence.index
            found[key] = sentence
            near[key] = max(near.get(key, -2.0), cosine + hit.cosine)
            counts[key] = max(counts.get(key, 0.0), replied)
            asks = is_request(sentence) and not who_asks[hit.number]  # «Take the union»
            if asks or is_question(sentence) or sentence.speaker in who_asks[hit.number]:
                asking.add(key)
    named = sorted(key for key, sentence in found.items() if _names([sentence], wanted))
    for number, index in named:
        for place, count in enumerate((NAMED, *AFTER)):
            key = number, index + place
            if key not in found or (place and key in asking):
                break  # what follows replies to that
            if not place or _goes_on(found[number, index], found[key]):
                counts[key] = max(count, counts[key])
    told = {key: near[key] + count for key, count in counts.items() if count and key not in asking}
    for key in {key[0]: key for key in reversed(named) if key in told}.values():
        told[key] += FIRST
    told = {key: score for key, score in told.items() if key in named or len(tokens(found[key].text)) >= FEWEST}
    said: dict[str, tuple[int, int]] = {}
    for key in sorted(told, key=lambda key: -told[key]):
        said.setdefault(found[key].text, key)  # once
    best = list(said.values())[:most]
    return [(key[0], found[key]) for key in sorted(best) if told[key] >= SHARE * told[best[0]]]


def _goes_on(named: Sentence, after: Sentence) -> bool:
    """Whether what comes after is of the same paragraph, or another's reply."""
    return after.paragraph == named.paragraph or after.speaker != named.speaker


def _names(sentences: Sequence[Sentence], wanted: set[str]) -> bool:
    return wanted <= {term for sentence in sentences for term in terms(sentence.text)}
