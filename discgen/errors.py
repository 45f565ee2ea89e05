"""Ways in which work ends early: `Refusal`, which a user can mend; an exception that nobody foresaw (X001); and the end of
the process that was at it (X002).

Whatever goes from one department to the next does so through `contained`, so that our bug in one
of them, or a file that somebody made to bring it out, leaves the work of all others as it is: a
finding of its file, and the traceback in the log.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path
from typing import ClassVar, TypeVar

from discgen.characters import visible_line, visible_lines, without_commands
from discgen.diagnostics import Diagnostic, Place, error

T = TypeVar("T")
R = TypeVar("R")

_FAMILY = "X"
_PACKAGE = Path(__file__).parent
_DIGITS = 6
_LOG = logging.getLogger("discgen")


class Refusal(Exception):  # noqa: N818 - the program is not in error
    """A request that cannot be met, or data that stop it; `str()` says in Chinese why and what to do.

    Raised anywhere, it ends a command with its text and its exit code. Code in between catches it only to go on in
    another way; what it catches then has a subclass.
    """

    exit_code: ClassVar[int] = 2


def contained(
    act: Callable[[], T],
    place: Place,
    otherwise: Callable[[Diagnostic], R],
    passing: tuple[type[Exception], ...] = (),
) -> T | R:
    """What `act` returns; where it ends in an exception, what `otherwise` makes of the finding that reports it.

    `passing` are exceptions that a caller handles.
    """
    try:
        return act()
    except passing:
        raise
    except Exception as cause:  # noqa: BLE001 - any exception is what this is for
        return otherwise(_report(cause, place))


def process_lost(doing: str, place: Place, how: str, instead: str) -> Diagnostic:
    """X002: the process that was `doing` something (编, 查) has died, `how`; and what to try `instead`."""
    message = f"{doing}这一份的进程中途没有了（{how}）"
    return error("X002", message, place, f"别的照{doing}。多半是内存不够：{instead}；还是这样，发给维护者")


def bugs_in(findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The findings that tell of a bug of ours or a process that died (X…), not of a fault of the data."""
    return [finding for finding in findings if finding.code.startswith(_FAMILY)]


def _report(cause: Exception, place: Place) -> Diagnostic:
    where = _innermost(cause)
    number = sha256(f"{type(cause).__name__} {where}".encode()).hexdigest()[:_DIGITS].upper()
    log = without_commands(visible_lines("".join(traceback.format_exception(cause))))
    _LOG.error("错误编号%s：%s\n%s", number, visible_line(place.file), log)
    message = f"discgen自己出错了，这一份没有做完（错误编号{number}：{type(cause).__name__}，{where}）"
    hint = f"不是数据的问题，别的照做；把错误输出里“错误编号{number}”起的那一段和这一份的文件发给维护者"
    return error("X001", message, place, hint)


def _innermost(cause: Exception) -> str:
    """The line of ours that was reached last, `reference/codes.py:62`."""
    steps = [step for step in traceback.extract_tb(cause.__traceback__) if _PACKAGE in Path(step.filename).parents]
    last = steps[-1] if steps else None
    return f"{Path(last.filename).relative_to(_PACKAGE).as_posix()}:{last.lineno}" if last else ""
