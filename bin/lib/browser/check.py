"""Checks the pages in a browser, on a running demonstration: `check.py BASE`.

Prints a line for each check, and ends with 1 if any fails.
"""

import argparse
import time

from axe_playwright_python.sync_playwright import Axe

from pages import DESKTOP, PHONE, browser, site
from pictures import PAGES, address


def expect(truth, what):
    if not truth:
        raise AssertionError(what)


def take_report(at, text):
    at.open("/reports/new")
    at.page.fill("textarea[name=text]", text)
    at.page.select_option("select[name=place]", index=3)
    at.page.click("main form.report-form button")
    at.page.wait_for_url("**/cases/*")


def open_cases(at):
    """The number behind the first tab."""
    return int(at.page.locator(".tabs a b").first.inner_text())


def the_board_moves_by_itself(chromium, base):
    with site(chromium, base) as watcher, site(chromium, base) as desk:
        watcher.sign_in("dispatcher").open("/board")
        watcher.page.wait_for_selector("#live.on")
        before = open_cases(watcher)
        desk.sign_in("operator")
        begun = time.monotonic()
        take_report(desk, "楼上装修电钻声很大")
        watcher.page.wait_for_function(
            "before => Number(document.querySelector('.tabs a b').textContent) > before", arg=before, timeout=10_000)
        print(f"  a report reached the other board {time.monotonic() - begun:.1f} s after the form was opened")
        expect(not watcher.faults and not desk.faults, watcher.faults + desk.faults)


def a_lost_stream_is_shown_and_comes_back(chromium, base):
    with site(chromium, base) as watcher, site(chromium, base) as desk:
        watcher.sign_in("dispatcher").open("/board")
        watcher.page.wait_for_selector("#live.on")
        before = open_cases(watcher)
        watcher.context.set_offline(True)
        watcher.page.wait_for_selector("#live.off", timeout=10_000)
        desk.sign_in("operator")
        take_report(desk, "广场舞音乐声太大")
        expect(open_cases(watcher) == before, "an offline board cannot know")
        watcher.context.set_offline(False)
        watcher.page.wait_for_selector("#live.on", timeout=30_000)
        watcher.page.wait_for_function(
            "before => Number(document.querySelector('.tabs a b').textContent) > before", arg=before, timeout=10_000)


def a_case_tells_that_it_changed(chromium, base):
    with site(chromium, base) as reader, site(chromium, base) as desk:
        desk.sign_in("operator")
        take_report(desk, "楼上漏水,天花板都湿了")
        url = desk.page.url.removeprefix(base).split("?")[0]
        reader.sign_in("dispatcher").open(url)
        expect(reader.page.locator("#live").is_hidden(), "it has not changed yet")
        desk.page.locator("#step-complaint summary").click()
        # The stream may still be opening: the change is only told to whoever listens.
        reader.page.wait_for_timeout(1_000)
        desk.page.locator("#step-complaint button").click()
        reader.page.wait_for_selector("#live", state="visible", timeout=10_000)


def it_works_without_scripts(chromium, base):
    with site(chromium, base, script=False) as at:
        at.sign_in("operator").open("/board")
        expect(at.page.locator(".queue li").count() > 0, "the board shows its cases")
        take_report(at, "路灯不亮,晚上很暗")
        expect(at.page.locator(".notice.good").count() == 1, "the receipt is confirmed")
        at.page.click("text=查看原话 >> nth=0")
        expect("路灯不亮" in at.page.locator(".said").inner_text(), "the words are shown after the look")


def the_keyboard_is_enough(chromium, base):
    with site(chromium, base) as at:
        at.open("/sign-in?lang=zh")
        # The browser gives the field its focus on its own time; what is typed before is lost.
        at.page.wait_for_function("document.activeElement.matches('input[autofocus]')")
        at.page.keyboard.type("operator")
        at.page.keyboard.press("Tab")
        at.page.keyboard.type("headwater-demo")
        at.page.keyboard.press("Enter")
        at.page.wait_for_url(base + "/")
        at.page.keyboard.press("Tab")
        expect(at.page.evaluate("document.activeElement.className") == "skip", "the first stop skips to the content")
        at.page.keyboard.press("Enter")
        expect(at.page.evaluate("document.activeElement.id") == "main", "and does so")


def every_page_is_accessible_and_stays_inside(chromium, base):
    axe = Axe()
    faults = []
    for language in ("zh", "en"):
        for viewport, scheme in ((DESKTOP, "light"), (PHONE, "dark")):
            with site(chromium, base, viewport, scheme) as at:
                for page in PAGES:
                    if page == "start":
                        at.sign_in("dispatcher", language=language)
                    at.open(f"/sign-in?lang={language}" if page == "sign-in" else address(at, page))
                    if not at.is_narrow_enough():
                        faults.append(f"{page} {language}: wider than {viewport['width']}")
                    faults += [f"{page} {language} {scheme}: {rule['id']}: {rule['nodes'][0]['html'][:160]}"
                               for rule in axe.run(at.page).response["violations"]]
                faults += at.faults
    expect(not faults, "\n        ".join([""] + faults))


CHECKS = [
    the_board_moves_by_itself, a_lost_stream_is_shown_and_comes_back, a_case_tells_that_it_changed,
    it_works_without_scripts, the_keyboard_is_enough, every_page_is_accessible_and_stays_inside,
]


def main():
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("base")
    base = reader.parse_args().base.rstrip("/")
    failed = 0
    with browser() as chromium:
        for check in CHECKS:
            name = check.__name__.replace("_", " ")
            try:
                check(chromium, base)
                print(f"ok      {name}")
            except Exception as error:  # Each check is to be reported, whatever stopped it.
                failed += 1
                print(f"FAILED  {name}: {error}")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
