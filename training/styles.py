"""The same question as people type it, and the same passage as a transcript has it."""

from __future__ import annotations

import random
import re

from qa.words import terms

_NAMES = """
    Anna Ben Clara David Elena Farid Grace Hiro Ines James Kofi Laura Marco Nadia Oscar Priya Quinn Rosa Samuel Tara
    Umar Vera Walter Xin Yusuf Zoe Miller Novak Okafor Petrova Rossi Schmidt Tanaka Weber Zhang
""".split()
_ROLES = [
    ("Q", "A"),
    ("Interviewer", "Guest"),
    ("INTERVIEWER", "SPEAKER"),
    ("Host", "Guest"),
    ("Speaker 1", "Speaker 2"),
]


def retype(question: str, rng: random.Random) -> str:
    """As typed in haste or into a search box: lower case, no question mark, misspelt, or key words alone."""
    new = question
    if rng.random() < 0.2:
        kept = [w for w in re.findall(r"[\w'’.-]+", question) if terms(w) or w.lower() in {"not", "no", "never"}]
        if len(kept) >= 2:
            new = " ".join(kept)
    if rng.random() < 0.4:
        new = misspell(new, rng)
    if rng.random() < 0.6:
        new = new.lower()
    if rng.random() < 0.6:
        new = new.rstrip("?. ")
    return new


def misspell(question: str, rng: random.Random) -> str:
    """One longer word with two letters swapped, one doubled, one left out, or one put wrong."""
    matches = list(re.finditer(r"[A-Za-z]{5,}", question))
    if not matches:
        return question
    match = rng.choice(matches)
    word = match.group()
    at = rng.randrange(1, len(word) - 1)
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    doubled = word[:at] + word[at] + word[at:]
    left_out = word[:at] + word[at + 1 :]
    wrong = word[:at] + rng.choice("aeiourstnl") + word[at + 1 :]
    return question[: match.start()] + rng.choice([swapped, doubled, left_out, wrong]) + question[match.end() :]


def transcript(sentences: list[str], asked: dict[int, str], rng: random.Random) -> tuple[str, list[int]]:
    r"""The sentences as turns with labels, and where each begins; `asked` puts a question in front of some.

    >>> transcript(["I left.", "It rained."], {1: "Why?"}, random.Random(1))[0]
    'A: I left.\nQ: Why?\nA: It rained.'
    """
    if rng.random() < 0.6:
        asker, teller = rng.choice(_ROLES)
    else:
        asker, teller = rng.sample(_NAMES, 2)
    text, starts, speaker = "", [], ""
    for number, sentence in enumerate(sentences):
        if number in asked:
            text += f"\n{asker}: {asked[number]}"
            speaker = asker
        if speaker != teller:
            text += f"\n{teller}: "
            speaker = teller
        else:
            text += " "
        starts.append(len(text))
        text += sentence
    lead = len(text) - len(text.lstrip())
    return text[lead:], [start - lead for start in starts]
