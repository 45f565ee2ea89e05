"""Renew requirements/: every package that a build and the tests need, by version and hash.

    make requirements

The newest releases that pyproject.toml allows are taken, for every Python and machine at once, and
only such as have wheels: a package that is built here would fetch what no lock knows. Then the wheels
are looked for, for each Python that pyproject.toml names, on x86_64 and aarch64.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

from tools.on_pythons import named_pythons

ROOT = Path(__file__).parents[1]
_MACHINES = ("x86_64", "aarch64")
_PLATFORM = "manylinux_2_28"
"""That of Debian 12 and Ubuntu 24.04, and of older releases."""


def main(uv: str) -> None:
    """Write both locks. `uv` is the program that resolves them."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    pythons = named_pythons()
    backend = "\n".join(declared["build-system"]["requires"])
    compile_ = (uv, "pip", "compile", "--quiet", "--generate-hashes", "--no-build", "--no-annotate")
    everything = (*compile_, "--universal", "--python-version", pythons[0], "pyproject.toml", "-")
    _run(*everything, "--extra", "test", "--upgrade", "--output-file", "requirements/test.txt", said=backend)
    # What builds a document is the same release where it is tested.
    _run(*everything, "--constraint", "requirements/test.txt", "--output-file", "requirements/build.txt", said=backend)
    for python in pythons:
        for machine in _MACHINES:
            there = ("--python-version", python, "--python-platform", f"{machine}-{_PLATFORM}")
            _run(*compile_, "--no-deps", *there, "requirements/test.txt", "--output-file", os.devnull)
            print(f"Python {python} {machine}: every wheel is there")


def _run(*command: str, said: str = "") -> None:
    environment = os.environ | {"UV_CUSTOM_COMPILE_COMMAND": "make requirements"}
    subprocess.run(command, cwd=ROOT, env=environment, input=said, text=True, check=True)


if __name__ == "__main__":
    main(sys.argv[1])
