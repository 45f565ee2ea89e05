"""Every code has its page and its two examples, and the examples do what they say."""

from __future__ import annotations

import re
import shutil
from contextlib import suppress
from pathlib import Path

import pytest
import yaml

from discgen.diagnostics import Diagnostic
from discgen.form.files import FormError
from discgen.load.workspace import Workspace
from discgen.pipeline import check
from discgen.rules.catalogue import load_pages
from discgen.trial.run import try_form
from tests.forms import copied_forms

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "schema" / "rules"
TOP_LEVEL = re.compile(r"^(?=\S)", re.MULTILINE)
CODE = re.compile(r'"([LSMCRYAGEPDWFX][0-9]{3})"')


def found_in(root: Path, example: Path | None) -> list[Diagnostic]:
    """What a check of the base department finds, once the example has changed it."""
    folder = root / "departments" / "demo"
    shutil.copytree(EXAMPLES / "base", folder)
    data = yaml.safe_load(example.read_text(encoding="utf-8")) if example else {}
    if "form" in data:
        change = data.setdefault("change", {})
        change["2023/budget.yaml"] = f"form: example\n{change.get('2023/budget.yaml', '')}"
    for name, text in data.get("files", {}).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    for name, fragment in data.get("change", {}).items():
        path = folder / name
        path.write_text(changed(path.read_text(encoding="utf-8"), fragment), encoding="utf-8")
    workspace = Workspace(root)
    if "form" not in data:
        return check(workspace, workspace.targets())
    found: list[Diagnostic] = []
    with copied_forms(root) as forms:
        for name, text in data["form"].items():
            forms.write(name.removeprefix("templates/forms/"), text)
        with suppress(FormError):  # a template that is wrong stops a document
            found = check(workspace, workspace.targets())
        return [*found, *try_form("example").findings]


def changed(text: str, fragment: str) -> str:
    """The text with the top-level keys of the fragment taken over; a key without a value is dropped."""
    parts = {key_of(part): part for part in [*blocks(text), *blocks(fragment)]}
    return "".join(part for key, part in parts.items() if part.strip() != f"{key}:")


def blocks(text: str) -> list[str]:
    return [part if part.endswith("\n") else f"{part}\n" for part in TOP_LEVEL.split(text) if part.strip()]


def key_of(block: str) -> str:
    return block.partition(":")[0]


def test_the_base_of_the_examples_is_in_order(tmp_path: Path) -> None:
    assert found_in(tmp_path, None) == []


def test_every_code_of_the_program_has_a_page_and_no_page_is_left_over() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "discgen").rglob("*.py"))
    codes = set(CODE.findall(source))
    assert len(codes) > 60
    assert codes == set(load_pages())


@pytest.mark.parametrize("code", list(load_pages()))
def test_the_bad_example_is_found_and_the_good_one_is_not(code: str, tmp_path: Path) -> None:
    page = load_pages()[code]
    bad, good = EXAMPLES / code / "bad.yaml", EXAMPLES / code / "good.yaml"
    if page.without_example:
        assert not bad.exists()
        assert not good.exists()
        return
    found = [finding for finding in found_in(tmp_path / "bad", bad) if finding.code == code]
    assert found
    assert {finding.severity for finding in found} <= set(page.severities)
    assert page.fixable or not any(finding.fix for finding in found)  # those that say so are in tests/test_fixing.py
    assert code not in {finding.code for finding in found_in(tmp_path / "good", good)}


def test_few_codes_are_without_an_example() -> None:
    without = [code for code, page in load_pages().items() if page.without_example]
    assert len(without) <= 11
