from __future__ import annotations

from tests.conftest import Demo

ASSETS = """\
assets:
  vehicles:
    authorised: 5
    owned: 4
    owned_by_use: {{{uses}}}
  office_area: 97
"""


def owning(demo: Demo, uses: str) -> Demo:
    demo.edit("2023/budget.yaml", "procurement:", ASSETS.format(uses=uses) + "procurement:")
    return demo


def test_a001_vehicles_by_use_must_add_up_to_those_owned(workspace: Demo) -> None:
    owning(workspace, "confidential: 1, other: 2")
    assert workspace.found() == ["2023/budget.yaml:17:5 A001"]
    assert workspace.check()[0].message == "车辆按用途合计3辆，实有4辆"


def test_a001_uses_that_add_up_are_accepted(workspace: Demo) -> None:
    assert "A001" not in " ".join(owning(workspace, "confidential: 1, other: 3").found())
