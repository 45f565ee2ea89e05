"""What the runner of a CI job takes a line of output for a command by, kept out of what is not meant as one.

GitHub obeys a line that begins with `::`, blanks before it or not, and `##[…]` anywhere in it; Azure Pipelines obeys
`##vso[…]`, TeamCity `##teamcity[…]`. They read standard output and standard error alike.
"""

from __future__ import annotations

import re

_BEGINS = re.compile(r"^(\s*):(?=:)")
_STANDS = re.compile(r"#(?=#\w*\[)")


def without_commands(text: str) -> str:
    """The text, in whose lines one character of what would be a command is written as its number."""
    return "\n".join(map(_without_command, text.split("\n")))


def _without_command(line: str) -> str:
    return _STANDS.sub("[U+0023]", _BEGINS.sub(r"\1[U+003A]", line))
