"""What tests of imports begin with."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importing.workspaces import Empty


@pytest.fixture
def empty(tmp_path: Path) -> Empty:
    return Empty(tmp_path)
