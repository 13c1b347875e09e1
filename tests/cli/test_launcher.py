"""`./standfirst`, in a clone of stand-ins: nothing here is downloaded or installed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

LAUNCHER = Path(__file__).resolve().parents[2] / "standfirst"

UV = """#!/bin/sh
[ "$1" = --version ] && { echo "uv 0.9.1"; exit; }
clone=${UV_PROJECT_ENVIRONMENT%/.venv}
printf '%s\\n' "$*" >>"$clone/uv.calls"
mkdir -p "$clone/.venv/bin"
cp "$clone/venv-python" "$clone/.venv/bin/python"
"""
# What find_python runs with -c, and what the launcher hands over to.
PYTHON = """#!/bin/sh
[ "$1" = -c ] && { echo "$0"; exit; }
printf '<%s>' "$@"
"""
ABSENT = "#!/bin/sh\nexit 127\n"


class Clone:
    """A clone whose uv and Pythons are shell scripts."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "a clone"
        self.bin = folder / "bin"
        self.pyenv = folder / "pyenv"
        self.elsewhere = folder / "else where"
        for each in (self.root, self.bin, self.elsewhere):
            each.mkdir()
        self.launcher = Path(shutil.copy(LAUNCHER, self.root))
        (self.root / "uv.lock").write_text("lock")
        (self.root / "pyproject.toml").write_text("project")
        self.put(self.root / "venv-python", PYTHON)
        self.put(self.bin / "uv", UV)
        self.put(self.bin / "python3.14", ABSENT)
        self.put(self.bin / "python3.13", PYTHON)

    @staticmethod
    def put(file: Path, text: str) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        file.chmod(0o755)

    def run(self, *arguments: str, launcher: Path | None = None) -> subprocess.CompletedProcess[str]:
        environ = {"PATH": f"{self.bin}:/usr/bin:/bin", "PYENV_ROOT": str(self.pyenv), "HOME": str(self.elsewhere)}
        return subprocess.run(
            [launcher or self.launcher, *arguments],
            cwd=self.elsewhere,
            env=environ,
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )

    @property
    def uv_calls(self) -> list[str]:
        calls = self.root / "uv.calls"
        return calls.read_text().splitlines() if calls.exists() else []


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    return Clone(tmp_path)


def test_it_installs_the_packages_and_hands_over(clone: Clone) -> None:
    done = clone.run("up", "--data", "my data")
    assert done.stdout == "<-m><standfirst.cli><up><--data><my data>"
    assert done.returncode == 0
    assert len(clone.uv_calls) == 1
    assert "--locked" in clone.uv_calls[0]
    assert "--no-dev" in clone.uv_calls[0]


def test_the_second_start_installs_nothing(clone: Clone) -> None:
    clone.run("version")
    done = clone.run("version")
    assert done.stderr == ""
    assert len(clone.uv_calls) == 1


@pytest.mark.parametrize("name", ["uv.lock", "pyproject.toml"])
def test_it_installs_again_when_the_packages_change(clone: Clone, name: str) -> None:
    clone.run("version")
    (clone.root / name).write_text("changed")
    clone.run("version")
    assert len(clone.uv_calls) == 2


def test_it_installs_again_when_the_clone_was_moved(clone: Clone) -> None:
    clone.run("version")
    moved = clone.root.rename(clone.root.with_name("moved clone"))
    clone.run("version", launcher=moved / "standfirst")
    clone.root = moved
    assert len(clone.uv_calls) == 2


def test_the_tests_get_the_development_packages_and_going_back_takes_nothing_away(clone: Clone) -> None:
    clone.run("version")
    clone.run("test", "-q")
    clone.run("version")
    assert len(clone.uv_calls) == 2
    assert "--no-dev" not in clone.uv_calls[1]


def test_it_finds_its_clone_through_a_symbolic_link(clone: Clone) -> None:
    link = clone.bin / "standfirst"
    link.symlink_to("../a clone/standfirst")
    assert clone.run("version", launcher=link).stdout == "<-m><standfirst.cli><version>"


def test_a_python_that_is_only_a_shim_is_passed_over(clone: Clone) -> None:
    clone.run("version")
    assert f"--python {clone.bin}/python3.13" in clone.uv_calls[0]


def test_it_takes_the_newest_python_that_pyenv_has(clone: Clone) -> None:
    (clone.bin / "python3.13").unlink()
    for version in ("3.9.18", "3.12.1", "3.13.9", "3.13.10"):
        clone.put(clone.pyenv / "versions" / version / "bin" / "python", PYTHON)
    # Whatever Python the machine itself has must not be asked.
    clone.put(clone.bin / "python3.12", ABSENT)
    clone.put(clone.bin / "python3", ABSENT)
    clone.run("version")
    assert f"--python {clone.pyenv}/versions/3.13.10/bin/python" in clone.uv_calls[0]


def test_without_any_python_uv_is_asked_to_fetch_one(clone: Clone) -> None:
    for name in ("python3.13", "python3.12", "python3"):
        clone.put(clone.bin / name, ABSENT)
    done = clone.run("version")
    assert "no Python 3.12 or newer here; uv fetches one" in done.stderr
    assert "--python 3.13" in clone.uv_calls[0]


def test_what_uv_could_not_do_is_said_and_tried_again_next_time(clone: Clone) -> None:
    clone.put(clone.bin / "uv", UV.replace("mkdir", "exit 1; mkdir"))
    done = clone.run("version")
    assert done.returncode == 2
    assert "The packages could not be installed" in done.stderr
    assert not (clone.root / ".venv").exists()


def test_this_repositorys_own_launcher_passes_the_shells_own_check() -> None:
    assert subprocess.run(["sh", "-n", LAUNCHER], check=False).returncode == 0


def test_a_missing_venv_module_is_named_with_the_command_that_mends_it(clone: Clone) -> None:
    (clone.bin / "uv").unlink()
    # Finding a Python works, making a virtual environment with it does not; and we are nobody special.
    clone.put(clone.bin / "python3.13", PYTHON.replace("printf", "exit 1; printf"))
    clone.put(clone.bin / "id", "#!/bin/sh\necho 1000\n")
    done = clone.run("version")
    assert done.returncode == 2
    assert done.stderr.endswith(
        "Python's venv module is missing. Install it with: sudo apt-get install -y python3-venv\n"
    )
