from __future__ import annotations

import pytest

from qa.runtime import has_bfloat16


@pytest.mark.parametrize(
    ("capabilities", "expected"),
    [({}, False), ({"avx2": True}, False), ({"amx_bf16": True}, True), ({"avx512_bf16": True}, True)],
)
def test_bfloat16_only_where_the_processor_has_it(
    monkeypatch: pytest.MonkeyPatch, capabilities: dict[str, bool], expected: bool
) -> None:
    import torch

    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: capabilities)
    assert has_bfloat16("cpu") is expected
    monkeypatch.delattr(torch.cpu, "get_capabilities")
    assert has_bfloat16("cpu") is False
