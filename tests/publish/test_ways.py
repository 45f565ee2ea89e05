"""A PDF is the same bytes by whatever way it was built: what was kept, how many processes there were, and where it was."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.msgpack import encode

from discgen.cache import FOLDER_VARIABLE, Cache
from discgen.load.target import Target
from discgen.load.workspace import Workspace
from discgen.publish.published import output_path
from tests.conftest import Demo
from tests.readback import WANLI_2025, copied
from tests.test_workers import PATIENCE, children, comes, is_alive

ELSEWHERE = {
    "TZ": "Asia/Tokyo",
    "LC_ALL": "zh_CN.UTF-8",
    "LANG": "zh_CN.UTF-8",
    "PYTHONHASHSEED": "7",
    "PYTHONUTF8": "0",
}
EDITS = {
    Target("demo", 2023, "budget"): ("2023/projects/1-store.yaml", "summary: 这是概况。", "summary: 这是别的概况。"),
    WANLI_2025: ("2025/narrative.yaml", "  duties:\n", "  duties:\n    - 做好示范工作。\n"),
}
"""Of each document, a change that moves nothing but its own unit, or all pages after it."""


class Builds:
    """Builds of one document with a cache of their own."""

    def __init__(self, root: Path, target: Target, cache: Path) -> None:
        self.root, self.target, self.cache = root, target, cache

    @property
    def pdf(self) -> Path:
        return output_path(Workspace(self.root), self.target)

    def start(self, *options: str, umask: int = -1, **environment: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "discgen", "-C", str(self.root), "build", *options, str(self.target)]
        merged = {**os.environ, FOLDER_VARIABLE: str(self.cache), **environment}
        return subprocess.Popen(
            command, env=merged, umask=umask, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def bytes(self, *options: str, umask: int = -1, **environment: str) -> bytes:
        """What a build writes."""
        with self.start(*options, umask=umask, **environment) as build:
            _, said = build.communicate()
        assert build.returncode == 0, said
        return self.pdf.read_bytes()

    def edit(self, *, back: bool = False) -> None:
        name, old, new = EDITS[self.target]
        path = self.root / "departments" / self.target.department / name
        text = path.read_text(encoding="utf-8")
        old, new = (new, old) if back else (old, new)
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")

    def moved(self, folder: Path, cache: Path) -> Builds:
        """The same in another folder, with another cache."""
        shutil.copytree(self.root / "departments", folder / "departments")
        return Builds(folder, self.target, cache)


@pytest.fixture(params=["small", pytest.param("large", marks=pytest.mark.slow)])
def builds(request: pytest.FixtureRequest, tmp_path: Path) -> Builds:
    if request.param == "small":
        demo = Demo(tmp_path / "first")
        return Builds(demo.workspace.root, demo.target, tmp_path / "cache")
    (tmp_path / "first").mkdir()
    return Builds(copied(tmp_path / "first", WANLI_2025), WANLI_2025, tmp_path / "cache")


def test_every_way_gives_the_same_bytes(builds: Builds, tmp_path: Path) -> None:
    cold = builds.bytes("-j", "1")
    written = builds.pdf.stat().st_mtime_ns
    assert builds.bytes() == cold
    assert builds.pdf.stat().st_mtime_ns == written, "unchanged"
    elsewhere = builds.moved(tmp_path / "资料 二", tmp_path / "other cache")
    assert elsewhere.bytes("-j", "2", umask=0o077, **ELSEWHERE) == cold
    builds.edit()
    edited = builds.bytes("-j", "2")
    assert edited != cold
    assert builds.bytes("-j", "2", "--no-cache", PYTHONHASHSEED="3") == edited
    builds.edit(back=True)
    assert builds.bytes("-j", "1") == cold, "put together of what was kept"


def test_whatever_else_is_kept_under_its_name_it_is_the_same_bytes(builds: Builds) -> None:
    whole, cache = builds.bytes("-j", "1"), Cache(builds.cache)
    builds.pdf.unlink()
    for number, path in enumerate(sorted(builds.cache.glob("??/*"))):
        cache.put(
            path.suffix[1:],
            path.parent.name + path.stem,
            (b"", b"\x01", encode([1, 2]), encode({"a": [1]}))[number % 4],
        )
    assert builds.bytes("-j", "1") == whole


def test_two_builds_at_once_share_a_cache(builds: Builds, tmp_path: Path) -> None:
    other = builds.moved(tmp_path / "second", builds.cache)
    with builds.start("-j", "1") as one, other.start("-j", "2") as two:
        assert [two.communicate()[1], one.communicate()[1]] == ["编制1份文件……\n"] * 2
    assert builds.pdf.read_bytes() == other.pdf.read_bytes()
    builds.pdf.unlink()
    assert builds.bytes("-j", "1", "--no-cache") == other.pdf.read_bytes()


@pytest.fixture
def helped(workspace: Demo, cache_folder: Path) -> Iterator[tuple[Builds, subprocess.Popen[str], int]]:
    """A build and the process that helps it, while both are at work."""
    builds = Builds(workspace.workspace.root, workspace.target, cache_folder)
    at_work: list[int] = []

    def helps() -> bool:
        at_work[:] = filter(loads_layout, children(build.pid))
        return bool(at_work)

    with builds.start("-j", "2") as build:
        assert comes(helps)
        yield builds, build, at_work[0]


def loads_layout(process: int) -> bool:
    """Whether a process has loaded a library of layout."""
    try:
        return "libharfbuzz-subset" in Path(f"/proc/{process}/maps").read_text(encoding="utf-8")
    except OSError:
        return False


def test_a_helper_that_is_killed_is_not_missed(helped: tuple[Builds, subprocess.Popen[str], int]) -> None:
    builds, build, helper = helped
    os.kill(helper, signal.SIGKILL)
    _, said = build.communicate()
    assert (build.returncode, said) == (0, "编制1份文件……\n")
    assert builds.bytes("--no-cache", "-j", "1") == builds.pdf.read_bytes()


STOPS: dict[str, Callable[[int], None]] = {
    "killed": lambda process: os.kill(process, signal.SIGKILL),
    "interrupted": lambda process: os.kill(process, signal.SIGINT),
}


@pytest.mark.parametrize("how", STOPS)
def test_no_helper_outlives_its_build(helped: tuple[Builds, subprocess.Popen[str], int], how: str) -> None:
    builds, build, helper = helped
    STOPS[how](build.pid)
    _, said = build.communicate(timeout=PATIENCE)
    assert comes(lambda: not is_alive(helper))
    if how != "killed":
        assert (build.returncode, said) == (1, "编制1份文件……\n停下了。\n")
    assert [path for path in builds.root.rglob("*") if path.is_file() and "build" in path.parts] == []
