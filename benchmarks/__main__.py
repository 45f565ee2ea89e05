"""How fast discgen is beside others, as ratios of one run on one machine.

    python -m benchmarks [rounds]

Every way is a whole process, from nothing to a file on disk, and has its turn in each round; medians are compared.
Chromium is the system's, and Typst is installed below build/. Run it while the machine does nothing else: processor time
stands beside the wall's, so that a busy machine can be told.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from benchmarks.measure import DISCGEN, Cost, Way, adopt_orphans, in_turns, machine
from benchmarks.typst_markup import typst_markup
from discgen.cache import FOLDER_VARIABLE
from discgen.load.workspace import Workspace
from discgen.pipeline import compose
from discgen.render.html import render_html
from discgen.view.page import view_document

ROOT = Path(__file__).resolve().parent.parent
_DOCUMENTS = ("lvliang-xzsp/2023", "lvliang-xzsp/2024")
_TYPST = "typst==0.15.2"
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
_CHECKED = ("lvliang-xzsp", "shanxi-zgq-xzsp", "wanli-street", "xiaoyi-xzsp", "xinzhou-xzsp")
"""The departments that are checked: always the same, so that what is measured can be compared."""
_PLAIN = """
import sys
from pathlib import Path
from weasyprint import HTML
HTML(string=Path(sys.argv[1]).read_text(encoding="utf-8")).write_pdf(sys.argv[2], pdf_variant="pdf/ua-1")
"""
_TYPST_COMPILE = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2])"


@dataclass(frozen=True, slots=True)
class Goal:
    """A way that shall cost at most so many times the wall time of another, or, beside none, so many seconds."""

    way: str
    beside: str
    most: float


def main(rounds: int) -> None:
    """Measure, and print a table of costs and one of goals."""
    adopt_orphans()
    print(machine())
    missed = False
    with tempfile.TemporaryDirectory() as folder:
        for document in _DOCUMENTS:
            ways = list(_ways_to_print(document, Path(folder) / document.replace("/", "-")))
            missed |= _report(document, in_turns(ways, rounds), _PRINT_GOALS)
        missed |= _report(
            "start and check", in_turns(list(_ways_to_check(Path(folder) / "check")), rounds), _CHECK_GOALS
        )
    sys.exit(1 if missed else 0)


_COLD, _EDITED, _UNCHANGED = "discgen, cold", "discgen, after an edit", "discgen, unchanged"
_BROWSER, _OTHER, _WEASYPRINT = "Chromium, same HTML", "Typst, same text", "WeasyPrint, same HTML"
_PRINT_GOALS = (
    Goal(_COLD, _BROWSER, 1.0),
    Goal(_COLD, _WEASYPRINT, 0.4),
    Goal(_EDITED, _OTHER, 1.0),
    Goal(_UNCHANGED, "", 0.3),
)
_VERSION, _CLICK = "discgen --version", 'python -c "import click"'
_CHECK_COLD, _CHECK_UNCHANGED = "check of five departments, cold", "check of five departments, unchanged"
_CHECK_GOALS = (Goal(_VERSION, _CLICK, 3.0), Goal(_CHECK_COLD, "", 1.0), Goal(_CHECK_UNCHANGED, "", 0.4))


def _ways_to_print(document: str, folder: Path) -> Iterator[Way]:
    folder.mkdir()
    workspace = _workspace(folder / "workspace", (document.partition("/")[0],))
    composed = compose(Workspace(workspace), Workspace(workspace).select((document,))[0]).document
    assert composed is not None
    html, markup = folder / "page.html", folder / "page.typ"
    html.write_text(render_html(view_document(composed)), encoding="utf-8")
    markup.write_text(typst_markup(html.read_text(encoding="utf-8"), folder), encoding="utf-8")
    build = (*DISCGEN, "-C", str(workspace), "build", document)
    cache = folder / "cache"
    environment = os.environ | {FOLDER_VARIABLE: str(cache)}

    def without_cache() -> None:
        shutil.rmtree(cache, ignore_errors=True)
        shutil.rmtree(workspace / "build", ignore_errors=True)

    yield Way(_COLD, build, environment, without_cache)
    yield Way(_EDITED, build, environment, _editor(workspace / "departments" / document))
    yield Way(_UNCHANGED, build, environment)
    yield Way(_WEASYPRINT, (sys.executable, "-c", _PLAIN, str(html), str(folder / "plain.pdf")))
    yield Way(_BROWSER, (_browser(), *_PRINTING, f"--print-to-pdf={folder / 'browser.pdf'}", html.as_uri()))
    typst = os.environ | {"PYTHONPATH": str(_typst())}
    yield Way(_OTHER, (sys.executable, "-c", _TYPST_COMPILE, str(markup), str(folder / "typst.pdf")), typst)


_PRINTING = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer")


def _ways_to_check(folder: Path) -> Iterator[Way]:
    folder.mkdir()
    workspace = _workspace(folder / "workspace", _CHECKED)
    cache = folder / "cache"
    environment = os.environ | {FOLDER_VARIABLE: str(cache)}
    check = (*DISCGEN, "-C", str(workspace), "check")
    yield Way(_CLICK, (sys.executable, "-c", "import click"))
    yield Way(_VERSION, (*DISCGEN, "--version"))
    yield Way(_CHECK_COLD, check, environment, lambda: shutil.rmtree(cache, ignore_errors=True))
    yield Way(_CHECK_UNCHANGED, check, environment)


def _workspace(root: Path, departments: Sequence[str]) -> Path:
    for name in departments:
        shutil.copytree(ROOT / "departments" / name, root / "departments" / name)
    return root


def _editor(year: Path) -> Callable[[], None]:
    """What writes another sentence into the goal of a project, each time it is called."""
    project = min((year / "projects").glob("*.yaml"))
    original = project.read_text(encoding="utf-8")
    numbers = count(1)

    def edit() -> None:
        text, edits = re.subn("(?m)^(    annual: .*)。$", rf"\1，第{next(numbers)}稿。", original, count=1)
        assert edits == 1
        project.write_text(text, encoding="utf-8")

    return edit


def _browser() -> str:
    subprocess.run(["sh", str(ROOT / "tools" / "install-chromium.sh")], check=True)
    browser = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if browser is None:
        raise SystemExit("Chromium is not installed")
    return browser


def _typst() -> Path:
    """The folder that Typst is installed in."""
    folder = ROOT / "build" / "benchmarks" / _TYPST
    if not folder.is_dir():
        install = (sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--target")
        subprocess.run([*install, str(folder), "--only-binary", ":all:", _TYPST], check=True)
    return folder


def _report(title: str, costs: dict[str, Cost], goals: Sequence[Goal]) -> bool:
    """Print costs and goals; whether a goal is missed."""
    print(f"\n## {title}\n\n| way | wall, s | CPU, s | largest process, MB |\n|---|---|---|---|")
    for name, cost in costs.items():
        print(f"| {name} | {cost.wall:.2f} | {cost.cpu:.2f} | {cost.memory:.0f} |")
    print("\n| goal | measured | at most | |\n|---|---|---|---|")
    verdicts = list(_verdicts(costs, goals))
    for what, measured, most in verdicts:
        print(f"| {what} | {measured:.2f} | {most} | {'met' if measured <= most else 'MISSED'} |")
    return any(measured > most for _, measured, most in verdicts)


_MOST_MEMORY = 250


def _verdicts(costs: dict[str, Cost], goals: Sequence[Goal]) -> Iterator[tuple[str, float, float]]:
    for goal in goals:
        wall = costs[goal.way].wall
        if goal.beside:
            yield f"{goal.way} / {goal.beside}", wall / costs[goal.beside].wall, goal.most
        else:
            yield f"{goal.way}, s", wall, goal.most
    if _COLD in costs:
        yield "largest process, MB", costs[_COLD].memory, _MOST_MEMORY


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
