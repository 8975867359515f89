"""A question that names a matter and asks nothing more of it, such as «tell me about the fire»: what is said of it?"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from qa.datatypes import Hit, Sentence
from qa.leaning import ASKING, AUXILIARIES, PREPOSITIONS, core, tokens
from qa.turns import is_question, is_request
from qa.words import terms

LONGEST = 4
"""Words of meaning in a matter, at most; what has more asks for something."""
FEW = 2
"""The same where nothing but the matter is written: «the galleon»."""
SURE, LIKELY = 0.65, 0.5
"""An answer that is this sure says more than all that is said of a matter; the second where an opinion is asked."""
NAMED, REPLIED, FIRST = 0.5, 0.5, 0.2
"""What counts beside the cosines: that a sentence names the matter, that the question in front of it does, and that
it is the first to name it, which often tells what it is."""
AFTER = (0.4, 0.3)
"""The same for the first sentence after one that names it, and the second."""
FEWEST = 3
"""Words; less is a nod, unless it names the matter."""
SHARE = 0.35
"""What counts for less than this share of the best is left out."""

_WHO = r"(?:i|you|he|she|it|we|they|people|the (?:interview(?:ee)?|text|transcript|speakers?|participants?))"
_DID = rf"(?:do|does|did|has|have)\s+{_WHO}(?:\s+ever)?"
_ABOUT = r"(?:about|on|of|regarding|concerning)"
_SOME = r"(?:(?:any|some|every)thing|something|all|(?:a (?:bit|little) )?more)"
_FORMS = (
    (
        2.0,  # no span of words says it
        rf"(?:tell (?:me|us)|talk(?: to (?:me|us))?|say)(?: {_SOME})? about|describe"
        rf"|(?:(?:all|any|some|give me|show me|find) )*(?:quotes?|quotations?|passages?|mentions?|details?) {_ABOUT}"
        rf"|(?:(?:where|when) )?{_DID} (?:mention(?:ed)?|discuss(?:ed)?"
        rf"|(?:talk(?:ed)?|speak|spoken|sa(?:y|id) anything) {_ABOUT})"
        rf"|{_SOME}(?: (?:(?:is|was) )?said)? about",
    ),
    (SURE, rf"(?:what (?:{_DID} (?:say|said|tell|tell me|tell us)|(?:is|was) (?:being )?said)|what|how) about"),
    (
        LIKELY,
        rf"what {_DID} (?:think|thought|feel|believe) {_ABOUT}|how {_DID} (?:feel|think) about"
        rf"|(?:what(?:'s| is| are| was| were) )?(?:his|her|their|your|its) "
        rf"(?:opinions?|views?|thoughts?|attitude|stance|feelings?|position) (?:{_ABOUT}|towards?|to)",
    ),
)
_LEAD = r"(?:(?:and|but|so|then|also|ok|okay|well|now|please|(?:can|could) you)[\s,]+)*"
_END = r"(?:,?\s+(?:here|please|in (?:the|this) (?:interview|text|transcript|conversation)))*[\s?.!]*"
_ASKED = tuple(
    (least, re.compile(rf"{_LEAD}(?:{form}) ([^?!]+?){_END}".replace(" ", r"\s+"), re.IGNORECASE))
    for least, form in _FORMS
)


@dataclass(frozen=True, slots=True)
class Matter:
    """What a question is about."""

    name: str
    least: float
    """An answer is preferred to what is said of it in all, where its confidence is this much at least."""


def matter(question: str) -> Matter | None:
    """What a question names without asking anything else of it; None where it asks.

    >>> matter("Tell me about the fire."), matter("the galleon?")
    (Matter(name='the fire', least=2.0), Matter(name='the galleon', least=0.65))
    >>> matter("What does she think of the new union?"), matter("and a new union?")
    (Matter(name='the new union', least=0.5), Matter(name='a new union', least=0.5))
    >>> matter("Tell me about how you met."), matter("boat price 1974 Bergen"), matter("When did she leave?")
    (None, None, None)
    """
    plain = question.strip().replace("’", "'")
    for least, form in _ASKED:
        if asked := form.fullmatch(plain):
            return Matter(asked[1], least) if _is_matter(asked[1], LONGEST) else None
    name = core(plain)
    is_one = len(set(terms(name))) == 1  # two may ask: «Ray's job»
    return Matter(name, SURE if is_one else LIKELY) if _is_matter(name, FEW) else None


def _is_matter(name: str, most: int) -> bool:
    words = [word.lower() for word in tokens(name)]
    asks = (ASKING | AUXILIARIES).intersection(words)
    return 1 <= len(set(terms(name))) <= most and not asks and words[0] not in PREPOSITIONS


def on_topic(
    name: str, hits: Sequence[Hit], askers: Callable[[int], Collection[str]], most: int
) -> list[tuple[int, Sentence]]:
    """The sentences of the passages that are about a matter, the nearest `most` of them, in the order of the text.

    Each comes with the number of its interview, of which `askers` are those who ask, and tell nothing. It names the
    matter, replies to one who does, or follows soon after one that does. None where nothing in the passages names it.
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
            if sentence.speaker in who_asks[hit.number] or is_question(sentence) or is_request(sentence):
                asking.add(key)
    naming = sorted(key for key, sentence in found.items() if _names([sentence], wanted))
    for number, index in naming:
        named = found[number, index]
        for place, count in enumerate((NAMED, *AFTER)):
            after = found.get((number, index + place))
            if after and (after.paragraph == named.paragraph or after.speaker != named.speaker):
                counts[number, index + place] = max(count, counts[number, index + place])
    told = {key: near[key] + count for key, count in counts.items() if count and key not in asking}
    for key in [key for key in naming if key in told][:1]:
        told[key] += FIRST
    told = {key: score for key, score in told.items() if key in naming or len(tokens(found[key].text)) >= FEWEST}
    best = sorted(told, key=lambda key: -told[key])[:most]
    return [(key[0], found[key]) for key in sorted(best) if told[key] >= SHARE * told[best[0]]]


def _names(sentences: Sequence[Sentence], wanted: set[str]) -> bool:
    return wanted <= {term for sentence in sentences for term in terms(sentence.text)}
