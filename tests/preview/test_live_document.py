"""The page follows the files, and outlives their errors."""

from __future__ import annotations

from threading import Lock

import pytest

from discgen.diagnostics import Severity
from discgen.preview import live_document as live_module
from discgen.preview.editor import Editor
from discgen.preview.live_document import LiveDocument
from discgen.preview.overview import Overview
from discgen.preview.panel import view_number
from discgen.validate.shipped import ShippedDataError
from tests.conftest import Demo


def live_of(demo: Demo) -> LiveDocument:
    return LiveDocument(demo.workspace, demo.target, Editor(), Lock())


def break_yaml(demo: Demo) -> None:
    demo.edit("2023/budget.yaml", "amount: 100}", "amount: 100")


def test_a_document_with_errors_is_shown_with_them(workspace: Demo) -> None:
    workspace.edit("2023/budget.yaml", "amount: 100}", "amount: 101}")
    state = live_of(workspace).state()
    assert state.page is not None
    assert (state.is_old, [one.code for one in state.findings]) == (False, ["R001"])


def test_a_finding_shows_its_line_with_the_column_marked_out(workspace: Demo) -> None:
    workspace.edit("2023/budget.yaml", "amount: 100}", "amount: 101}")
    [finding] = live_of(workspace).state().findings
    source = finding.source
    assert (source.place, source.short) == ("departments/demo/2023/budget.yaml:5:5", "2023/budget.yaml:5:5")
    assert (source.before, source.at, source.after) == ("  - ", "{", "fund: general, amount: 101}")
    assert source.link == f"vscode://file{workspace.folder.resolve()}/2023/budget.yaml:5:5"


def test_the_last_good_page_stays_while_the_files_are_broken(workspace: Demo) -> None:
    live = live_of(workspace)
    good = live.state().page
    break_yaml(workspace)
    live.changed()
    broken = live.state()
    assert (broken.page, broken.is_old) == (good, True)
    assert [one.severity for one in broken.findings] == ["error"]


def test_a_slip_in_a_form_is_shown_as_it_is_told(
    workspace: Demo, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def slip(*_: object) -> None:
        raise ShippedDataError("templates/forms/f/narrative/overview.md.j2:3 没有“incme”这个名称")

    monkeypatch.setattr(live_module, "compose", slip)
    assert live_of(workspace).state().failure.startswith("templates/forms/f/narrative/overview.md.j2:3 没有")
    assert capsys.readouterr().err == ""


def test_the_page_is_new_again_when_the_files_are_mended(workspace: Demo) -> None:
    break_yaml(workspace)
    live = live_of(workspace)
    assert live.state().page is None
    workspace.edit("2023/budget.yaml", "amount: 100", "amount: 100}")
    live.changed()
    mended = live.state()
    assert mended.page is not None
    assert (mended.is_old, mended.findings) == (False, ())


def test_a_number_of_the_last_good_page_still_shows_its_lines_as_they_were(workspace: Demo) -> None:
    live = live_of(workspace)
    live.state()
    workspace.write("2023/budget.yaml", "form: [\n")
    live.changed()
    page = live.state().page
    assert page is not None
    address = next(key for key in page.numbers if key.startswith("t3/function_code:2010301/"))
    number = view_number(address, page, live.sources(page))
    assert {line.source.at for line in number.lines} <= set("0123456789")
    assert number.lines


def test_nothing_is_worked_out_for_nobody(workspace: Demo) -> None:
    live = live_of(workspace)
    live.state()
    told = live.changes.version
    live.changed()
    assert live.changes.version == told
    live.state()
    assert live.changes.version == told + 1


def test_who_listens_is_told(workspace: Demo) -> None:
    live = live_of(workspace)
    live.changes.listen()
    live.changed()
    live.changes.leave()
    assert live.changes.version == 1


def test_a_bug_of_ours_leaves_the_page_standing(
    workspace: Demo, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    live = live_of(workspace)
    good = live.state().page
    monkeypatch.setattr(live_module, "compose", lambda *_: 1 / 0)
    live.changed()
    state = live.state()
    assert (state.page, state.is_old) == (good, True)
    assert "ZeroDivisionError" in state.failure
    assert "ZeroDivisionError" in caplog.text


def test_the_board_counts_what_a_check_finds(workspace: Demo) -> None:
    workspace.edit("2023/budget.yaml", "amount: 100}", "amount: 101}")
    board = Overview(workspace.workspace, workspace.workspace.targets, Lock())
    assert board.rows() == [(workspace.target, None)]
    board.count()
    [(_, counted)] = board.rows()
    assert counted is not None
    assert (counted.name, counted.findings) == ("示范市档案局", {Severity.ERROR: 1})


def test_the_board_counts_again_what_changed(workspace: Demo) -> None:
    board = Overview(workspace.workspace, workspace.workspace.targets, Lock())
    board.count()
    board.changed({"other"})
    assert board.rows()[0][1] is not None
    board.changed({"demo"})
    assert board.rows() == [(workspace.target, None)]
