"""Documents made by the workers of a Dask cluster: the same as here, whoever dies and whoever is not like us."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import AF_INET, SOCK_STREAM, socket
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from msgspec import msgpack, structs

from discgen.cache import FOLDER_VARIABLE
from discgen.cli import cli
from discgen.diagnostics import warning
from discgen.files import UNFINISHED
from discgen.gather.departments import Departments
from discgen.load.inputs import copy_of
from discgen.load.target import Target
from discgen.publish import cluster
from discgen.publish.published import Made
from tests.conftest import Demo
from tests.readback import ROOT
from tests.test_workers import PATIENCE, comes

_HOST = "127.0.0.1"


@dataclass(slots=True)
class Running:
    """A process of the cluster, and the folder that it has for itself."""

    process: subprocess.Popen[str]
    folder: Path
    address: str = ""

    def is_at(self, department: str = "*") -> bool:
        """Whether it is making a document of a department."""
        return any(self.folder.glob(f"**/discgen-*/departments/{department}"))

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


class Network:
    """A scheduler, and workers that are started one by one."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder, self._stack = folder, stack
        self.scheduler = self._start("scheduler", {}, "--host", _HOST, "--port", "0", "--no-dashboard")
        self.address = self.scheduler.address

    def worker(self, environment: dict[str, str] | None = None) -> Running:
        options = ("--host", _HOST, "--nthreads", "1", "--no-nanny", "--no-dashboard")
        return self._start("worker", environment or {}, self.address, *options)

    def _start(self, kind: str, environment: dict[str, str], *options: str) -> Running:
        """A process that has said where it listens."""
        folder = self._folder / f"{kind}-{time.monotonic_ns()}"
        folder.mkdir()
        own = {"TMPDIR": str(folder), FOLDER_VARIABLE: str(folder / "cache")}
        log = folder / "log"
        with log.open("w") as said:
            process = subprocess.Popen(
                [sys.executable, "-m", "dask", kind, *options],
                env=os.environ | own | environment,
                stdout=said,
                stderr=said,
                text=True,
                cwd=folder,
            )
        self._stack.callback(process.wait)
        self._stack.callback(process.kill)
        running = Running(process, folder)
        ready = r"Scheduler at: +(\S+)" if kind == "scheduler" else r"Start worker at: +(\S+)(?s:.*)Registered to"

        def is_ready() -> bool:
            found = re.search(ready, log.read_text(encoding="utf-8"))
            running.address = found[1] if found else ""
            return found is not None

        assert comes(is_ready), log.read_text(encoding="utf-8")
        return running


@contextmanager
def running(folder: Path) -> Iterator[Network]:
    with ExitStack() as stack:
        yield Network(folder, stack)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    """A cluster with two workers, none of which a test stops."""
    with running(tmp_path_factory.mktemp("cluster")) as network:
        network.worker()
        network.worker()
        yield network


@pytest.fixture
def network(tmp_path: Path) -> Iterator[Network]:
    """A cluster of the test's own, without workers."""
    (tmp_path / "network").mkdir()
    with running(tmp_path / "network") as network:
        yield network


def start(demo: Demo, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "discgen", "-C", str(demo.workspace.root), "build", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@dataclass(frozen=True, slots=True)
class Ended:
    """How a build ended: its exit code, the lines of standard output without times, and standard error."""

    code: int
    lines: list[str]
    said: str


def ended(build: subprocess.Popen[str]) -> Ended:
    with build:
        printed, said = build.communicate(timeout=PATIENCE)
    lines = sorted(re.sub(r"^\[\d+/|（[\d.]+秒）", "", line) for line in printed.splitlines())
    return Ended(build.returncode, lines, re.sub(r"^\[\d+/(.*)（[\d.]+秒）$", r"\1", said, flags=re.MULTILINE))


def files(demo: Demo) -> dict[str, bytes]:
    """What a build has written."""
    folder = demo.workspace.root / "build"
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def add(demo: Demo, name: str, *edits: tuple[str, str, str]) -> Path:
    """Another department of the workspace, like the first but for edits of its files."""
    folder = demo.folder.parent / name
    shutil.copytree(demo.folder, folder)
    for file, old, new in (("department.yaml", "示范市档案局", f"示范市{name}局"), *edits):
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
    return folder


WARNED = ("2023/projects/1-store.yaml", "summary: 这是概况。", "summary: 这是概况，，。")
WRONG = ("2023/budget.yaml", "amount: 100}", "amount: 101}")


def test_a_cluster_gives_the_same_as_this_machine(workspace: Demo, shared: Network, tmp_path: Path) -> None:
    add(workspace, "甲", WARNED, ("department.yaml", "code: 026", "code: 027"))
    add(workspace, "乙", WRONG)
    linked = add(workspace, "丙")
    (linked / "2023/narrative.yaml").rename(linked / "2023/prose.yaml")
    (linked / "2023/narrative.yaml").symlink_to("prose.yaml")
    workspace.add_accounts()
    names = [path.name for path in workspace.folder.parent.iterdir()]
    here = ended(start(workspace, "-j", "1", "--no-cache", *names))
    built = files(workspace)
    shutil.rmtree(workspace.workspace.root / "build")
    there = ended(start(workspace, "--scheduler", shared.address, *names))
    assert {"甲/2023-budget.pdf", "丙/2023-budget.pdf", "demo/2023-accounts.pdf"} < built.keys()
    assert files(workspace) == built
    assert there == here
    assert here.code == 1
    again = ended(start(workspace, "--scheduler", shared.address, *names))
    assert [line for line in again.lines if "没有变" not in line] == []
    assert not list(tmp_path.rglob(UNFINISHED))


def test_a_draft_is_the_same(workspace: Demo, shared: Network) -> None:
    workspace.edit(*WRONG)
    here = ended(start(workspace, "-j", "1", "--draft", "--no-cache"))
    built = files(workspace)
    shutil.rmtree(workspace.workspace.root / "build")
    assert (ended(start(workspace, "--scheduler", shared.address, "--draft")), files(workspace)) == (here, built)
    assert built.keys() == {"demo/2023-budget-draft.pdf"}


def test_what_a_killed_worker_was_at_is_made_by_another(workspace: Demo, shared: Network) -> None:
    for name in "甲乙丙丁":
        add(workspace, name)
    victim = shared.worker()
    build = start(workspace, "--scheduler", shared.address)
    assert comes(victim.is_at)
    victim.kill()
    done = ended(build)
    assert (done.code, done.said) == (0, "编制5份文件……\n")
    assert len(files(workspace)) == 5


def another_program(folder: Path) -> dict[str, str]:
    """The environment of a worker that has another version of the program."""
    for name in ("discgen", "schema", "templates"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    with (folder / "discgen/money.py").open("a", encoding="utf-8") as module:
        module.write("# changed\n")
    return {"PYTHONPATH": str(folder)}


def another_font(folder: Path) -> dict[str, str]:
    """The environment of a worker that has one font more."""
    (folder / "fonts").mkdir(parents=True)
    (folder / "fonts/Another.ttf").write_bytes(b"\0\1\0\0")
    return {"XDG_DATA_HOME": str(folder)}


@pytest.mark.slow
def test_workers_that_would_make_something_else_are_refused_by_name(
    workspace: Demo, network: Network, tmp_path: Path
) -> None:
    program, font = (
        network.worker(another_program(tmp_path / "program")).address,
        network.worker(another_font(tmp_path / "data")).address,
    )
    told = {
        f"不用{program}：程序版本与这里不同，编出来的不会一样",
        f"不用{font}：字体或排版库与这里不同，编出来的不会一样",
    }
    alone = ended(start(workspace, "--scheduler", network.address))
    *said, last = alone.said.splitlines()
    assert (alone.code, last) == (2, "错误：没有能用的机器，上面说了为什么")
    assert set(said) == {"编制1份文件……", *told}
    network.worker()
    beside = ended(start(workspace, "--scheduler", network.address))
    assert (beside.code, set(beside.said.splitlines())) == (0, {"编制1份文件……", *told})


@pytest.mark.slow
def test_what_kills_workers_is_given_up_and_the_rest_is_made(workspace: Demo, network: Network) -> None:
    for name in ("fatal", "other"):
        add(workspace, name)
    workers = [network.worker() for _ in range(3)]
    build = start(workspace, "--scheduler", network.address)
    died = []
    for _ in range(2):
        assert comes(lambda: any(worker.is_at("fatal") for worker in workers))
        victim = next(worker for worker in workers if worker.is_at("fatal"))
        victim.kill()
        died.append(victim.address)
        shutil.rmtree(victim.folder)
    done = ended(build)
    assert done.code == 3
    assert (
        f"departments/fatal/2023/budget.yaml:1:1 错误 X002 编这一份的进程中途没有了（{'、'.join(died)}）" in done.said
    )
    assert files(workspace).keys() == {"demo/2023-budget.pdf", "other/2023-budget.pdf"}


@pytest.mark.slow
def test_a_scheduler_that_is_lost_is_said_and_what_was_made_is_there(workspace: Demo, network: Network) -> None:
    for name in "甲乙丙丁":
        add(workspace, name)
    worker = network.worker()
    build = start(workspace, "--scheduler", network.address)
    assert comes(lambda: bool(files(workspace)) and worker.is_at())
    network.scheduler.kill()
    done = ended(build)
    said = f"错误：与调度进程{network.address}断开了；编好的已经写下，再运行一次就接着编"
    assert (done.code, done.said.splitlines()[-1]) == (2, said)


def test_an_interrupt_ends_the_build_and_not_the_cluster(workspace: Demo, shared: Network) -> None:
    for name in "甲乙丙丁":
        add(workspace, name)
    build = start(workspace, "--scheduler", shared.address)
    assert comes(lambda: bool(files(workspace)))
    build.send_signal(signal.SIGINT)
    stopped = ended(build)
    assert (stopped.code, stopped.said) == (1, "编制5份文件……\n停下了。\n")
    assert len(files(workspace)) < 5
    assert ended(start(workspace, "--scheduler", shared.address)).code == 0
    assert len(files(workspace)) == 5


@pytest.mark.slow
def test_the_page_for_bureaus_says_how(workspace: Demo, tmp_path: Path) -> None:
    page = (ROOT / "docs/bureau.md").read_text(encoding="utf-8").replace("10.0.0.5", _HOST)
    page = page.replace("--nworkers -1", "--nworkers 1")  # one is enough for one document
    asked = [line.split() for line in page.splitlines() if line.startswith(("dask ", "discgen build --scheduler"))]
    assert [words[:2] for words in asked] == [["dask", "scheduler"], ["dask", "worker"], ["discgen", "build"]]
    with socket(AF_INET, SOCK_STREAM) as free, ExitStack() as stack:
        free.bind((_HOST, 0))
        port = str(free.getsockname()[1])
        free.close()
        *services, build = [[word.replace("8786", port) for word in words] for words in asked]
        for words in services:
            process = subprocess.Popen(
                [sys.executable, "-m", *words], cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            stack.callback(process.wait)
            stack.callback(process.terminate)
        done = ended(start(workspace, *build[2:]))
    assert (done.code, done.said) == (0, "编制1份文件……\n")


def refused(demo: Demo, address: str) -> str:
    """Why a build on a scheduler is refused."""
    done = CliRunner().invoke(cli, ["build", "-C", str(demo.workspace.root), "--scheduler", address])
    assert done.exit_code == 2
    return done.stderr.splitlines()[-1].removeprefix("错误：")


@pytest.mark.parametrize("address", ["10.0.0.5:8786", "http://10.0.0.5:8786", "tcp://10.0.0.5", "tcp://:8786", ""])
def test_what_is_no_address_is_refused(workspace: Demo, address: str) -> None:
    said = f"“{address}”不是调度进程的地址，写成tcp://主机:端口，例如tcp://10.0.0.5:8786"
    assert refused(workspace, address) == said


@pytest.mark.parametrize("address", ["tcp://10.0.0.5:8786", "tls://scheduler.example:8786", "tcp://[::1]:8786"])
def test_addresses_are_known(address: str) -> None:
    assert cluster.check_address(address) == address


def test_without_dask_it_is_said_what_to_install(workspace: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert refused(workspace, "tcp://127.0.0.1:8786").endswith("pip install distributed")


def test_a_scheduler_that_is_not_there_is_said(workspace: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_PATIENCE", 0.2)
    assert refused(workspace, f"tcp://{_HOST}:9").startswith(f"连不上调度进程tcp://{_HOST}:9")


def test_a_scheduler_that_asks_for_certificates_is_said(workspace: Demo) -> None:
    assert refused(workspace, f"tls://{_HOST}:9").startswith(f"连tls://{_HOST}:9要证书")


# --- what a worker does ---


@pytest.fixture
def asked(workspace: Demo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[cluster.Order, bytes]:
    """An order, and what departments are called, in a process that is taken for a worker."""
    copy = copy_of(workspace.workspace.root, workspace.target)
    assert copy is not None
    monkeypatch.setattr("distributed.get_worker", lambda: SimpleNamespace(local_directory=str(tmp_path)))
    order = cluster.Order(workspace.target, copy, draft=False, is_cached=False, identity=cluster.identity())
    return order, Departments(workspace.workspace).encode()


def test_a_bug_on_a_worker_comes_back_with_its_log(
    asked: tuple[cluster.Order, bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("discgen.publish.build.render", broken)
    order, departments = asked
    data = cluster.deliver(msgpack.encode(order), departments)
    delivery = cluster.delivered(data, order.target)
    assert delivery is not None
    assert [finding.code for finding in delivery.made.findings] == ["X001"]
    assert "ZeroDivisionError" in delivery.log[0]
    assert list(tmp_path.glob("discgen-*")) == []


def test_a_worker_that_has_become_another_makes_nothing(asked: tuple[cluster.Order, bytes]) -> None:
    order, departments = asked
    with pytest.raises(RuntimeError):
        cluster.deliver(msgpack.encode(structs.replace(order, identity=("", ""))), departments)


# --- what comes back ---

TARGET = Target("demo", 2023, "budget")
FOUND = (warning("P001", "……", TARGET.place),)
ANSWERS: dict[str, object] = {
    "no bytes": "%PDF-1.7",
    "no message": b"%PDF-1.7",
    "something else": msgpack.encode({"made": 1}),
    "another target": msgpack.encode(cluster.Delivery(Made(Target("other", 2023, "budget"), b"", FOUND, 1.0), ())),
    "no PDF": msgpack.encode(cluster.Delivery(Made(TARGET, b"MZ", FOUND, 1.0), ())),
}


@pytest.mark.parametrize("answer", ANSWERS)
def test_what_is_no_delivery_is_not_believed(answer: str) -> None:
    assert cluster.delivered(ANSWERS[answer], TARGET) is None


@pytest.mark.parametrize("data", [b"%PDF-1.7", b""])
def test_a_delivery_is_what_was_made(data: bytes) -> None:
    delivery = cluster.Delivery(Made(TARGET, data, FOUND, 1.0), ("……",))
    assert cluster.delivered(msgpack.encode(delivery), TARGET) == delivery
