"""The exception for what a user can mend."""

from __future__ import annotations

from typing import ClassVar


class Refusal(Exception):  # noqa: N818 - the program is not in error
    """A request that cannot be met, or data that stop it; `str()` says in Chinese why and what to do.

    Raised anywhere, it ends a command with its text and its exit code: nobody in between catches it but to do something
    else instead. There is a subclass where somebody does that for one reason and not for another.
    """

    exit_code: ClassVar[int] = 2
