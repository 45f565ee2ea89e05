"""A preview of the small department-year, served as it is to a user, and a browser to look at it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from queue import Queue
from threading import Event, Thread

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from discgen.preview.server import serve
from discgen.preview.site import Site, address
from tests.conftest import Demo

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


class Served:
    """A running preview: `url` is what is printed, `root` the address with the token in its path."""

    def __init__(self, demo: Demo, url: str) -> None:
        self.demo = demo
        self.url = url
        origin, _, token = url.partition("/?token=")
        self.origin = origin
        self.root = f"{origin}/{token}/"
        self.document = self.root + address(demo.target)


@pytest.fixture
def served(workspace: Demo) -> Iterator[Served]:
    """The preview of `demo/2023`, following its files."""
    urls: Queue[str] = Queue()
    stop = Event()
    site = Site(workspace.workspace, [workspace.target])
    thread = Thread(target=serve, args=(site, 0, urls.put, stop))
    thread.start()
    try:
        yield Served(workspace, urls.get(timeout=20))
    finally:
        stop.set()
        thread.join()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium of this machine."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: install the package chromium to test the page itself")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=list(_QUIET))
        yield launched
        launched.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that has seen nothing yet."""
    made = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce", locale="zh-CN")
    made.set_default_timeout(20_000)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext, served: Served) -> Page:
    """The page of `demo/2023`, opened by the printed address, with its document on it."""
    opened = context.new_page()
    opened.goto(served.url)
    opened.wait_for_selector(".paper")
    return opened
