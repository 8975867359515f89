"""Pictures of where it is said: how well each sentence fits the last question, a digit a sentence.

Colours, places and words are the browser's part (map.js, strips.js); from here come digits alone.
"""

from __future__ import annotations

import logging
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

from qa import Interview
from web.visit import Visit

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Cosines = npt.NDArray[np.float32]

COLD, HOT = 0.25, 0.75
"""Cosines of question and sentence: what is at or below the first is not marked out at all, what is at the second is
marked as strongly as can be. Fixed, so that nothing looks hot where nothing fits."""
GOOD = 5
"""The digit from which on a sentence fits well enough to be gone to."""
BINS = 100
"""Parts of a strip."""
STRIPS = 60
"""Interviews that are given a strip."""

MAP = (
    '<div class="map" role="slider" tabindex="0" aria-label="Map of the text" aria-orientation="vertical" '
    'aria-valuemin="1" aria-valuemax="1" aria-valuenow="1"><canvas aria-hidden="true"></canvas>'
    '<i class="frame"></i><span class="peek" aria-hidden="true"></span></div>'
)
ROWS = '<div class="strips" role="group" aria-label="Where it is said in each interview"></div>'
NEUTRAL = {"fits": "", "strips": ""}

log = logging.getLogger(__name__)


def pictures(visit: Visit) -> dict[str, Any]:
    """What the browser draws: the map of the interview that is looked at, and a strip for each of several.

    `fits` is «number:digits», `strips` are «number:best sentence:digits» with commas between them: the
    interview that answers, then the others, best first. Both are empty without a question, and where
    something fails: no answer is lost for a picture.
    """
    pipeline = visit.loading.pipeline
    if visit.question is None or not pipeline.ready:
        return NEUTRAL
    try:
        cosines = pipeline.all_cosines(visit.question)
        fits = f"{visit.shown}:{digits(cosines[visit.shown])}"
        several = len(cosines) > 1
        return {"fits": fits, "strips": _strips(visit, cosines) if several else ""}
    except Exception:
        log.exception("the map could not be made")
        return NEUTRAL


def digits(cosines: Cosines) -> str:
    """How well each sentence fits, from 0 to 9.

    >>> import numpy as np
    >>> digits(np.array([-0.2, 0.24, 0.31, 0.5, 0.74, 1.0]))
    '001599'
    """
    import numpy as np

    levels = np.clip((cosines - COLD) / (HOT - COLD) * 10, 0, 9)
    return bytes(levels.astype(np.uint8) + ord("0")).decode()


def strip(fits: str, lengths: Sequence[int]) -> str:
    """The digits of sentences of these lengths in BINS parts of equal length: of each part the best.

    >>> strip("19", [30, 10]) == "1" * 75 + "9" * 25
    True
    """
    ends = list(accumulate(lengths))
    starts = [0, *ends[:-1]]
    edges = [part * ends[-1] / BINS for part in range(BINS + 1)]
    return "".join(
        max(fits[bisect_right(ends, low) : bisect_left(starts, high)], default="0") for low, high in pairwise(edges)
    )


def _strips(visit: Visit, cosines: Sequence[Cosines]) -> str:
    answering = visit.answers[-1].number
    ranked = sorted((number != answering, -float(each.max()), number) for number, each in enumerate(cosines))
    return ",".join(_strip(number, visit.interviews[number], cosines[number]) for *_, number in ranked[:STRIPS])


def _strip(number: int, interview: Interview, cosines: Cosines) -> str:
    fits = digits(cosines)
    best = int(cosines.argmax())
    lengths = [len(sentence.text) for sentence in interview.sentences]
    return f"{number}:{best if int(fits[best]) >= GOOD else -1}:{strip(fits, lengths)}"
