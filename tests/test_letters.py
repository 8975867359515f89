"""Letters that make no word."""

from __future__ import annotations

import pytest

from qa import Interview
from qa.intent import sorted_words
from qa.letters import is_senseless


@pytest.mark.parametrize(
    "said",
    """
    asdf asdfgh asdasd qweasd sdkfj hjkl qwerty ytrewq lkjh zxcvbn azerty aaaaaa Aaaaaa xxxx blablabla hahaha lololo
    blablablabl qwrtz kjhsdf iuwefh fdsa rtyu
    """.split(),
)
def test_letters_that_make_no_word_are_nonsense(said: str) -> None:
    assert is_senseless(said)


@pytest.mark.parametrize(
    "said",
    """
    BYD SUV GPS OEM BMW byd gps OEMs PHEVs HDTV NHTSA eBPF dfg B2B4xq tldr https Kuwait Huawei Nguyen Xinjiang
    Mkhize Tchaikovsky Szczecin Qatar Hjalmar Volkswagen Xiaomi Reza Trier Tintin Ababa poverty liberty property Strumpf
    Zhejiang świtrzk Łódź don't 我们
    """.split(),
)
def test_an_honest_word_is_no_nonsense_though_no_interview_holds_it(said: str) -> None:
    assert not is_senseless(said)


@pytest.mark.parametrize("said", "intervew comapny revenu batery Huawie wtih teh qestion reveneu oftne".split())
def test_a_misspelt_word_is_no_nonsense(said: str) -> None:
    assert not is_senseless(said)


def test_few_slips_in_a_word_make_nonsense_of_it(interview: Interview) -> None:
    words = [word for word in sorted_words([interview.text]) if len(word) > 4]
    slips = [word[:at] + word[at + 1 :] for word in words for at in range(len(word))]
    slips += [word[:at] + word[at + 1] + word[at] + word[at + 2 :] for word in words for at in range(len(word) - 1)]
    assert len(slips) > 1000
    assert sum(map(is_senseless, slips)) <= len(slips) / 1000


@pytest.mark.parametrize("said", "rewer smtih tetxs laavl meiij hhrds clqmbs mqore sxaons vqerb vivqo Uptjwn".split())
def test_a_slip_in_a_word_of_five_letters_or_more_makes_no_nonsense_of_it(said: str) -> None:
    assert not is_senseless(said)
