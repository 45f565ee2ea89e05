"""What shipped files become is worked out once for each release, and by whoever else changes the program."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import pytest
from jinja2 import DictLoader, Environment
from jinja2.sandbox import ImmutableSandboxedEnvironment
from msgspec import Struct

from discgen import compiled as subject
from discgen.compiled import keep_compiled
from discgen.files import UNFINISHED
from discgen.form.files import form_names
from discgen.form.form import load_shipped_form
from discgen.form.printed import printed_by_shipped
from discgen.ledger.facts import load_catalogue
from discgen.rules.catalogue import load_rules
from discgen.sandbox import CompiledTemplates, Sandbox

T = TypeVar("T")


class Made(Struct, frozen=True):
    number: int
    file: str


CALLS: list[int] = []


def make(number: int) -> Made:
    CALLS.append(number)
    return Made(number, "facts.yaml")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(subject, "_FOLDER", tmp_path)
    monkeypatch.setattr(subject, "has_shipped_changed", lambda: False)
    monkeypatch.setattr(subject, "code", lambda: "this code")
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    CALLS.clear()
    return tmp_path


def made_in_a_run_of_its_own(number: int = 1) -> Made:
    return keep_compiled(make)(number)


def test_the_next_run_takes_over_what_was_worked_out() -> None:
    assert made_in_a_run_of_its_own() == made_in_a_run_of_its_own() == make(1)
    assert CALLS == [1, 1]  # the second by this test itself


def test_what_is_asked_otherwise_is_another_thing() -> None:
    assert [made_in_a_run_of_its_own(number).number for number in (1, 2, 1)] == [1, 2, 1]
    assert CALLS == [1, 2]


def test_other_code_works_it_out_again(monkeypatch: pytest.MonkeyPatch) -> None:
    made_in_a_run_of_its_own()
    monkeypatch.setattr(subject, "code", lambda: "other code")
    made_in_a_run_of_its_own()
    assert CALLS == [1, 1]


def test_once_a_shipped_file_has_changed_nothing_is_taken_over_or_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_in_a_run_of_its_own()
    monkeypatch.setattr(subject, "has_shipped_changed", lambda: True)
    kept = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    made_in_a_run_of_its_own()
    made_in_a_run_of_its_own(2)
    assert CALLS == [1, 1, 2]
    assert kept == {path: path.stat().st_mtime_ns for path in folder.iterdir()}


def test_nothing_is_written_where_python_is_to_write_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert made_in_a_run_of_its_own().number == 1
    assert list(folder.iterdir()) == []


def test_a_folder_that_cannot_be_written_to_does_no_harm(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "file").write_bytes(b"")
    monkeypatch.setattr(subject, "_FOLDER", folder / "file")
    assert made_in_a_run_of_its_own().number == 1


def cut(kept: Path) -> None:
    kept.write_bytes(kept.read_bytes()[:-1])


def empty(kept: Path) -> None:
    kept.write_bytes(b"")


def still_readable_but_another(kept: Path) -> None:
    data = kept.read_bytes()
    kept.write_bytes(data.replace(b"facts.yaml", b"fakts.yaml"))
    assert kept.read_bytes() != data


def under_the_name_of_another(kept: Path) -> None:
    made_in_a_run_of_its_own(2)
    (other,) = set(kept.parent.iterdir()) - {kept}
    kept.write_bytes(other.read_bytes())


def a_pipe(kept: Path) -> None:
    kept.unlink()
    os.mkfifo(kept)


@pytest.mark.parametrize("spoil", [cut, empty, still_readable_but_another, under_the_name_of_another, a_pipe])
def test_what_is_not_as_it_was_kept_is_worked_out_again(folder: Path, spoil: Callable[[Path], None]) -> None:
    made_in_a_run_of_its_own()
    (kept,) = folder.iterdir()
    spoil(kept)
    CALLS.clear()
    assert made_in_a_run_of_its_own() == Made(1, "facts.yaml")
    assert CALLS == [1]
    assert made_in_a_run_of_its_own().number == 1
    assert CALLS == [1]


def test_who_may_read_the_code_may_read_what_it_became(folder: Path) -> None:
    before = os.umask(0o022)
    try:
        made_in_a_run_of_its_own()
    finally:
        os.umask(before)
    (kept,) = folder.iterdir()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o644


def test_what_a_killed_run_has_left_unfinished_goes_away(folder: Path) -> None:
    (folder / ".discgen-00.tmp").write_bytes(b"half")
    os.utime(folder / ".discgen-00.tmp", (0, 0))
    made_in_a_run_of_its_own()
    assert list(folder.glob(UNFINISHED)) == []


def read_back(function: Callable[..., T], *args: str) -> T:
    """What the function gave, as a second run reads it."""
    work: Any = function
    work, calls = work.__wrapped__.__wrapped__, []

    @wraps(work)
    def counted(*args: str) -> T:
        calls.append(args)
        made: T = work(*args)
        return made

    for _ in range(2):
        found = keep_compiled(counted)(*args)
    assert calls == [args]
    return found


def test_rules_and_questions_are_the_same_when_read_back() -> None:
    rules = read_back(load_rules)
    assert rules == load_rules()
    assert list(rules) == list(load_rules())
    assert read_back(load_catalogue) == load_catalogue()


@pytest.mark.parametrize("name", form_names())
def test_a_form_is_the_same_when_read_back(name: str) -> None:
    assert read_back(load_shipped_form, name) == load_shipped_form(name)
    assert read_back(printed_by_shipped, name) == printed_by_shipped(name)


def test_the_code_of_a_template_is_taken_over(monkeypatch: pytest.MonkeyPatch) -> None:
    def rendered() -> str:
        loader = DictLoader({"made.j2": "{{ 1 + 1 }} of {{ word }}"})
        environment = Sandbox(loader=loader, bytecode_cache=CompiledTemplates())
        return environment.get_template("made.j2").render(word="a kind")

    assert rendered() == "2 of a kind"
    monkeypatch.setattr(Environment, "compile", lambda *_: pytest.fail("compiled once more"))
    assert rendered() == "2 of a kind"


def of_all_kinds() -> list[object]:
    def generator() -> Iterator[int]:
        yield 1

    return ["text", [1], {1: 2}, {1}, (1,), make, int, Made(1, ""), Made.__repr__, generator(), "text".join]


def test_the_sandbox_refuses_what_jinjas_own_refuses() -> None:
    names = ["append", "index", "clear", "keys", "pop", "mro", "upper", "number", "gi_frame", "__class__", "_hidden"]
    names += ["__code__", "__globals__", "__self__", "add", "format"]
    ours, theirs = Sandbox(), ImmutableSandboxedEnvironment()
    for thing in (*of_all_kinds(), *of_all_kinds()):
        for name in names:
            expected = theirs.is_safe_attribute(thing, name, None)
            assert ours.is_safe_attribute(thing, name, None) is expected, (thing, name)
