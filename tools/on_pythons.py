"""Make a target with each Python of this machine that pyproject.toml names, each in a venv of its own.

    python -m tools.on_pythons pytest            # all of them
    python -m tools.on_pythons --others sample   # all but the one that runs this

A Python that the machine does not have is named and left out.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
_TESTED = "Programming Language :: Python :: 3."
_ANSWERS = "import ensurepip, sys; print('%d.%d' % sys.version_info[:2])"


def named_pythons() -> list[str]:
    """The releases of Python that the project says it is tested on, the oldest first."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [one.rpartition(" ")[2] for one in project["classifiers"] if one.startswith(_TESTED)]


def found(version: str, path: str) -> Path | None:
    """A Python of this release that runs and can make a venv, by the folders of a PATH."""
    return next((one for one in _candidates(version, path) if _runs(one, version)), None)


def _candidates(version: str, path: str) -> Iterator[Path]:
    """Those on the PATH; behind a stand-in of pyenv, which runs only what is switched on, also all that it has."""
    for folder in map(Path, path.split(os.pathsep)):
        yield folder / f"python{version}"
        if folder.name == "shims":
            yield from sorted(folder.parent.glob(f"versions/{version}.*/bin/python{version}"), reverse=True)


def _runs(python: Path, version: str) -> bool:
    if not python.is_file():
        return False
    done = subprocess.run([python, "-c", _ANSWERS], capture_output=True, text=True, check=False)
    return done.returncode == 0 and done.stdout.strip() == version


def main(target: str, *, others: bool) -> int:
    """Make the target with each; the exit code is that of the first that failed."""
    here = f"{sys.version_info[0]}.{sys.version_info[1]}"
    for version in named_pythons():
        if others and version == here:
            continue
        python = found(version, os.environ.get("PATH", ""))
        if python is None:
            print(f"没有Python {version}，没有试。", flush=True)
            continue
        print(f"Python {version}：make {target}", flush=True)
        made = ["make", "--no-print-directory", target, f"PYTHON={python}", f"VENV=.venvs/{version}"]
        done = subprocess.run(made, cwd=ROOT, check=False)
        if done.returncode:
            return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[-1], others="--others" in sys.argv[1:-1]))
