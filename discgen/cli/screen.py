"""The one place that prints, so that what data hold cannot pass for the program's own words.

A control character would move a terminal's cursor, a direction mark turn a sentence round, and a
line that begins with `::` is a command to the runner of a CI job: each is written as its number.
JSON is written as UTF-8 whatever the terminal's encoding (RFC 8259, section 8.1).
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from io import TextIOWrapper
from typing import IO, cast

import click

from discgen.characters import encodable, visible_line, without_commands
from discgen.errors import Refusal
from discgen.files import reason


def say(line: str, *, err: bool = False) -> None:
    """Print one line; what would end it earlier is made visible."""
    say_lines(visible_line(line), err=err)


def say_refusal(message: str) -> None:
    """Print why a request cannot be met, as far as standard error can be written to."""
    try:
        say(f"错误：{message}", err=True)
    except OSError:
        _let_go(sys.stderr)


def say_lines(text: str, *, err: bool = False, coloured: bool = False) -> None:
    """Print a report, whose maker has made each line visible as one; no line is a command to a CI job."""
    click.echo(without_commands(text), err=err, color=coloured or None)


def say_commands(text: str) -> None:
    """Print commands to the runner of a CI job, whose maker has escaped what data hold."""
    click.echo(text)


def say_json(text: str) -> None:
    """Print JSON, as UTF-8."""
    click.echo(f"{encodable(text)}\n".encode(), nl=False)


_SHOWS: Mapping[str, Callable[[str], None]] = {
    "json": say_json,
    "sarif": say_json,
    "codequality": say_json,
    "github": say_commands,
}
"""How reports of findings are shown that are not for a person."""


def say_report(format_name: str, text: str) -> None:
    """Print a report of findings."""
    _SHOWS.get(format_name, say_lines)(text)


def say_again(line: str) -> None:
    """Show a line on standard error in place of the last one, which an empty one takes away."""
    click.echo(f"{_AFRESH}{without_commands(visible_line(line))}", nl=False, err=True, color=True)


_AFRESH = "\r\x1b[K"
"""Back to the beginning of the line, and nothing after it."""


def prepare_streams() -> None:
    """Let standard output and error take every character, and standard input and error be there at all.

    A closed standard output is refused, before anything is done.
    """
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - for as long as the program runs
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123 - likewise
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            cast("TextIOWrapper", stream).reconfigure(errors="backslashreplace")
    if sys.stdout is None:
        say_refusal("标准输出关着，结果没有地方显示；去掉>&-，或写>/dev/null")
        sys.exit(Refusal.exit_code)


def refused_by_system(error: OSError) -> str:
    """The message for a file or an output that the system refuses; empty for an error that is a bug of ours."""
    return _refused_file(error) if error.filename is not None else _refused_output(error)


def _refused_file(error: OSError) -> str:
    """Nothing of a file that we should not have asked for."""
    if error.errno not in _BY_SYSTEM:
        return ""
    name = os.fsdecode(error.filename)
    return f"{name if len(name) <= _SHOWN else f'{name[:_SHOWN]}……'} {reason(error)}"


def _refused_output(error: OSError) -> str:
    """The same where there is no name: of what is printed, or of the folder for temporary files."""
    if error.errno == errno.ENOENT:
        return "没有能写的临时文件夹：用环境变量TMPDIR指一个"
    if error.errno not in {errno.EPIPE, errno.EBADF, *_BY_SYSTEM}:
        return ""
    for stream in (sys.stdout, sys.stderr):
        _let_go(stream)
    return f"结果没有全部显示出来：{'接收的程序先结束了' if error.errno == errno.EPIPE else reason(error)}"


_BY_SYSTEM = {
    *(errno.ENAMETOOLONG, errno.EACCES, errno.EPERM, errno.EROFS, errno.ELOOP, errno.EMFILE, errno.ENFILE),
    *(errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO),
}
"""What is no bug of ours, wherever it shows."""
_SHOWN = 60
"""How much of a name is shown that may be too long for the system."""


def _let_go(stream: IO[str]) -> None:
    """Let a stream that cannot be written to lead nowhere: what it still holds would fail once more at the end."""
    try:
        stream.flush()
    except OSError:
        with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - it has no path of ours
            os.dup2(nowhere.fileno(), stream.fileno())


@contextmanager
def progress_line(count: int) -> Iterator[Callable[[str], None]]:
    """What shows a text in place of the last one; nothing unless there are several items to do on a terminal."""
    if count < 2 or not sys.stderr.isatty():  # noqa: PLR2004 - one item has no progress
        yield lambda _: None
        return
    try:
        yield say_again
    finally:
        say_again("")
