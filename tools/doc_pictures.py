"""Draw the pictures of the documentation from the program itself, into `docs/pictures/`.

    python tools/doc_pictures.py

Needs Chromium and `pdftoppm`. The preview is of a copy of a department with one figure mistyped.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from threading import Event, Thread

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from discgen.load.workspace import Workspace
from discgen.preview.server import serve
from discgen.preview.site import Site

ROOT = Path(__file__).parents[1]
_PICTURES = ROOT / "docs" / "pictures"
_TARGET = "lvliang-xzsp/2023"
_RIGHT, _WRONG = "project: 3055860", "project: 3055680"
_QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
_TABLE_PAGE = 9


def main() -> None:
    """Draw all pictures anew."""
    _PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder)
        shutil.copytree(ROOT / "departments", workspace / "departments")
        _draw_pdf(workspace)
        budget = workspace / "departments" / _TARGET / "budget.yaml"
        budget.write_text(budget.read_text("utf-8").replace(_RIGHT, _WRONG), "utf-8")
        with _served(workspace) as url:
            _draw_preview(url)


def _draw_pdf(workspace: Path) -> None:
    subprocess.run(["discgen", "build", _TARGET], cwd=workspace, check=True)
    (pdf,) = (workspace / "build").glob("*/*.pdf")
    drawn = workspace / "page"
    subprocess.run(["pdftoppm", "-r", "80", "-png", "-singlefile", "-f", str(_TABLE_PAGE), pdf, drawn], check=True)
    _keep(drawn.with_suffix(".png"), "pdf-table.png", upper_part=0.48)


@contextmanager
def _served(workspace: Path) -> Iterator[str]:
    urls: Queue[str] = Queue()
    stop = Event()
    opened = Workspace(workspace)
    thread = Thread(target=serve, args=(Site(opened, opened.select((_TARGET,))), 0, urls.put, stop))
    thread.start()
    try:
        yield urls.get(timeout=20)
    finally:
        stop.set()
        thread.join()


def _draw_preview(url: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=_QUIET)
        page = browser.new_page(viewport={"width": 1280, "height": 720}, reduced_motion="reduce", locale="zh-CN")
        page.goto(url)
        page.wait_for_selector(".paper")
        page.locator(".finding").nth(1).click()
        _shoot(page, "preview-finding.png")
        figure = page.get_by_text("457.77").first
        figure.scroll_into_view_if_needed()
        figure.click()
        _shoot(page, "preview-number.png")
        browser.close()


def _shoot(page: Page, name: str) -> None:
    page.wait_for_timeout(500)
    with tempfile.TemporaryDirectory() as folder:
        shot = Path(folder) / name
        page.screenshot(path=shot)
        _keep(shot, name)


def _keep(picture: Path, name: str, upper_part: float = 1) -> None:
    """Few colours suffice for text, and the repository stays small."""
    with Image.open(picture) as image:
        shown = image.convert("RGB").crop((0, 0, image.width, round(image.height * upper_part)))
        shown.quantize(128, Image.Quantize.MAXCOVERAGE).save(_PICTURES / name, optimize=True)


if __name__ == "__main__":
    main()
