"""How a process ends: when it is done, or is stopped, by a Ctrl+C or by the system. Either way at once, on the spot.

When it is stopped, nothing is raised: an exception that comes out of nowhere ends in a library that catches it, in a
finalizer that prints it and goes on, or in the middle of tidying up. What is half done undoes itself instead. And
nothing that is loaded is taken apart, which would take a tenth of a build: see docs/decisions/0040.

Little is loaded here, so that signals are answered before anything else is there.
"""

from __future__ import annotations

import atexit
import os
import signal
import sys
from collections.abc import Callable
from typing import NoReturn

ASKED_BY_TERMINAL = frozenset({signal.SIGINT, signal.SIGHUP})
"""What a terminal sends to all processes of a command: a Ctrl+C, or that it was closed."""
_SIGNALS = (signal.SIGINT, signal.SIGHUP, signal.SIGTERM)
_AFRESH = "\r\x1b[K"
"""Back to the beginning of a terminal's line, which shows the Ctrl+C or how far the command was, and nothing after it."""
_UNWRITTEN = 120
"""Exit code of Python where what was printed could not be written."""


def end(code: int) -> NoReturn:
    """End the process with an exit code, as Python does, but for taking apart what is loaded."""
    _tidy_up()
    for stream in filter(None, (sys.stdout, sys.stderr)):
        try:
            stream.flush()
        except (OSError, ValueError):
            code = code or _UNWRITTEN
    os._exit(code)


def _tidy_up() -> None:
    """Do what libraries have left for the end, such as removing temporary folders."""
    atexit._run_exitfuncs()  # noqa: SLF001 - as the standard library calls it in processes that it forks


class _Stop:
    """What happens at a signal, and what is to be undone then."""

    def __init__(self) -> None:
        self.code = 0
        self.farewell = ""
        self.output = 2
        self.tidies_up = False
        self.undoing: list[Callable[[], object]] = []
        self.holds = 0
        self.is_asked = False

    def __call__(self, *_: object) -> None:
        """Undo what is half done and end; later, if that is held. This is what handles a signal."""
        if self.holds:
            self.is_asked = True
            return
        for number in _SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        output = _silenced(self.output)
        for undo in (*self.undoing, *((_tidy_up,) if self.tidies_up else ())):
            try:
                undo()
            except Exception:  # noqa: BLE001, S112 - the rest is to be undone nevertheless
                continue
        if self.farewell:
            _write(output, self.farewell)
        os._exit(self.code)


_stop = _Stop()


def stop_command_on_signals(code: int, farewell: str) -> None:
    """From now on this process stops with this exit code, and with a line on standard error."""
    _stop.tidies_up = True
    say_when_stopped(code, farewell, 2)
    _answer()


def stop_worker_on_signals(code: int) -> None:
    """From now on this process, which may be a copy of a command, stops with this exit code, and says nothing."""
    _stop.tidies_up = False  # what there is to tidy up is that of the command
    _stop.holds = 0
    say_when_stopped(code, "", 2)
    _answer()


def _answer() -> None:
    """Answer signals, but for those that are ignored, as where a command is to outlive its terminal."""
    for number in _SIGNALS:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _stop)
    if _stop.is_asked:  # before the copy was made, or since
        _stop()


def say_when_stopped(code: int, farewell: str, output: int) -> None:
    """If this process is stopped by signals, this is its exit code, and the line it writes to a descriptor."""
    _stop.code, _stop.farewell, _stop.output = code, farewell, output


def undone_when_stopped(undo: Callable[[], object]) -> Callable[[], object]:
    """Let a function be called when the process is stopped, in the middle of whatever it is at."""
    _stop.undoing.append(undo)
    return undo


class Held:
    """A block in which it cannot be said yet what would have to be undone: a signal is answered at its end."""

    def __enter__(self) -> None:
        _stop.holds += 1

    def __exit__(self, *_: object) -> None:
        _stop.holds -= 1
        if _stop.is_asked and not _stop.holds:
            _stop()


def _silenced(output: int) -> int:
    """Another descriptor of an output. Nothing more is said on standard error, whatever goes wrong."""
    try:
        kept, nowhere = os.dup(output), os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)
    except OSError:  # it is closed
        return output
    return kept


def _write(output: int, line: str) -> None:
    try:
        os.write(output, f"{_AFRESH if os.isatty(output) else ''}{line}\n".encode())
    except OSError:  # the terminal is gone
        return
