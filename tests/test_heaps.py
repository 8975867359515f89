"""Memory is given back where the system can take it, and nothing breaks where it cannot."""

from __future__ import annotations

import sys

import pytest

from web import heaps


@pytest.mark.parametrize("platform", [sys.platform, "win32"])
def test_it_is_asked_for_where_there_is_such_a_thing(monkeypatch: pytest.MonkeyPatch, platform: str) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    heaps.give_back()
    assert heaps._function("malloc_trim_no_such_thing") is None
    assert (heaps._function("free") is not None) == (platform == "linux")
