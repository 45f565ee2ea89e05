"""Whatever slip a form's author makes, it is a finding in his files and no traceback."""

from __future__ import annotations

import re
from itertools import islice

import pytest

from discgen.check.form_trial import try_form
from tests.check.mutations import Slip, slips
from tests.forms import Forms

COUNT = 20
CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["shanghai-budget-2025", "shanxi-accounts-2024", "shanxi-budget-2023"])
def test_no_slip_is_a_traceback(name: str, forms: Forms) -> None:
    seen: list[Slip] = []
    found = 0
    for slip in islice(slips(forms, name, seed=7), COUNT):
        seen.append(slip)
        before = forms.read(slip.file)
        forms.write(slip.file, slip.text)
        tried = try_form(name)
        forms.write(slip.file, before)
        found += bool(tried.findings)
        for finding in tried.findings:
            assert finding.place.file.startswith("templates/"), slip.told
            assert CHINESE.search(finding.message), slip.told
    assert found > COUNT / 3
    assert len({slip.text for slip in seen}) > COUNT / 2
