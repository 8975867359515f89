"""The HTTP endpoint. Gradio makes its documentation from the signature and the docstring of `ask`."""

# no `from __future__ import annotations`: gradio reads the types themselves

from collections.abc import Callable

from qa import Pipeline
from qa.records import AnswerRecord
from web import gr
from web.askers import answering
from web.errors import explain


def endpoint(pipeline: Pipeline) -> Callable[[str], AnswerRecord]:
    """The function behind `ask`, over the interviews that the server started with."""

    def ask(question: str) -> AnswerRecord:
        """Answer a question in the interview's own words, with the sentence that says it, its place and a confidence.

        Args:
            question: in plain words, at most 500 characters
        Returns:
            answered, text, sentence, passage, number and title of the interview, confidence and the candidates, best
            first; all offsets count characters of that interview's text; all but answered, confidence and candidates
            are null where no interview answers
        """
        try:
            with answering:
                return pipeline.answer(question).to_dict()
        except Exception as e:
            raise gr.Error(explain(e), print_exception=False) from e

    return ask
