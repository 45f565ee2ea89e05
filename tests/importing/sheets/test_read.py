"""Workbooks and CSV files spoilt at random are read or refused; the fuzzer goes on where this stops."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from discgen.importing.problems import ImportProblemsError
from discgen.importing.sheets.read import read_sheets
from tools.fuzz_books import KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_a_spoilt_file_is_read_or_refused(tmp_path: Path, kind: str) -> None:
    make, spoil = KINDS[kind]
    good, chance = make(), random.Random(20)
    refused = 0
    for _ in range(60):
        file = tmp_path / f"支出.{kind}"
        file.write_bytes(spoil(good, chance))
        try:
            read_sheets(file)
        except ImportProblemsError as error:
            refused += all(problem.startswith("支出.") for problem in error.problems)
    assert 0 < refused < 60
