"""Somebody who does what a page of documentation says."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from contextlib import chdir
from pathlib import Path

from click.testing import CliRunner

from discgen.cache import FOLDER_VARIABLE
from discgen.cli import cli
from tests.docs.page import Command, Step, commands, edited
from tests.readback import ROOT

_SERVES = "discgen preview"  # goes on until it is interrupted
_ALONE = re.compile(r"discgen (?!preview)[^<>|&;$*`]*")
_WHO = {"NAME": "示例", "EMAIL": "clerk@example.invalid"}


class Reader:
    """Somebody who does what a page says, in a workspace of their own."""

    _IS_OURS = True
    """Whether the program is that of this process."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._workspace = folder / "workspace"
        self._fresh()

    def do(self, step: Step) -> list[tuple[Command, str]]:
        """Take one step of a page: the commands that were run and what they printed.

        Raises:
            AssertionError: a command was refused or broke, that is, it ended with neither 0 nor 1.
            ValueError: an edit does not fit the file.
        """
        match step.kind:
            case "fresh":
                self._fresh()
            case "empty":
                self._clear()
            case "diff":
                file = self._workspace / step.path
                file.write_text(edited(file.read_text("utf-8"), step.body), "utf-8")
            case "yaml" | "csv" | "css":
                file = self._workspace / step.path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(step.body, "utf-8")
            case _:
                return [(command, self._run(command)) for command in commands(step)]
        return []

    def _clear(self) -> None:
        shutil.rmtree(self._workspace, ignore_errors=True)
        self._workspace.mkdir()

    def _fresh(self) -> None:
        self._clear()
        shutil.copytree(ROOT / "departments", self._workspace / "departments")

    def _run(self, command: Command) -> str:
        printed, code = self._outcome(command.text)
        assert code in {0, 1}, f"line {command.line}: {command.text}: exit {code}\n{printed}"
        return printed

    def _outcome(self, text: str) -> tuple[str, int]:
        """What a command prints, and its exit code. Our own are run in this process, unless a shell has a part in them."""
        if self._IS_OURS and _ALONE.fullmatch(text):
            with chdir(self._workspace):
                done = CliRunner(env=self._environment()).invoke(cli, shlex.split(text)[1:])
            return done.output, done.exit_code
        process = subprocess.Popen(
            ["bash", "-c", text],
            cwd=self._workspace,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        if text.startswith(_SERVES):
            assert process.stdout
            first = process.stdout.readline()
            process.send_signal(signal.SIGINT)
            return first + process.communicate(timeout=60)[0], process.returncode
        return process.communicate(timeout=300)[0], process.returncode

    def _environment(self) -> dict[str, str]:
        identity = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in _WHO.items()}
        return {
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
            "HOME": str(self._folder),
            "LANG": "C.UTF-8",
            FOLDER_VARIABLE: os.environ[FOLDER_VARIABLE],
            **identity,
        }
