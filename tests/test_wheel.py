from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from tests.conftest import ROOT

ASK = "import json, qa; a = qa.answer('Where is the IT center?'); print(json.dumps([qa.__file__, a.text]))"


STYLES = ["answers.css", "export.css", "links.css", "map.css", "opening.css", "page.css", "trouble.css"]


def run(*command: object, cwd: Path) -> str:
    done = subprocess.run([str(c) for c in command], cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment that holds the wheel alone, and sees what else is installed here."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "env", with_pip=False)
    scratch = folder / "env" / "bin" / "python"
    install = [sys.executable, "-m", "pip", "--python", scratch, "install", "--quiet", "--no-deps", "--no-index", wheel]
    run(*install, "--disable-pip-version-check", cwd=folder)
    site = Path(run(scratch, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip())
    (site / "present.pth").write_text(sysconfig.get_path("purelib"))
    return folder / "env"


def test_the_wheel_answers_from_the_interview_that_it_carries(environment: Path, tmp_path: Path) -> None:
    file, text = json.loads(run(environment / "bin" / "python", "-c", ASK, cwd=tmp_path))
    assert Path(file).is_relative_to(environment)
    assert "USA" in text


def test_the_wheel_has_its_commands_and_its_page(environment: Path, tmp_path: Path) -> None:
    out = run(environment / "bin" / "interview-qa", "Where is the IT center?", cwd=tmp_path)
    assert "their IT center is in the" in out
    assert "--auth" in run(environment / "bin" / "interview-qa-page", "--help", cwd=tmp_path)
    code = (
        "import pathlib, qa, web.page as p, web.uploads as u; "
        "p.build(qa.Pipeline(qa.bundled_interview()), u.Uploads(pathlib.Path('.'))); "
        "print(*sorted(path.name for path in p.FOLDER.glob('*.css')))"
    )
    assert run(environment / "bin" / "python", "-c", code, cwd=tmp_path).split() == STYLES


def test_the_bundled_interview_is_whole() -> None:
    text = (ROOT / "corpus" / "interview.txt").read_bytes()
    assert len(text) == 3558
    assert text.startswith(b'Chongqing - "Electric')
    assert text.endswith(b"automotive market.")
