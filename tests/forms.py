"""The folder of forms in a copy, for tests that write forms of their own or spoil those there are."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from discgen.form.form import Form, load_form
from discgen.reference import folders
from discgen.reference.folders import data_folder, forget_shipped
from discgen.validate.shipped import ShippedDataError

PARENT = "shanxi-budget-2023"


class Forms:
    """The program's templates in `folder`; what was read of them is forgotten whenever one is written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, name: str, text: str) -> None:
        """A file below `templates/forms/`, or with `../` beside it."""
        path = self.folder / "forms" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        forget_shipped()

    def read(self, name: str) -> str:
        return (self.folder / "forms" / name).read_text(encoding="utf-8")

    def edit(self, name: str, old: str, new: str) -> None:
        text = self.read(name)
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        self.write(name, text.replace(old, new))

    def at(self, name: str, text: str) -> str:
        """Where a text begins in a file, as `name:line:column`; it stands there once."""
        before, found, after = self.read(name).partition(text)
        assert found
        assert text not in after
        return f"{name}:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"

    def child(self, text: str = "", name: str = "child", parent: str = PARENT) -> None:
        """A form under a parent; its own words begin in the third line."""
        self.write(f"{name}/form.yaml", f"title: 子\nparent: {parent}\n{text}")

    def load(self, name: str) -> Form:
        return load_form(name)

    def wrong(self, name: str = "child") -> list[str]:
        """What is wrong with a form, as `child/form.yaml:3:1 M016 message → hint`."""
        try:
            load_form(name)
        except ShippedDataError as trouble:
            found = [f"{one.place} {one.code} {one.message} → {one.hint}" for one in trouble.findings]
            return [line.removeprefix("templates/forms/") for line in found]
        return []


@contextmanager
def copied_forms(folder: Path) -> Iterator[Forms]:
    """The program with its templates in a copy below `folder`, until the block ends."""
    shutil.copytree(data_folder("templates"), folder / "templates")
    (folder / "schema").symlink_to(data_folder("schema"))
    with patch.object(folders, "_PACKAGE", folder / "discgen"):
        forget_shipped()
        yield Forms(folder / "templates")
    forget_shipped()
