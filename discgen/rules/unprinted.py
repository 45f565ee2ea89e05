"""What is stated and has no place in the form: lost without a word, were it not told."""

from __future__ import annotations

from collections.abc import Iterator

from discgen.diagnostics import Diagnostic, note
from discgen.form.printed import unprinted_keys
from discgen.rules.case import Case

_HINT = "不印也不要紧的留着；要公开的，写进narrative.yaml里会印出的一段，例如notes的other"


def statements_are_printed(case: Case) -> Iterator[Diagnostic]:
    """P051: what a department states of a year has a place in the form; what is below something unprinted is told with it.

    It may well stay, so it is a note; department.yaml is of all years and forms, of which another prints what this
    one does not.
    """
    for tree in case.disclosure.files:
        if tree.file.endswith("/department.yaml"):
            continue
        told: list[tuple[str, ...]] = []
        for key in unprinted_keys(case.form.name):
            path = tuple(key.split("."))
            if path in tree.values and not any(path[: len(one)] == one for one in told):
                told.append(path)
                said = f"{key}写了，{case.form.title}没有印它的地方"
                yield note("P051", said, tree.key_place(path), _HINT)
