"""The page in a real browser: it follows the files, leads to their lines, and needs no mouse and no network."""

from __future__ import annotations

import io
import re
from collections import Counter
from typing import Literal
from urllib.parse import urlsplit

import pypdf
import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from tests.preview.conftest import Served

pytestmark = pytest.mark.slow


def at(page: Page, key: str) -> Locator:
    """The element with a key."""
    return page.locator(f'[data-at="{key}"]').first


def top(locator: Locator) -> float:
    """How far an element is from the top of the window, in pixels."""
    box = locator.bounding_box()
    assert box is not None
    return box["y"]


def make_two_findings(served: Served) -> None:
    """R001 in line 5 of budget.yaml, and P005, a warning, at a reason in narrative.yaml."""
    served.demo.edit("2023/budget.yaml", "amount: 100}", "amount: 101}")
    served.demo.edit("2023/narrative.yaml", "agency_operation: 人员增加", "agency_operation: 人员增加，收入101万元")


def test_what_is_saved_is_shown(page: Page, served: Served) -> None:
    served.demo.edit("2023/narrative.yaml", "收集和保管档案。", "收集、保管和利用档案。")
    expect(page.get_by_text("收集、保管和利用档案。")).to_be_visible()


def test_the_page_is_not_loaded_again(page: Page, served: Served) -> None:
    page.evaluate("window.kept = true")
    served.demo.edit("2023/narrative.yaml", "收集和保管档案。", "收集、保管和利用档案。")
    expect(page.get_by_text("收集、保管和利用档案。")).to_be_visible()
    assert page.evaluate("window.kept") is True


def test_the_reader_keeps_his_place_when_something_grows_above(page: Page, served: Served) -> None:
    row = at(page, "t5/function_code:2080505")
    row.evaluate("element => element.scrollIntoView({block: 'center'})")
    before, scrolled = top(row), page.evaluate("scrollY")
    served.demo.edit("2023/narrative.yaml", "    - 收集和保管档案。", "    - 收集和保管档案。\n" * 30)
    expect(page.locator("#document").get_by_text("收集和保管档案。")).to_have_count(30)
    assert abs(top(row) - before) < 2
    assert page.evaluate("scrollY") > scrolled + 300


def test_an_error_is_shown_and_goes(page: Page, served: Served) -> None:
    expect(page.locator("#summary")).to_have_text("没有发现问题")
    served.demo.edit("2023/budget.yaml", "amount: 100}", "amount: 101}")
    expect(page.locator("#summary")).to_have_text("共1个错误")
    expect(page.locator(".finding")).to_contain_text("R001")
    expect(page.locator("#document .mark")).to_have_count(1)
    served.demo.edit("2023/budget.yaml", "amount: 101}", "amount: 100}")
    expect(page.locator("#summary")).to_have_text("没有发现问题")
    expect(page.locator(".finding")).to_have_count(0)
    expect(page.locator("#document .mark")).to_have_count(0)


def test_the_last_good_page_stays_while_the_yaml_is_broken(page: Page, served: Served) -> None:
    banner = page.get_by_text("以下是上一次正确时的内容")
    expect(banner).to_be_hidden()
    served.demo.edit("2023/budget.yaml", "amount: 100}", "amount: 100")
    expect(banner).to_be_visible()
    expect(page.locator(".finding")).to_have_count(1)
    expect(at(page, "t3/function_code:2010301")).to_contain_text("61.00")
    served.demo.edit("2023/budget.yaml", "amount: 100", "amount: 100}")
    expect(banner).to_be_hidden()
    expect(page.locator(".finding")).to_have_count(0)


def test_without_a_good_page_there_is_the_error_alone(context: BrowserContext, served: Served) -> None:
    served.demo.edit("2023/budget.yaml", "amount: 100}", "amount: 100")
    page = context.new_page()
    page.goto(served.document)
    expect(page.get_by_text("还没有可以显示的内容")).to_be_visible()
    expect(page.locator(".finding")).to_have_count(1)
    served.demo.edit("2023/budget.yaml", "amount: 100", "amount: 100}")
    expect(page.locator(".paper").first).to_be_visible()


def test_a_click_on_a_number_shows_its_line_and_its_places(page: Page) -> None:
    at(page, "t3/function_code:2010301/basic").click()
    panel = page.locator("#number")
    expect(panel.get_by_role("heading", level=2)).to_have_text("61.00")
    expect(panel).to_contain_text("准确数 610,000元")
    expect(panel).to_contain_text("2023/budget.yaml:7:32")
    expect(panel.locator("code").last).to_have_text("  - {function: 2010301, basic: 61, project: 27}")
    expect(panel.locator("mark")).to_have_text("6")
    link = panel.get_by_role("link", name="在编辑器中打开departments/demo/2023/budget.yaml:7:32")
    expect(link).to_have_attribute("href", re.compile(r"^vscode://file/.*/departments/demo/2023/budget\.yaml:7:32$"))
    panel.get_by_role("link", name=re.compile("^表5")).first.click()
    expect(at(page, "t5/function_code:2010301/basic")).to_be_in_viewport()


def test_an_error_that_comes_up_while_a_number_is_explained_is_said_above_it(page: Page, served: Served) -> None:
    at(page, "t3/function_code:2010301/basic").click()
    fresh = page.locator("#fresh")
    expect(fresh).to_be_hidden()
    served.demo.edit("2023/budget.yaml", "amount: 100}", "amount: 101}")
    expect(fresh).to_contain_text("departments/demo/2023/budget.yaml:5")
    expect(fresh).to_contain_text("核对income和expenditure")
    fresh.get_by_role("button").click()
    expect(page.locator("#number")).to_be_hidden()
    expect(page.locator(".finding.current")).to_contain_text("R001")
    expect(fresh).to_be_hidden()


def test_an_explanation_that_comes_after_the_number_was_closed_is_not_shown(page: Page, served: Served) -> None:
    at(page, "t3/function_code:2010301/basic").click()
    expect(page.locator("#number")).to_be_visible()

    def late(route: Route) -> None:
        page.wait_for_timeout(500)
        route.continue_()

    page.route("**/numbers/*", late)
    with page.expect_response("**/numbers/*"):
        served.demo.edit("2023/budget.yaml", "basic: 61", "basic: 62")
        page.wait_for_event("request", lambda request: "/numbers/" in request.url)
        page.keyboard.press("Escape")
    page.wait_for_timeout(300)
    expect(page.locator("#number")).to_be_hidden()


def test_an_error_that_was_there_before_the_number_is_not_said_again(page: Page, served: Served) -> None:
    make_two_findings(served)
    expect(page.locator(".finding")).to_have_count(2)
    at(page, "t3/function_code:2010301/basic").click()
    served.demo.edit("2023/narrative.yaml", "收集和保管档案。", "收集、保管档案。")
    expect(page.get_by_text("收集、保管档案。")).to_have_count(1)
    expect(page.locator("#number")).to_be_visible()
    expect(page.locator("#fresh")).to_be_hidden()


def test_a_number_that_is_gone_is_explained_no_longer(page: Page, served: Served) -> None:
    at(page, "t3/function_code:2080505/basic").click()
    expect(page.locator("#number")).to_be_visible()
    served.demo.edit("2023/budget.yaml", "2080505", "2080506")
    expect(page.locator("#number")).to_be_hidden()
    expect(page.locator("#findings")).to_be_visible()


def test_broken_yaml_is_told_with_file_line_and_remedy(page: Page, served: Served) -> None:
    served.demo.edit("2023/budget.yaml", "amount: 100}", "amount: 100")
    banner = page.locator("#old")
    expect(banner).to_contain_text("以下是上一次正确时的内容")
    expect(banner).to_contain_text("departments/demo/2023/budget.yaml:5:5")
    expect(banner).to_contain_text("末尾补上“}”")
    banner.get_by_role("button").click()
    expect(page.locator(".finding.current")).to_contain_text("L005")


def test_what_is_open_stays_open_when_the_files_change(page: Page, served: Served) -> None:
    make_two_findings(served)
    expect(page.locator(".finding")).to_have_count(2)
    page.locator(".finding > button", has_text="R001").click()
    served.demo.edit("2023/narrative.yaml", "收集和保管档案。", "收集、保管档案。")
    expect(page.get_by_text("收集、保管档案。")).to_have_count(1)
    expect(page.locator(".finding.current")).to_contain_text("R001")
    at(page, "t3/function_code:2010301/basic").click()
    expect(page.locator("#number")).to_be_visible()
    served.demo.edit("2023/budget.yaml", "basic: 61", "basic: 62")
    expect(page.locator("#number-title")).to_have_text("62.00")


def test_a_number_of_the_text_shows_how_it_was_worked_out(page: Page) -> None:
    page.locator(".paper.text .n", has_text="%").first.click()
    expect(page.locator("#number .made")).to_contain_text("÷")


def test_a_click_on_a_finding_shows_its_line_and_its_text(page: Page, served: Served) -> None:
    make_two_findings(served)
    expect(page.locator(".finding")).to_have_count(2)
    page.locator(".finding > button", has_text="P005").click()
    opened = page.locator(".finding.current")
    expect(opened.locator(".source")).to_contain_text("2023/narrative.yaml:10:")
    expect(opened.locator("pre")).to_contain_text("agency_operation: 人员增加，收入101万元")
    shown = page.locator("#document .written.shown")
    expect(shown.first).to_be_in_viewport()
    expect(shown.first).to_contain_text("人员增加")


def test_a_mark_in_the_margin_opens_its_finding(page: Page, served: Served) -> None:
    make_two_findings(served)
    mark = page.locator("#document .mark.error")
    expect(mark).to_have_attribute("aria-label", re.compile("^错误 R001：一般公共预算"))
    mark.click()
    expect(page.locator(".finding.current")).to_contain_text("R001")
    expect(page.locator(".finding.current button")).to_be_focused()


def test_findings_can_be_filtered_by_words_and_by_gravity(page: Page, served: Served) -> None:
    make_two_findings(served)
    expect(page.locator(".finding:visible")).to_have_count(2)
    page.locator("#filter").fill("r001")
    expect(page.locator(".finding:visible")).to_have_count(1)
    page.get_by_role("button", name=re.compile("^错误 1")).click()
    expect(page.locator(".finding:visible")).to_have_count(0)
    expect(page.get_by_text("没有符合筛选的。")).to_be_visible()


def test_all_can_be_done_by_keys(page: Page, served: Served) -> None:
    make_two_findings(served)
    expect(page.locator(".finding")).to_have_count(2)
    first, second = page.locator(".finding > button").all()
    page.keyboard.press("j")
    expect(first).to_be_focused()
    expect(first).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("n")
    expect(second).to_be_focused()
    page.keyboard.press("k")
    expect(first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".finding.current")).to_have_count(0)
    page.keyboard.press("/")
    expect(page.locator("#filter")).to_be_focused()
    page.keyboard.type("narrative")
    expect(page.locator(".finding:visible")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator("#filter")).to_have_value("")
    expect(page.locator(".finding:visible")).to_have_count(2)


def test_numbers_are_reached_and_opened_by_keys(page: Page) -> None:
    page.locator("#papers").focus()
    while not page.evaluate("document.activeElement.matches('.n')"):
        page.keyboard.press("Tab")
        assert page.evaluate("document.querySelector('#papers').contains(document.activeElement)")
    page.keyboard.press("ArrowRight")
    second = page.locator(".n").nth(1)
    expect(second).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#number-title")).to_be_focused()
    page.keyboard.press("Escape")
    expect(second).to_be_focused()
    expect(page.locator("#number")).to_be_hidden()
    expect(page.locator("#findings")).to_be_visible()


def test_the_first_tab_leads_past_the_document(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到检查结果")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#panel")).to_be_focused()


def test_everything_has_a_role_and_a_name(page: Page, served: Served) -> None:
    make_two_findings(served)
    expect(page.locator(".finding")).to_have_count(2)
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    for role in ("banner", "main", "complementary"):
        expect(page.get_by_role(role)).to_have_count(1)
    expect(page.get_by_role("status")).to_have_count(2)
    expect(page.locator("#summary")).to_have_attribute("aria-live", "polite")
    nameless = page.evaluate("""() => [...document.querySelectorAll('a, button, input, [role=button], img')]
        .filter((one) => one.checkVisibility() && !(one.getAttribute('aria-label') || one.alt || one.textContent.trim()))
        .map((one) => one.outerHTML)""")
    assert nameless == []
    assert page.evaluate("document.querySelectorAll('[id]').length") == page.evaluate(
        "new Set([...document.querySelectorAll('[id]')].map((one) => one.id)).size"
    )


_CONTRASTS = """() => {
  const parse = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((v) => (v / 255 <= 0.03928 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ground = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const colour = parse(getComputedStyle(one).backgroundColor);
      if (colour.length < 4 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const texts = [...document.querySelectorAll('body *')].filter((one) =>
    one.checkVisibility() && [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()));
  return texts.map((one) => {
    const [a, b] = [light(parse(getComputedStyle(one).color)), light(ground(one))].sort((x, y) => y - x);
    return [(a + 0.05) / (b + 0.05), one.outerHTML.slice(0, 120)];
  });
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_can_be_told_from_its_ground(page: Page, served: Served, scheme: Literal["light", "dark"]) -> None:
    page.emulate_media(color_scheme=scheme)
    make_two_findings(served)
    expect(page.locator(".finding")).to_have_count(2)
    page.keyboard.press("j")
    contrasts = page.evaluate(_CONTRASTS)
    page.locator(".n").first.click()
    expect(page.locator("#number")).to_be_visible()
    contrasts += page.evaluate(_CONTRASTS)
    served.demo.edit("2023/budget.yaml", "amount: 101}", "amount: 101")
    expect(page.locator("#fresh")).to_be_visible()
    contrasts += page.evaluate(_CONTRASTS)
    assert len(contrasts) > 200
    assert [one for one in contrasts if one[0] < 4.5] == []


def test_the_start_page_lists_the_documents_with_their_findings(context: BrowserContext, served: Served) -> None:
    page = context.new_page()
    page.goto(served.root)
    row = page.get_by_role("row").nth(1)
    expect(row).to_contain_text("没有问题")
    served.demo.edit("2023/budget.yaml", "amount: 100}", "amount: 101}")
    expect(row).to_contain_text("错误 1")
    row.get_by_role("link").click()
    expect(page.locator(".finding")).to_contain_text("R001")


def look_away(page: Page, *, away: bool) -> None:
    """What the browser tells a page of a tab that is put behind another, or in front again."""
    state = "hidden" if away else "visible"
    page.evaluate(f"Object.defineProperty(document, 'visibilityState', {{value: '{state}', configurable: true}})")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_more_tabs_can_be_open_than_a_browser_has_connections(context: BrowserContext, served: Served) -> None:
    for _ in range(8):
        page = context.new_page()
        page.goto(served.document)
        expect(page.locator(".paper").first).to_be_visible()
        look_away(page, away=True)


def test_a_tab_that_was_away_shows_what_has_been_saved_since(page: Page, served: Served) -> None:
    look_away(page, away=True)
    served.demo.edit("2023/narrative.yaml", "收集和保管档案。", "收集、保管和利用档案。")
    expect(page.get_by_text("收集和保管档案。")).to_have_count(1)
    look_away(page, away=False)
    expect(page.get_by_text("收集、保管和利用档案。")).to_be_visible()


def test_a_bug_before_the_first_page_promises_no_page(
    context: BrowserContext, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("坏了")

    monkeypatch.setattr("discgen.preview.live_document.compose", broken)
    page = context.new_page()
    page.goto(served.document)
    expect(page.locator("#failure")).to_contain_text("没有可以显示的内容")
    expect(page.locator("#failure")).to_contain_text("RuntimeError")


def test_the_findings_fold_on_a_narrow_screen_and_unfold_for_one_that_is_opened(page: Page, served: Served) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    fold = page.get_by_role("button", name="检查结果的列表")
    expect(fold).to_have_attribute("aria-expanded", "false")
    panel = page.locator("#panel")
    assert panel.evaluate("panel => panel.getBoundingClientRect().height") < 844 * 0.1
    make_two_findings(served)
    expect(page.locator(".finding:visible")).to_have_count(2)
    fold.press("Enter")
    expect(page.locator(".finding:visible")).to_have_count(0)
    expect(page.locator("#summary")).to_have_text("共1个错误、1个警告")
    served.demo.edit("2023/narrative.yaml", "收集和保管档案。", "收集、保管档案。")
    expect(page.get_by_text("收集、保管档案。")).to_have_count(1)
    expect(page.locator(".finding:visible")).to_have_count(0)
    page.locator("#document .mark.error").click()
    expect(fold).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".finding.current")).to_be_visible()


_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def test_every_row_is_printed_and_nothing_round_the_papers(page: Page, served: Served) -> None:
    make_two_findings(served)
    expect(page.locator(".finding")).to_have_count(2)
    at(page, "t3/function_code:2010301/basic").click()
    expect(page.locator("#number")).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 844})
    rows = page.locator("#document tr").evaluate_all("rows => rows.map((row) => row.textContent)")
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    text = "".join(sheet.extract_text() for sheet in printed.pages)
    shown = Counter(number for row in rows for number in _NUMBER.findall(re.sub("[错警注]", "", row)))
    assert shown.total() > 100
    assert shown - Counter(_NUMBER.findall(text)) == Counter()
    assert "检查结果" not in text
    assert "准确数" not in text
    sizes = {(round(sheet.mediabox.width), round(sheet.mediabox.height)) for sheet in printed.pages}
    assert sizes == {(595, 842), (842, 595)}


def test_charts_that_nobody_looked_at_are_drawn_for_who_prints(page: Page) -> None:
    page.wait_for_function("() => document.querySelectorAll('figure img').length > 0")
    drawn = (
        "() => [...document.querySelectorAll('figure img')].every((image) => image.complete && image.naturalWidth > 0)"
    )
    page.wait_for_function(drawn)


@pytest.mark.parametrize("width", [1440, 800, 480])
def test_nothing_is_wider_than_the_window(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_papers_have_edges_where_the_reader_chooses_the_colours(page: Page) -> None:
    paper = page.locator(".paper").first
    assert paper.evaluate("paper => getComputedStyle(paper).outlineStyle") == "none"
    page.emulate_media(forced_colors="active")
    assert paper.evaluate("paper => getComputedStyle(paper).outlineStyle") == "solid"


@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_no_amount_runs_into_the_next(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    amounts = page.locator("#document td.amount")
    assert amounts.count() > 100
    assert amounts.evaluate_all("cells => cells.filter((one) => one.scrollWidth > one.clientWidth + 1).length") == 0


def test_a_table_too_wide_for_the_screen_is_moved_by_keys(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    wide = page.locator(".paper.landscape").first
    expect(wide).to_have_attribute("tabindex", "0")
    wide.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(300)
    assert wide.evaluate("paper => paper.scrollLeft") > 0
    page.set_viewport_size({"width": 1600, "height": 900})
    expect(wide).not_to_have_attribute("tabindex", "0")


def test_no_request_leaves_the_machine_and_nothing_is_complained_of(context: BrowserContext, served: Served) -> None:
    asked: list[str] = []
    said: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    context.on("console", lambda message: said.append(message.text))
    page = context.new_page()
    page.on("pageerror", lambda trouble: said.append(str(trouble)))
    page.goto(served.root)
    page.goto(served.url)
    page.wait_for_selector(".paper")
    page.locator("figure img").first.scroll_into_view_if_needed()
    expect(page.locator("figure img").first).to_have_js_property("complete", value=True)
    assert page.evaluate("document.querySelector('figure img').naturalWidth") > 0
    page.locator(".n").first.click()
    expect(page.locator("#number")).to_be_visible()
    assert {"events", "state", "preview.js", "paper.css", "icon.svg"} <= {url.rpartition("/")[2] for url in asked}
    assert {f"{urlsplit(url).scheme}://{urlsplit(url).netloc}" for url in asked} == {served.origin}
    assert said == []
