"""What the README shows is run."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from tests.conftest import ROOT
from tests.servers import Server

README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("code", [block for block in blocks("python") if "Client" not in block])
def test_examples_in_python(code: str) -> None:
    exec(compile(code, "README.md", "exec"), {})


def test_the_example_with_a_client(site: Server, capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = [block for block in blocks("python") if "Client" in block]
    exec(compile(code.replace("http://127.0.0.1:7860", site.url), "README.md", "exec"), {})
    assert "USA" in capsys.readouterr().out


def test_the_example_with_curl(site: Server) -> None:
    (command,) = [block for block in blocks("sh") if block.startswith("curl")]
    done = subprocess.run(
        command.replace("http://127.0.0.1:7860", site.url), shell=True, capture_output=True, text=True, check=False
    )
    if done.returncode == 127:
        pytest.skip("there is no curl here")
    assert "USA" in done.stdout


@pytest.mark.parametrize("block", blocks("console"))
def test_examples_on_the_command_line(block: str) -> None:
    command, _, expected = block.partition("\n")
    command = command.removeprefix("$ python").strip()
    done = subprocess.run(
        f'"{sys.executable}" {command}', cwd=ROOT, shell=True, capture_output=True, text=True, check=True
    )
    per_cent = re.compile(r"confidence \d+ %")  # another kind of processor rounds otherwise
    assert per_cent.sub("", done.stdout) == per_cent.sub("", expected)


def test_the_commands_it_names_are_in_the_makefile() -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(re.findall(r"\bmake ([a-z]+)\b", README)) <= set(targets)


def test_its_pictures_are_there() -> None:
    assert all((ROOT / path).is_file() for path in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", README))
