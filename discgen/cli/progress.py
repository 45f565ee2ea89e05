"""How far a command is: one line on standard error, for a person who waits; none where nobody sees it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from discgen.cli.screen import say_again

T = TypeVar("T")


@contextmanager
def progress_line(count: int) -> Iterator[Callable[[str], None]]:
    """What shows a text in place of the last one; nothing unless there are several things to do on a terminal."""
    if count < 2 or not sys.stderr.isatty():  # noqa: PLR2004 - one thing has no progress
        yield lambda _: None
        return
    try:
        yield say_again
    finally:
        say_again("")


def counted(things: Iterable[T], count: int, verb: str) -> Iterator[T]:
    """The things one by one, each being named while it is dealt with."""
    with progress_line(count) as show:
        for number, thing in enumerate(things, start=1):
            show(f"{verb} [{number}/{count}] {thing}")
            yield thing
