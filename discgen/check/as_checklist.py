"""Findings as the finance bureau's 公开情况检查表: for each target its rows, each passed or with the codes found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from discgen.characters import visible_line
from discgen.check.as_text import width
from discgen.check.checked import Checked, FormTried, TargetChecked
from discgen.check.checklist import FAULTY, PASSED, UNKNOWN, counted
from discgen.check.listing import count_of, summary


def as_checklist(checked: Checked) -> str:
    """A list for each target and each form, and the count of all findings at the end."""
    lists = ["\n".join(_checklist(target)) for target in checked.targets]
    lists += ["\n".join(_of_form(form)) for form in checked.forms]
    return "\n\n".join([*lists, "\n".join([summary(checked.findings), *count_of(checked.waived)])])


def _checklist(checked: TargetChecked) -> Iterator[str]:
    yield visible_line(f"公开情况检查表　{checked.target}")
    rows = checked.checklist or ()
    yield from _lined_up([(row.name, row.verdict, row.text) for row in rows])


def _of_form(form: FormTried) -> Iterator[str]:
    """The files of a form in which anything was found; the form itself where nothing was."""
    by_file: dict[str, list[str]] = {}
    for finding in form.findings:
        by_file.setdefault(finding.place.file, []).append(finding.code)
    rows = [(file, FAULTY, counted(codes)) for file, codes in by_file.items()] or [(form.name, PASSED, "")]
    yield f"表式检查表　{form.title}"
    yield from _lined_up(rows)


def _lined_up(rows: Sequence[tuple[str, str, str]]) -> Iterator[str]:
    """A numbered line for each row: its name, its verdict, and what there is to say."""
    room = max(width(name) for name, *_ in rows)
    for number, (name, verdict, text) in enumerate(rows, start=1):
        yield f"{number:3}  {_padded(name, room)}  {_padded(verdict, width(UNKNOWN))}  {visible_line(text)}".rstrip()


def _padded(text: str, room: int) -> str:
    return text + " " * (room - width(text))
