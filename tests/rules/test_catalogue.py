"""Every code has its page and its two examples, and the examples do what they say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from discgen.check.form_trial import try_form
from discgen.diagnostics import Diagnostic
from discgen.explain.example import base_files, read_examples
from discgen.load.workspace import Workspace
from discgen.pipeline import check
from discgen.rules.catalogue import load_rules
from tests.forms import copied_forms

ROOT = Path(__file__).parents[2]
CODE = re.compile(r'"([LSMCRYAGEPDWFX][0-9]{3})"')
FORMS = "templates/forms/"
OF_ONE_KIND = {
    "budget": re.compile(r"2023/(narrative\.yaml|goal_sheets/.*)"),
    "accounts": re.compile(r"2023/(accounts\.yaml|accounts-narrative\.yaml|evaluations/.*)"),
}
"""Files that documents of one kind alone rest on; the accounts of a year rest on its budget, too."""


def found_in(files: Mapping[str, str]) -> list[Diagnostic]:
    """What is found in a department with these files, and in the form among them; each content is tried once.

    A document that does not rest on what differs from the base, and a department beside a form, are as they are there.
    """
    return _found_in(frozenset(files.items()))


@cache
def _found_in(files: frozenset[tuple[str, str]]) -> list[Diagnostic]:
    changed = {name for name, _ in files ^ base_files().items()}
    forms = {name.removeprefix(FORMS): text for name, text in files if name.startswith(FORMS)}
    with TemporaryDirectory() as folder:
        write_department(Path(folder), dict(files))
        if not forms:
            return checked(Path(folder), changed)
        with copied_forms(Path(folder)) as copied:
            for name, text in forms.items():
                copied.write(name, text)
            of_department = checked(Path(folder), changed) if len(changed) > len(forms) else []
            return [*of_department, *try_form("example").findings]


def write_department(root: Path, files: Mapping[str, str]) -> None:
    """The files of an example's department, in a workspace at `root`."""
    for name, text in files.items():
        path = root / "departments" / "demo" / name
        if not name.startswith(FORMS):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")


def checked(root: Path, changed: Iterable[str]) -> list[Diagnostic]:
    """The findings of the documents that rest on one of the changed files."""
    workspace = Workspace(root)
    apart = {kind for kind, files in OF_ONE_KIND.items() if all(files.fullmatch(name) for name in changed)}
    return check(workspace, [target for target in workspace.targets() if not apart or target.kind in apart])


def test_the_base_of_the_examples_is_in_order() -> None:
    assert found_in(base_files()) == []


def test_every_code_of_the_program_has_a_page_and_no_page_is_left_over() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "discgen").rglob("*.py"))
    codes = set(CODE.findall(source))
    assert len(codes) > 60
    assert codes == set(load_rules())


@pytest.mark.parametrize("code", list(load_rules()))
def test_the_bad_example_is_found_and_the_good_one_is_not(code: str) -> None:
    page = load_rules()[code]
    if page.without_example:
        assert read_examples(code) == ()
        return
    bad, good = read_examples(code)
    found = [finding for finding in found_in(bad.files) if finding.code == code]
    assert found, f"{code} is not found in bad.yaml"
    assert {finding.severity for finding in found} <= set(page.severities)
    assert page.fixable or not any(
        finding.fix for finding in found
    )  # those that say so are in tests/check/test_fixing.py
    assert code not in {finding.code for finding in found_in(good.files)}


def test_few_codes_are_without_an_example() -> None:
    without = [code for code, page in load_rules().items() if page.without_example]
    assert len(without) <= 13
