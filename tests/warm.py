"""What takes ten seconds to import before the page is served; servers are forked from a process that has it."""

# ruff: noqa: F401
from __future__ import annotations

import importlib.util
from pathlib import Path

import sentence_transformers
from transformers import AutoModelForQuestionAnswering, BertForQuestionAnswering

import web.server
from tests import servers

_guard = importlib.util.spec_from_file_location("guard", Path(__file__).parent / "guard" / "sitecustomize.py")
_guard.loader.exec_module(importlib.util.module_from_spec(_guard))  # type: ignore[union-attr, arg-type]
