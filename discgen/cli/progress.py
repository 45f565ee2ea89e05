"""How far a command is: one line on standard error, for a person who waits; none where nobody sees it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import click

_AFRESH = "\r\x1b[K"
"""Back to the beginning of the line, and nothing after it."""
T = TypeVar("T")


@contextmanager
def progress_line(count: int) -> Iterator[Callable[[str], None]]:
    """What shows a text in place of the last one; nothing unless there are several things to do on a terminal."""
    if count < 2 or not sys.stderr.isatty():  # noqa: PLR2004 - one thing has no progress
        yield lambda _: None
        return
    try:
        yield lambda text: click.echo(f"{_AFRESH}{text}", nl=False, err=True, color=True)
    finally:
        click.echo(_AFRESH, nl=False, err=True, color=True)


def counted(things: Iterable[T], count: int, verb: str) -> Iterator[T]:
    """The things one by one, each being named while it is dealt with."""
    with progress_line(count) as show:
        for number, thing in enumerate(things, start=1):
            show(f"{verb} [{number}/{count}] {thing}")
            yield thing
