"""What can be asked."""

from __future__ import annotations

from qa.errors import QuestionError
from qa.surrogates import without_surrogates

LONGEST_QUESTION = 500
"""Characters."""


def check(question: str) -> str:
    """The question as it will be asked, with one space between its words and none at its ends.

    Raises QuestionError for a question without words or of more than LONGEST_QUESTION characters.
    """
    if not isinstance(question, str):
        raise QuestionError(f"The question must be text, not {type(question).__name__}.")
    asked = " ".join(without_surrogates(question).split())
    if not any(map(str.isalnum, asked)):
        problem = "holds no words" if asked else "is empty"
        raise QuestionError(f"The question {problem}. Type in a few words what you want to know.")
    if len(asked) > LONGEST_QUESTION:
        size = f"{len(asked):,} characters, and {LONGEST_QUESTION} is the most"
        raise QuestionError(f"The question has {size}. Ask it in fewer words.")
    return asked
