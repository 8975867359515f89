"""The page. Whatever needs Gradio takes it from `web.gr`, which starts it offline and fast."""

from __future__ import annotations

import inspect
import os
from typing import Any
from unittest.mock import patch

# both are read while gradio is imported or built: without them the server calls home
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ.setdefault("HF_HUB_OFFLINE", "1")
# after every event gradio sums up the last 10,000 with pandas, for a page of figures that is not served here
os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(10**12)

_getfile = inspect.getfile


def _getfile_but_for_gradio(thing: Any) -> str:
    if getattr(thing, "__module__", "").startswith("gradio."):
        raise OSError("not looked up while gradio is imported")
    return _getfile(thing)


# At every import gradio writes a type stub for each of its components, which takes half of the time
# (1.4 s of 3.2 s on 2 slow cores); it passes over those whose source file cannot be named.
with patch.object(inspect, "getfile", _getfile_but_for_gradio):
    import gradio as gr

__all__ = ["gr"]
