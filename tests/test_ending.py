"""A command that is stopped says so and nothing else, leaves nothing behind, and ends at once, as one that is done does."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")
STOPPED = (1, "", "停下了。\n")
"""Exit code, standard output and error of a command that is stopped."""


HEARING = "import signal; signal.signal(signal.SIGHUP, signal.SIG_DFL)\n"
"""What runs the tests may have been told to outlive its terminal, and ignore it."""


def ended(program: str, *arguments: str, folder: Path | None = None) -> tuple[int, str, str]:
    """How a program ends, once all have that it has started and that could still say something."""
    command = [sys.executable, "-c", HEARING + program, *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


LOADING = """
import os, signal, sys

_, how, module, *words = sys.argv

class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == module:
            os.kill(os.getpid(), getattr(signal, how))

sys.meta_path.insert(0, Interrupting())
from discgen.__main__ import main
sys.argv[1:] = words
main()
"""


@pytest.mark.parametrize("module", ["discgen.cli.group", "discgen.cli.check_command"])
@pytest.mark.parametrize("how", SIGNALS)
def test_a_command_is_stopped_while_modules_are_loaded(how: str, module: str) -> None:
    assert ended(LOADING, how, module, "check") == STOPPED


BEGIN = """
import atexit, os, signal, sys
from discgen.ending import end, stop_command_on_signals

stop_command_on_signals(1, "停下了。")
stop = lambda: os.kill(os.getpid(), signal.SIGTERM)
"""


def test_no_library_keeps_a_command_from_stopping() -> None:
    deaf = """
class Deaf:
    def __del__(self):
        stop()
try:
    Deaf()
    exec("stop()")
except BaseException as problem:
    print(repr(problem))
"""
    assert ended(BEGIN + deaf) == STOPPED


@pytest.mark.parametrize("event", ["open", "os.rename"])
def test_half_written_files_go_when_a_command_is_stopped(event: str, tmp_path: Path) -> None:
    writes = """
from pathlib import Path
from discgen.files import replace_files
files = {Path("a"): b"a", Path("b"): b"b"}
sys.addaudithook(lambda event, details: event == sys.argv[1] and "tmp" in str(details[0]) and stop())
replace_files(files)
"""
    assert ended(BEGIN + writes, event, folder=tmp_path) == STOPPED
    assert list(tmp_path.iterdir()) == []


def test_temporary_folders_go_when_a_command_is_stopped(tmp_path: Path) -> None:
    holds = """
from tempfile import TemporaryDirectory
with TemporaryDirectory(dir="."):
    stop()
"""
    assert ended(BEGIN + holds, folder=tmp_path) == STOPPED
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("forked", [True, False], ids=["forked", "fresh"])
def test_a_process_that_is_just_being_started_goes_with_its_command(*, forked: bool, tmp_path: Path) -> None:
    """The signal comes when there is a process that nobody knows of yet."""
    starts = f"""
from multiprocessing import util
from discgen.workers import in_workers

def begin():
    return str

def and_stop(start):
    def act(*arguments):
        process = start(*arguments)
        if process:
            stop()
        return process
    return act

if __name__ == "__main__":
    os.fork, util.spawnv_passfds = and_stop(os.fork), and_stop(util.spawnv_passfds)
    print(*in_workers(begin, "abc", 2, print, forked={forked}))
"""
    program = tmp_path / "program.py"
    program.write_text(BEGIN + starts, encoding="utf-8")
    done = subprocess.run([sys.executable, str(program)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == STOPPED


def test_a_command_that_is_done_ends_with_its_code_and_all_that_it_printed() -> None:
    done = """
atexit.register(lambda: print("tidied up", end=""))
print("printed ", end="")
end(3)
"""
    assert ended(BEGIN + done) == (3, "printed tidied up", "")


def test_what_cannot_be_printed_at_the_end_is_no_success() -> None:
    full = """
sys.stdout = open("/dev/full", "w")
print("printed")
end(0)
"""
    assert ended(BEGIN + full) == (120, "", "")
