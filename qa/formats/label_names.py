"""What can be a speaker's name, as far as a name alone tells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

_LONGEST = 40
"""Characters."""
_LONGEST_UNSPACED = 12
"""Characters of a name in a script that has no capitals, and writes no spaces between words."""
_LONGEST_ODD = 60
_MOST_WORDS = 5
_MOST_ODD_WORDS = 8
"""As in «Prof. Dr. Anna Berg, University of Bergen»."""
_CALLER = 6
"""Digits, at least, of a number that someone calls from."""
_ROLES = frozenset(
    "interviewer interviewee interviewers speaker host moderator narrator guest respondent participant facilitator "
    "question answer questioner spk q a".split()
)
"""Words for those who take part in an interview, which need no capital and no second turn to be believed."""
_FIELDS = frozenset(
    "absolutely abstract action actual added address advantages after afternoon age agenda agreed aim amen "
    "answer apologies apology appendix applause article attendance attendees attending audio background bcc "
    "before bonus born breakfast bridge caption category cause caution cc changed chapter chorus city claim "
    "code comment comments conclusion cons contact content contents contra copyright corollary correction "
    "country course cover credits date day debug december decision definition describe description details "
    "difficulty dinner directions disadvantages discussion do duration edit edition effect email episode "
    "equipment error etc evening event evidence exactly example examples exception exercise expected extract "
    "fact false fax february figure file finally findings first fixed footnote form format friday from fwd "
    "goal hallelujah here hint important info information ingredients input instructions introduction isbn "
    "issue item january job july keywords language laughter lemma length lesson level license link links list "
    "location log lunch march meeting method methods minutes mitigation monday morning music myth name nb new "
    "no note notes notice november now number objective october oh ok okay old opportunities option output "
    "overview page paragraph part phase phone photo place points policy position preface preparation present "
    "price pro problem procedure profession project proof pros ps purpose quantity rating re reason recording "
    "reference references refrain remarks reminder requirements result results review right risk role rule "
    "saturday scene second section see sent september serves session setting sex size solution source sources "
    "stage status step steps strengths subtitle suggestion summary sunday symptoms synopsis table tags tel "
    "telephone theme then theorem there third threats thursday time tip tips title tldr to today todo "
    "tomorrow tools topic total transcribed transcriber transcript transcription translation true tuesday "
    "type unit update url usage verdict verse version video volume warning weaknesses website wednesday week "
    "weight well when where who why winter yeah year yes yesterday yield you".split()
)
"""Words that name what follows, a remark or a field of a form, and not who says it."""
_SURNAMES = frozenset("bridge cover day friday link march page price winter".split())
"""Those of the fields that people are called, too."""
_COUNTS = frozenset("one two three four five six seven eight nine ten i ii iii iv v vi vii viii ix x".split())
"""What parts of a text are counted by."""
_PARTICLES = frozenset(
    "af al and av bin da das de del della den der des di do dos du e el ibn la le of ten ter the to "
    "und van von y zu zum zur".split()
)
"""Words that stand within a name without a capital."""
_QUOTED = re.compile(
    r"(?:said|says|asked|asks|replied|answered|added|wrote|writes|explained|told|continued|thought|is|are|was|were)$"
)
_SENTENCE = re.compile(r'^[^\w+#@]|[?!;:"“”«»\t]|  |^\W*\d{1,2}\W*$')
_DATE = re.compile(r"\d{4}\s?[-/.–]\s?\d|\d[-/.–]\d{4}\b")
_TITLED = re.compile(r"[,|(]")
"""What parts a long name from what its bearer is."""
_NUMBERED = re.compile(r"(?:q|a|question|answer)\W*\d", re.IGNORECASE)
_DIGITS = re.compile(r"[\W\d_]+")


@lru_cache(maxsize=4096)
def key(name: str) -> str:
    """What is the same for all ways of writing one speaker's name.

    >>> key("ANNA  Berg"), key("Q.")
    ('anna berg', 'q')
    """
    return " ".join(name.casefold().split()).rstrip(".")


@lru_cache(maxsize=4096)
def is_role(name: str) -> bool:
    """Whether the name says what someone does in the talk: `Q`, `Interviewer 2`, `SPEAKER_00`."""
    return _DIGITS.sub("", name.casefold()) in _ROLES and not _NUMBERED.match(name)


@lru_cache(maxsize=4096)
def is_field(name: str) -> bool:
    """Whether the name heads a remark, a field or a part, and no speech.

    >>> names = ("Note", "Part 1", "Recording date", "Q1", "Price", "Leontyne Price", "Anna", "Speaker 1")
    >>> [name for name in names if is_field(name)]
    ['Note', 'Part 1', 'Recording date', 'Q1', 'Price']
    """
    if is_role(name):
        return False
    if _NUMBERED.match(name):
        return True
    words = _DIGITS.sub(" ", name.casefold()).split()
    if len(words) == 2 and words[1] in _SURNAMES and name.split()[-1][0].isupper():
        return False
    if not words:
        return not _is_caller(name)
    if len(words) == 2 and words[1] in _COUNTS and words[0] in _FIELDS:
        return True
    return (len(words) < 3 and words[-1] in _FIELDS) or (words[0] in _FIELDS and words[1] in ("and", "of"))


def is_surname(name: str) -> bool:
    """Whether a field is also what people are called: `PRICE`, `March`."""
    return name.casefold() in _SURNAMES


@lru_cache(maxsize=4096)
def is_name(name: str) -> bool:
    """Whether someone could be called so.

    >>> all(map(is_name, ["Dr. O'Neil", "María José Núñez-García", "SPEAKER_00", "J. R. Smith", "李明", "Q", "A man"]))
    True
    >>> any(map(is_name, ["he", "He said", "10", "We left. Then Anna", "There was so much more to say", "-"]))
    False
    """
    words = name.split()
    if not (0 < len(words) <= _MOST_WORDS and len(name) <= _LONGEST and any(map(str.isalpha, name))):
        return False
    first = name[0]
    if first.isalpha() and not first.isupper() and not first.istitle():
        if first.islower():
            return is_role(name)
        if len(name) > _LONGEST_UNSPACED and len(words) == 1:
            return False
    if not (first.isalnum() or first == "#") or _QUOTED.search(words[-1].lower()):
        return False
    return not _ends_within(words)


def _ends_within(words: Sequence[str]) -> bool:
    """Whether a sentence ends within these words: a full stop after a title or an initial is no end of one."""
    return any(word.endswith(".") and (word[0].islower() or len(word) > 5) for word in words[:-1])


def _is_caller(name: str) -> bool:
    return sum(map(str.isdigit, name)) >= _CALLER and not _DATE.search(name)


def is_phrase(name: str) -> bool:
    """Whether a name is one by its form alone: `Last thing`, `In 1974`, `The first was Oslo`.

    >>> names = ["Last thing", "In 1974", "The first was Oslo", "Unidentified speaker", "Anna", "Ursula von der Leyen"]
    >>> list(filter(is_phrase, names))
    ['Last thing', 'In 1974', 'The first was Oslo']
    """
    words = name.split()
    if any(len(word) > 2 and is_role(word) for word in words) or is_role(name):
        return False
    if words[-1][0].islower() or any(word.isdecimal() and len(word) > 2 for word in words):
        return True
    return any(word[0].islower() and word not in _PARTICLES for word in words[1:])


@lru_cache(maxsize=4096)
def is_odd_name(name: str) -> bool:
    """Whether a label, though of no usual form, could be what someone is called by a program or in a list.

    >>> all(map(is_odd_name, ["Berg, Anna", "anna", "anna@uib.no", "A. Berg | UiB", "+47 22 33 44", "Dr. Ek, MD"]))
    True
    >>> any(map(is_odd_name, ["he said", "We left. Then", "1", "so it came to this in the end"]))
    False
    """
    words = name.split()
    if not (0 < len(words) <= _MOST_ODD_WORDS and 1 < len(name) <= _LONGEST_ODD and not _SENTENCE.search(name)):
        return False
    if not any(map(str.isalpha, name)):
        return _is_caller(name)
    if _ends_within(words) or (len(words) > _MOST_WORDS and not _TITLED.search(name)):
        return False
    if any(word.endswith(".") for word in words[:-1]) and is_phrase(name):  # A. Yes. We sold it
        return False
    return not _QUOTED.search(words[-1].lower()) and not is_field(name)


def is_telling(name: str) -> bool:
    """Whether a name is of a kind that prose hardly puts in front of a colon: `BERG`, `AB`, `Anna Berg`, `Speaker 1`.

    >>> is_telling("BERG"), is_telling("Anna Berg"), is_telling("Dr. Ek"), is_telling("Rule"), is_telling("Last thing")
    (True, True, True, False, False)
    """
    words = name.split()
    return is_role(name) or name.isupper() or (len(words) > 1 and not is_phrase(name))
