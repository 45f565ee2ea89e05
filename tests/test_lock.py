"""requirements/ names all that is installed, by version and hash, and says what pyproject.toml allows."""

from __future__ import annotations

import json
import re
import sys
import tomllib
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tools.on_pythons import found, named_pythons

ROOT = Path(__file__).parents[1]
PIN = re.compile(r"(?P<name>[a-z0-9-]+)==(?P<version>\S+)(?: ; (?P<marker>.+))?")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


class Pin(NamedTuple):
    version: Version
    marker: Marker | None
    hashes: tuple[str, ...]

    def is_for(self, python: str) -> bool:
        where = {"python_version": python, "python_full_version": f"{python}.0", "sys_platform": "linux"}
        return self.marker is None or self.marker.evaluate(where)


def declared() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def wanted(lock: str) -> list[Requirement]:
    project, system = declared()["project"], declared()["build-system"]
    further = project["optional-dependencies"]["test"] if lock == "test" else []
    return [Requirement(one) for one in (*project["dependencies"], *system["requires"], *further)]


def pins(lock: str) -> dict[str, list[Pin]]:
    """The releases of each package; several where they differ by Python."""
    text = (ROOT / f"requirements/{lock}.txt").read_text(encoding="utf-8")
    locked: dict[str, list[Pin]] = {}
    for entry in re.sub(r"(?m)^#.*\n", "", text).replace("\\\n", " ").splitlines():
        pin, *hashes = re.split(r"\s+(?=--)", entry.strip())
        read = PIN.fullmatch(pin)
        assert read is not None, entry
        marker = Marker(read["marker"]) if read["marker"] else None
        locked.setdefault(read["name"], []).append(Pin(Version(read["version"]), marker, tuple(hashes)))
    return locked


@pytest.mark.parametrize("lock", ["build", "test"])
@pytest.mark.parametrize("python", named_pythons())
def test_each_python_gets_one_release_of_what_is_declared_within_its_bounds(lock: str, python: str) -> None:
    locked = pins(lock)
    for requirement in wanted(lock):
        of_this = [pin.version for pin in locked.get(canonicalize_name(requirement.name), []) if pin.is_for(python)]
        assert len(of_this) == 1, f"{requirement.name}: make requirements"
        assert of_this[0] in requirement.specifier, f"{requirement.name}: make requirements"


@pytest.mark.parametrize("lock", ["build", "test"])
def test_every_release_has_its_hashes(lock: str) -> None:
    for name, releases in pins(lock).items():
        for pin in releases:
            assert pin.hashes, name
            assert all(HASH.fullmatch(one) for one in pin.hashes), name


@pytest.mark.parametrize("python", named_pythons())
def test_what_a_build_takes_is_what_the_tests_take(python: str) -> None:
    def taken(lock: str) -> set[tuple[str, Version, tuple[str, ...]]]:
        each = ((name, pin) for name, releases in pins(lock).items() for pin in releases)
        return {(name, pin.version, pin.hashes) for name, pin in each if pin.is_for(python)}

    assert taken("build") <= taken("test")


@pytest.mark.parametrize("lock", ["build", "test"])
def test_no_registry_and_no_folder_of_a_machine_is_named(lock: str) -> None:
    text = (ROOT / f"requirements/{lock}.txt").read_text(encoding="utf-8")
    assert re.findall(r"(?m)://|^-.*| @ |/", text) == []


def test_the_oldest_python_that_is_tested_is_the_oldest_that_is_allowed() -> None:
    assert declared()["project"]["requires-python"] == f">={named_pythons()[0]}"


@pytest.mark.parametrize(
    "lock", sorted((ROOT / "tests").glob("*/package-lock.json")), ids=lambda lock: lock.parent.name
)
def test_npm_packages_have_their_hashes(lock: Path) -> None:
    packages = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    assert all(one["integrity"].startswith("sha512-") for name, one in packages.items() if name)
    assert not any("resolved" in one for one in packages.values())


def executable(path: Path, script: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_a_python_that_does_not_run_gives_way_to_one_that_does(tmp_path: Path) -> None:
    """A stand-in of pyenv is on the PATH also for a Python that is not switched on, and then fails."""
    executable(tmp_path / "pyenv/shims/python3.13", "exit 127")
    there = executable(tmp_path / "pyenv/versions/3.13.0/bin/python3.13", "echo 3.13")
    other = executable(tmp_path / "bin/python3.13", "echo 3.13")
    executable(tmp_path / "old/python3.13", "echo 3.9")
    assert found("3.13", f"{tmp_path}/none:{tmp_path}/pyenv/shims:{tmp_path}/bin") == there
    assert found("3.13", f"{tmp_path}/old:{tmp_path}/bin") == other
    assert found("3.13", f"{tmp_path}/old") is None


def test_this_python_is_found() -> None:
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    assert found(version, str(Path(sys.base_prefix) / "bin")) is not None
