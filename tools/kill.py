"""Kill commands while they write, and see that nothing is lost: every file is the old one or the new one, whole.

A command is killed (SIGKILL) at one of the moments at which it opens a file to write, renames, makes or removes
something in the workspace, which an audit hook counts, or at any moment at all. Then every file of the workspace must
be as before the command or as after an undisturbed run, what was left unfinished must not be taken for data, and the
same command, run again, must end in the state of the undisturbed run. What fails is printed with what to repeat it by.

`cached` is a build in several processes that share a cache: one of them is killed, or all, at any moment. No process may
live on, nothing half written may be left in the workspace or in the cache, and the next build must give the right bytes.

`stopped` are builds of one document or of several, and checks, that are stopped by a Ctrl+C or by SIGTERM at any moment
since they answer signals. They must say that and nothing else, with the exit code of it, and leave nothing behind.

    python tools/kill.py [kills] [seed] [--command fmt|fix|import|rollover|init|export|build|cached|stopped]
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, NoReturn

from discgen.cache import FOLDER_VARIABLE, Cache
from discgen.cli import main as discgen
from discgen.diagnostics import Diagnostic
from discgen.files import UNFINISHED
from discgen.load.workspace import Workspace
from discgen.pipeline import check

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE, JOINED = "_example-all", "_example-joined"
EVENTS = {"os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.chmod", "os.chown", "os.link", "os.symlink"}
"""What changes a folder, besides opening a file to write."""
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
INIT = [
    "init",
    "zwfw",
    "--name",
    "示范市政务服务局",
    "--short-name",
    "市政务局",
    "--code",
    "105001",
    "--region",
    "示范市",
    "--level",
    "市级",
    "--unit",
    "agency=示范市政务服务局:administrative",
    "--year",
    "2025",
    "--kind",
    "budget",
    "--form",
    "shanxi-budget-2025",
]
COUNTED = "events: "
State = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Scenario:
    """A command, and what makes of an empty folder the workspace that it is run in."""

    arguments: tuple[str, ...]
    prepare: Callable[[Path], None]


def _examples(root: Path) -> None:
    for name in (EXAMPLE, JOINED):
        shutil.copytree(ROOT / "departments" / name, root / "departments" / name)


def _untidy(root: Path) -> None:
    _examples(root)
    for path in (root / "departments").rglob("*.yaml"):
        path.write_text(path.read_text(encoding="utf-8").replace("\n", "\n\n\n"), encoding="utf-8")


def _mendable(root: Path) -> None:
    """With a blank that has no width after the first full stop of each file, which `check --fix` takes away."""
    _examples(root)
    for path in (root / "departments").rglob("*.yaml"):
        path.write_text(path.read_text(encoding="utf-8").replace("。", "\u200b。", 1), encoding="utf-8")


def _begun(root: Path) -> None:
    _run(root, INIT)


def _with_ledger(root: Path) -> None:
    _examples(root)
    _run(root, ["export", f"{EXAMPLE}/2024/budget", "--format", "csv", "-o", str(root / "ledger")])
    department = (root / "departments" / EXAMPLE / "department.yaml").read_bytes()
    shutil.rmtree(root / "departments")
    (root / "departments" / EXAMPLE).mkdir(parents=True)
    (root / "departments" / EXAMPLE / "department.yaml").write_bytes(department)


SCENARIOS = {
    "fmt": Scenario(("fmt", EXAMPLE, JOINED), _untidy),
    "fix": Scenario(("check", "--fix", EXAMPLE), _mendable),
    "import": Scenario(("import", f"{EXAMPLE}/2024", "ledger/lines.csv", "--form", "shanxi-budget-2024"), _with_ledger),
    "rollover": Scenario(("rollover", EXAMPLE, "2026"), _examples),
    "init": Scenario(tuple(INIT), lambda _: None),
    "export": Scenario(("export", f"{EXAMPLE}/2024/budget", "--format", "csv"), _examples),
    "build": Scenario(("build", "--draft", "-j", "1", "zwfw"), _begun),
}


@dataclass(frozen=True, slots=True)
class Undisturbed:
    """What a command does when nobody kills it."""

    before: State
    after: State
    code: int
    events: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended: its exit code (negative where it was killed), what it said, and how often it changed something."""

    code: int
    said: str
    events: int


def _run(root: Path, arguments: Sequence[str], kill_at: int = 0, seconds: float | None = None) -> Ended:
    """Run the command in a process of its own, which is killed at an event, or after so long."""
    with tempfile.TemporaryFile("w+") as said:
        child = os.fork()  # a fresh Python would take longer to start than most commands to end
        if not child:
            _become(root, arguments, kill_at, said.fileno())
        if seconds is not None:
            time.sleep(seconds)
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        said.seek(0)
        text, _, count = said.read().partition(COUNTED)
    return Ended(os.waitstatus_to_exitcode(status), text, int(count or 0))


def _become(root: Path, arguments: Sequence[str], kill_at: int, output: int) -> NoReturn:
    """Turn this process into the command. It does not come back."""
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.chdir(root)
    count, inside, code = 0, str(root), 3

    def hook(event: str, details: tuple[Any, ...]) -> None:
        nonlocal count
        is_writing = event == "open" and isinstance(details[2], int) and details[2] & WRITING
        if not (is_writing or event in EVENTS):
            return
        if isinstance(details[0], int) or os.path.abspath(os.fsdecode(details[0])).startswith(inside):  # noqa: PTH100 - a hook is called by pathlib too
            count += 1
            if count == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)
    sys.argv = ["discgen", *arguments]
    try:
        discgen()
    except SystemExit as ended:
        code = int(ended.code or 0)
    finally:
        print(f"{COUNTED}{count}", flush=True)
        os._exit(code)


def _files(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def _whole(root: Path) -> dict[str, bytes]:
    """The files but those that were left unfinished."""
    return {name: data for name, data in _files(root).items() if not fnmatch(Path(name).name, UNFINISHED)}


def _findings(root: Path) -> list[Diagnostic]:
    workspace = Workspace(root)
    return check(workspace, workspace.targets())


def _undisturbed(scenario: Scenario, root: Path) -> Undisturbed:
    before, began = _whole(root), time.monotonic()
    done = _run(root, scenario.arguments)
    lasted = time.monotonic() - began
    after = _whole(root)
    if before == after:
        raise SystemExit(f"{scenario.arguments[0]} changed nothing: {done.said}")
    return Undisturbed(before, after, done.code, done.events, lasted)


def _faults(root: Path, scenario: Scenario, known: Undisturbed) -> Iterator[str]:
    """What is wrong after a kill."""
    now = _whole(root)
    for name in sorted(known.before.keys() | known.after.keys() | now.keys()):
        if now.get(name) not in (known.before.get(name), known.after.get(name)):
            yield f"{name} is neither the old one nor the new one"
    strays = [name for name in _files(root) if name not in now]
    if strays:
        found = _findings(root)
        for name in strays:
            (root / name).unlink()
        if found != _findings(root):
            yield f"{strays} are taken for data"
    done = _run(root, scenario.arguments)
    if _whole(root) != known.after:
        yield f"run again, it ends in another state: {done.said}"
    is_there = now == known.after and "不覆盖" in done.said
    if done.code != known.code and not is_there:
        yield f"run again, it ends with {done.code} instead of {known.code}: {done.said}"


CACHED = "cached"
PATIENCE = 60.0
"""Seconds after which a process that should have ended is taken to live on."""


class CachedBuilds:
    """Builds of one of two versions of a department, whose processes share a cache in which there is more or less."""

    def __init__(self, root: Path, chance: random.Random) -> None:
        self.root, self.chance = root / "workspace", chance
        self.cache = root / "cache"
        self.root.mkdir()
        _begun(self.root)
        [self.edited] = self.root.glob("departments/zwfw/*/narrative.yaml")
        text = self.edited.read_text(encoding="utf-8")
        self.texts = (text, text.replace("- 待补充。", "- 服务示范市的企业和群众。"))
        self.expected: list[bytes] = []
        began = time.monotonic()
        for version in range(2):
            self.set(version)
            self.start(1, "--no-cache").wait()
            self.expected.append(self.pdf().read_bytes())
        if self.expected[0] == self.expected[1]:
            raise SystemExit("both versions are the same document")
        self.seconds = (time.monotonic() - began) / 2

    def pdf(self) -> Path:
        """The one PDF."""
        [path] = self.root.glob("build/zwfw/*.pdf")
        return path

    def set(self, version: int) -> None:
        """Let the department be in one of its versions."""
        self.edited.write_text(self.texts[version], encoding="utf-8")

    def start(self, jobs: int, *options: str) -> subprocess.Popen[bytes]:
        """Begin a build in a session of its own."""
        command = [sys.executable, "-m", "discgen", "-C", str(self.root), "build", "--draft", "-j", str(jobs), *options]
        environment = {**os.environ, FOLDER_VARIABLE: str(self.cache)}
        return subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )

    def kill_one(self) -> tuple[str, list[str]]:
        """Kill a build at a moment; how, and what was wrong afterwards."""
        chance, version = self.chance, self.chance.randrange(2)
        if chance.random() < 1 / 4:
            shutil.rmtree(self.cache, ignore_errors=True)
        if chance.random() < 1 / 4:
            shutil.rmtree(self.root / "build", ignore_errors=True)
        self.set(version)
        jobs, victim = chance.choice((1, 2, 2, 3)), chance.choice(("parent", "worker", "group"))
        seconds = chance.uniform(0, self.seconds)
        build = self.start(jobs)
        time.sleep(seconds)
        if victim == "group":
            os.killpg(build.pid, signal.SIGKILL)
        else:
            workers = [process for process in _session(build.pid) if process != build.pid]
            os.kill(chance.choice(workers) if workers and victim == "worker" else build.pid, signal.SIGKILL)
        build.wait()
        faults = [*_strays(build.pid), *self._half()]
        again = self.start(chance.choice((1, 2)))
        if again.wait() not in (0, 1) or self.pdf().read_bytes() != self.expected[version]:
            faults.append("the next build gives other bytes")
        return f"version {version}, -j {jobs}, {victim} after {seconds:.3f} s", [*faults, *_strays(again.pid)]

    def _half(self) -> Iterator[str]:
        """Files that are neither as before nor as after."""
        for path in (self.root / "build").rglob("*"):
            is_whole = path.is_dir() or path.match(UNFINISHED) or path.read_bytes() in self.expected
            if not is_whole:
                yield f"{path} is neither the old one nor the new one"
        yield from _torn(self.cache)


STOPPED = "stopped"
_OFTEN = 1 / 30
"""How often what was stopped is run again, which takes longer than all else."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A command that nobody stops: its exit code, what it says on standard error, and how long it takes."""

    code: int
    said: str
    seconds: float


class StoppedCommands:
    """Builds and checks of a workspace with several departments, in two processes, with more or less in the cache."""

    COMMANDS: Mapping[str, tuple[str, ...]] = {
        "one": ("build", "--draft", "-j", "2", "zwfw"),
        "five": ("build", "--draft", "-j", "2"),
        "check": ("check", "-j", "2"),
    }
    DEPARTMENTS = ("zwfw", "second", "third", "fourth", "fifth")

    def __init__(self, root: Path, chance: random.Random) -> None:
        self.root, self.cache, self.chance = root / "workspace", root / "cache", chance
        self.root.mkdir()
        for name in self.DEPARTMENTS:
            _run(self.root, ["init", name, *INIT[2:]])
        self.known: dict[str, Whole] = {}
        self.expected: dict[str, bytes] = {}
        for name in self.COMMANDS:
            self.forget()
            began = time.monotonic()
            command = self.start(name)
            _, said = command.communicate()
            self.known[name] = Whole(command.returncode, said, time.monotonic() - began)
            self.expected |= self.built()

    def forget(self) -> None:
        """Let nothing be known of earlier runs."""
        for folder in (self.cache, self.root / "build"):
            shutil.rmtree(folder, ignore_errors=True)

    def built(self) -> dict[str, bytes]:
        """What was written."""
        folder = self.root / "build"
        return _files(folder) if folder.is_dir() else {}

    def start(self, name: str) -> subprocess.Popen[str]:
        """Begin a command in a session of its own."""
        return subprocess.Popen(
            [sys.executable, "-m", "discgen", "-C", str(self.root), *self.COMMANDS[name]],
            env={**os.environ, FOLDER_VARIABLE: str(self.cache)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def stop_one(self, name: str) -> tuple[str, list[str]]:
        """Stop a command at a moment; how, and what was wrong then."""
        chance, known = self.chance, self.known[name]
        if chance.random() < 3 / 4:
            self.forget()
        how, seconds = chance.choice((signal.SIGINT, signal.SIGTERM)), chance.uniform(0, known.seconds)
        command = self.start(name)
        while command.poll() is None and not _answers(command.pid):
            time.sleep(0.001)
        time.sleep(seconds)
        with suppress(ProcessLookupError):
            (os.killpg if how is signal.SIGINT else os.kill)(command.pid, how)
        _, said = command.communicate(timeout=PATIENCE)
        faults = [*_strays(command.pid), *self._left()]
        before, stopped, after = said.rpartition("停下了。\n")
        is_stopped = (command.returncode, after) == (1, "") and stopped and known.said.startswith(before)
        if not is_stopped and (command.returncode, said) != (known.code, known.said):
            faults.append(f"it ends with {command.returncode} and says {said}")
        if chance.random() < _OFTEN:
            self.start("five").communicate()
            if self.built() != self.expected:
                faults.append("the next build gives other bytes")
        return f"{name}, {how.name} after {seconds:.3f} s", faults

    def _left(self) -> Iterator[str]:
        """What is not whole of what was written."""
        built = self.built()
        yield from (f"{name} is left" for name in built if built[name] != self.expected.get(name))
        yield from (f"{path} is left" for path in self.cache.rglob(UNFINISHED))
        yield from _torn(self.cache)


def _answers(process: int) -> bool:
    """Whether a process handles SIGTERM, which Python by itself does not."""
    with suppress(OSError):
        for line in Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines():
            if line.startswith("SigCgt:"):
                return bool(int(line.split()[1], 16) >> (signal.SIGTERM - 1) & 1)
    return False


def _torn(folder: Path) -> Iterator[str]:
    """The objects of a cache that are not whole."""
    cache = Cache(folder)
    for path in folder.glob("??/*"):
        if not path.match(UNFINISHED) and cache.get(path.suffix[1:], path.parent.name + path.stem) is None:
            yield f"{path} is torn"


def _strays(session: int) -> Iterator[str]:
    """Processes that live on."""
    until = time.monotonic() + PATIENCE
    while _session(session) and time.monotonic() < until:
        time.sleep(0.05)
    yield from (f"process {process} lives on" for process in _session(session))


def _session(leader: int) -> list[int]:
    """The processes of a session that are not dead yet."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, session = path.read_text(encoding="utf-8").rpartition(")")[2].split()[:4]
        except OSError:
            continue
        if int(session) == leader and state != "Z":
            found.append(int(path.parent.name))
    return found


def kill_cached(kills: int, seed: int) -> int:
    """Kill so many builds that share a cache; the number of those after which something was wrong."""
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        builds = CachedBuilds(Path(folder), random.Random(seed))
        for _ in range(kills):
            how, faults = builds.kill_one()
            failed += bool(faults)
            for fault in faults:
                print(f"{CACHED} {how}: {fault}", flush=True)
    print(f"{kills} kills of builds with a cache, {failed} failed")
    return failed


def stop(stops: int, seed: int, names: Sequence[str]) -> int:
    """Stop so many commands; the number of those at which something was wrong."""
    failed = dict.fromkeys(names, 0)
    with tempfile.TemporaryDirectory() as folder:
        commands = StoppedCommands(Path(folder), random.Random(seed))
        for number in range(stops):
            name = names[number % len(names)]
            how, faults = commands.stop_one(name)
            failed[name] += bool(faults)
            for fault in faults:
                print(f"{STOPPED} {how}: {fault}", flush=True)
    print(f"{stops} stops, failed: {', '.join(f'{name} {count}' for name, count in failed.items())}")
    return sum(failed.values())


def main(kills: int, seed: int, names: list[str]) -> int:
    """Kill so many commands; the number of those after which something was wrong."""
    chance, failed = random.Random(seed), 0
    with tempfile.TemporaryDirectory() as folder:
        os.environ[FOLDER_VARIABLE] = str(Path(folder) / "cache")
        prepared = {name: Path(folder) / "before" / name for name in names}
        known: dict[str, Undisturbed] = {}
        for name, root in prepared.items():
            root.mkdir(parents=True)
            SCENARIOS[name].prepare(root)
            shutil.copytree(root, Path(folder) / "after" / name)
            known[name] = _undisturbed(SCENARIOS[name], Path(folder) / "after" / name)
        tried = dict.fromkeys(names, 0)
        for number in range(kills):
            name = names[number % len(names)]
            root, scenario, undisturbed = Path(folder) / "now", SCENARIOS[name], known[name]
            shutil.copytree(prepared[name], root)
            if chance.random() < 2 / 3:
                event = chance.randint(1, undisturbed.events)
                moment = f"event {event} of {undisturbed.events}"
                _run(root, scenario.arguments, event)
            else:
                seconds = chance.uniform(0, undisturbed.seconds)
                moment = f"{seconds:.3f} s"
                _run(root, scenario.arguments, seconds=seconds)
            faults = list(_faults(root, scenario, undisturbed))
            tried[name] += 1
            failed += bool(faults)
            for fault in faults:
                print(f"{name} killed at {moment}: {fault}", flush=True)
            shutil.rmtree(root)
    print(f"{kills} kills ({', '.join(f'{name} {count}' for name, count in tried.items())}), {failed} failed")
    return failed


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kills", type=int, nargs="?", default=70)
    parser.add_argument("seed", type=int, nargs="?", default=1)
    parser.add_argument("--command", choices=(*SCENARIOS, CACHED, STOPPED))
    return parser.parse_args()


if __name__ == "__main__":
    asked = _arguments()
    if asked.command == CACHED:
        sys.exit(kill_cached(asked.kills, asked.seed) > 0)
    if asked.command == STOPPED:
        sys.exit(stop(asked.kills, asked.seed, tuple(StoppedCommands.COMMANDS)) > 0)
    sys.exit(main(asked.kills, asked.seed, [asked.command] if asked.command else list(SCENARIOS)) > 0)
