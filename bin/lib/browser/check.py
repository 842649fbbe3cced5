"""Checks the pages in a browser, on a running demonstration: `check.py BASE`.

Prints a line for each check, and ends with 1 if any fails.
"""

import argparse
import os
import subprocess
import time

from axe_playwright_python.sync_playwright import Axe

import editions
import field
import loop
import resident
import scripts
from pages import DESKTOP, PHONE, browser, site
from pictures import PAGES, address
from scenes import expect


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


def the_desk_is_told_what_the_rules_make_of_it(chromium, base):
    for language, danger in (("zh", "危险"), ("en", "Danger")):
        with site(chromium, base) as at:
            at.sign_in("operator", language=language).open("/reports/new")
            at.page.fill("textarea[name=text]", "楼上装修,电钻声太吵")
            at.page.wait_for_selector("#preview button[data-kind]")
            expect(at.page.locator("#preview button[aria-pressed=true]").count() == 1, "the rules are certain")
            at.page.locator("textarea[name=text]").press("Alt+k")
            at.page.wait_for_function("() => document.querySelector('select[name=kind]').value !== ''")
            at.page.fill("textarea[name=text]", "楼上装修,有人持刀")
            at.page.wait_for_selector("#preview .notice.bad")
            expect(danger in at.page.inner_text("#preview .notice.bad"), "a danger is said in the reader's language")
            at.page.fill("textarea[name=text]", "楼上装修,电钻声太吵")
            at.page.select_option("select[name=place]", index=3)
            at.page.locator("textarea[name=text]").press("Control+Enter")
            at.page.wait_for_url("**/reports/new?taken=*")
            expect(at.page.input_value("textarea[name=text]") == "", "the next form is empty")
            # It waits for the next report; the browser gives the field its focus on its own time.
            at.page.wait_for_function("() => document.activeElement.name === 'text'")
            expect(not at.faults, at.faults)


def a_place_is_found_while_it_is_said(chromium, base):
    with site(chromium, base) as at:
        at.sign_in("operator").open("/reports/new")
        name = at.page.locator("select[name=place] option").nth(3).inner_text()
        field = at.page.locator("#place-search")
        field.fill(name[0] + "某" + name[2:] if len(name) > 3 else name)
        at.page.wait_for_selector("#place-list li[aria-selected=true]")
        field.fill(name)
        at.page.locator("#place-list li", has_text=name).first.wait_for()
        expect(field.get_attribute("aria-expanded") == "true", "a reader is told that there is a list")
        at.page.keyboard.press("ArrowDown")
        at.page.keyboard.press("ArrowUp")
        at.page.keyboard.press("Enter")
        expect(at.page.locator("select[name=place] option:checked").inner_text() == name, "the keys chose it")
        expect(at.page.url.endswith("/reports/new"), "Enter did not send the form")
        at.page.locator("#point-map summary").click()
        at.page.locator("#map canvas").click()
        at.page.wait_for_selector("#point-status:not(:empty)")
        # The division comes from the server.
        at.page.locator("select[name=division] option:checked:not([value=''])").wait_for(state="attached")
        expect("," in at.page.input_value("input[name=point]"), "the click is a point")
        expect(not at.faults, at.faults)


def it_works_without_scripts(chromium, base):
    with site(chromium, base, script=False) as at:
        at.sign_in("operator").open("/board")
        expect(at.page.locator(".queue li").count() > 0, "the board shows its cases")
        take_report(at, "路灯不亮,晚上很暗")
        expect(at.page.locator(".notice.good").count() == 1, "the receipt is confirmed")
        at.page.click("text=查看原话 >> nth=0")
        expect("路灯不亮" in at.page.locator(".said").inner_text(), "the words are shown after the look")


def a_wall_comes_back_by_itself(chromium, base):
    key = subprocess.run([os.environ["HEADWATER_BINARY"], "token", "create", "--role", "analyst", "--scopes",
                          "wall:read", "--name", "wall", "--data", os.environ["HEADWATER_DATA"]],
                         check=True, capture_output=True, text=True).stdout.strip()
    with site(chromium, base, {"width": 1920, "height": 1080}) as wall, site(chromium, base) as desk:
        wall.open("/wall?lang=zh")
        expect(wall.page.url.endswith("/wall/key"), "a wall asks for its key")
        wall.page.fill("input[name=key]", "hw_wrong")
        wall.page.click("main button")
        wall.page.wait_for_selector("[role=alert]")
        wall.page.fill("input[name=key]", key)
        wall.page.click("main button")
        wall.page.wait_for_url("**/wall")
        expect(wall.open("/board").url.split("?")[0].endswith("/sign-in"), "the key opens nothing else")
        wall.open("/wall")
        count = "Number(document.querySelector('.tiles b').textContent)"
        before = wall.page.evaluate(count)
        desk.sign_in("operator")
        take_report(desk, "楼上装修电钻声很大")
        wall.page.wait_for_function(f"before => {count} > before", arg=before, timeout=10_000)
        shown = wall.page.inner_text("#as-of")
        before = wall.page.evaluate(count)
        wall.context.set_offline(True)
        wall.page.wait_for_selector("#lost", state="visible", timeout=10_000)
        expect(shown[:3] in wall.page.inner_text("#lost"), "it says since when")
        take_report(desk, "广场舞音乐声太大")
        expect(wall.page.evaluate(count) == before, "a wall that is away cannot know")
        wall.context.set_offline(False)
        begun = time.monotonic()
        wall.page.wait_for_selector("#lost", state="hidden", timeout=15_000)
        wall.page.wait_for_function(f"before => {count} > before", arg=before, timeout=10_000)
        print(f"  the wall was back {time.monotonic() - begun:.1f} s after its network")
        text = wall.page.content()
        expect("/cases/" not in text and "楼上" not in text, "nothing leads to a case")
        size = wall.page.evaluate("parseFloat(getComputedStyle(document.querySelector('.queue li')).fontSize)")
        expect(size >= 28 and wall.page.evaluate("document.documentElement.scrollHeight <= innerHeight"),
               "large, and all of it on the screen")
        # What a cut line leaves on the console is no fault of the page.
        faults = [fault for fault in wall.faults if "ERR_" not in fault]
        expect(not faults and not desk.faults, faults + desk.faults)


def the_keyboard_is_enough(chromium, base):
    with site(chromium, base) as at:
        at.open("/sign-in?lang=zh")
        # The browser gives the field its focus on its own time; what is typed before is lost.
        at.page.wait_for_function("() => document.activeElement.matches('input[autofocus]')")
        at.page.keyboard.type("operator")
        at.page.keyboard.press("Tab")
        at.page.keyboard.type("headwater-demo")
        at.page.keyboard.press("Enter")
        at.page.wait_for_url(base + "/")
        at.page.keyboard.press("Tab")
        expect(at.page.evaluate("document.activeElement.className") == "skip", "the first stop skips to the content")
        at.page.keyboard.press("Enter")
        expect(at.page.evaluate("document.activeElement.id") == "main", "and does so")


def the_board_is_worked_by_keys(chromium, base):
    with site(chromium, base) as at:
        at.sign_in("dispatcher")
        take_report(at, "楼上装修电钻声很大")
        case = at.page.url.split("/cases/")[1].split("?")[0]
        at.open("/board?queue=unsigned")
        at.page.wait_for_selector("#live.on")
        at.page.keyboard.press("j")
        first = at.page.evaluate("document.activeElement.closest('li').id")
        at.page.keyboard.press("j")
        at.page.keyboard.press("k")
        expect(at.page.evaluate("document.activeElement.closest('li').id") == first, "back again")
        while not at.page.locator(f"#c-{case}").count():
            at.page.mouse.wheel(0, 3_000)
            at.page.wait_for_timeout(200)
        at.page.focus(f"#c-{case} a")
        at.page.keyboard.press("a")
        at.page.wait_for_selector("#case-dialog[open] #step-assignment")
        at.page.select_option("#step-assignment select[name=supporting]", index=1)
        at.page.locator("#step-assignment button").click()
        at.page.wait_for_selector("#case-dialog:not([open])", state="attached")
        at.page.wait_for_selector("#toast:not(:empty)")
        expect(at.page.evaluate("document.activeElement.closest('li').id") == "c-" + case, "the keys stay where they were")
        at.page.keyboard.press("/")
        at.page.keyboard.press("j")
        expect(at.page.evaluate("document.activeElement.closest('li')") is None, "keys do nothing in a field")
        at.page.locator("h1").click()
        at.page.keyboard.press("?")
        at.page.click("#keys-off")
        at.page.keyboard.press("Escape")
        at.open("/board")
        at.page.keyboard.press("?")
        expect(at.page.locator("#keys-dialog[open]").count() == 0, "keys that are off stay off")
        expect(not at.faults, at.faults)


def a_map_that_cannot_be_drawn_is_drawn_by_the_server(chromium, base):
    for absent in (False, True):
        with site(chromium, base) as at:
            if absent:
                at.page.route("**/assets/library/maplibre-gl.js*", lambda route: route.abort())
            at.sign_in("dispatcher").open("/board")
            if absent:
                at.page.wait_for_selector("#map-drawn svg .dot")
            else:
                at.page.wait_for_selector(".map-legend:not([hidden])")
                at.page.wait_for_selector("#map .map-dots")
                expect(at.page.locator("#map .maplibregl-canvas").count() == 1, "the browser draws it")
            expect(not at.faults, at.faults)


def every_page_is_accessible_and_stays_inside(chromium, base):
    axe = Axe()
    faults = []
    for language in ("zh", "en"):
        for viewport, scheme in ((DESKTOP, "light"), (PHONE, "dark")):
            with site(chromium, base, viewport, scheme) as at:
                for page in PAGES:
                    if page == "start":
                        at.sign_in("dispatcher", language=language)
                    if page == "editions":
                        at.sign_in("supervisor", language=language)
                    if page == "people":
                        at.sign_in("administrator", language=language)
                    at.open(f"/sign-in?lang={language}" if page == "sign-in" else address(at, page))
                    at.page.evaluate("document.querySelectorAll('details.wish').forEach(box => { box.open = true })")
                    if not at.is_narrow_enough():
                        faults.append(f"{page} {language}: wider than {viewport['width']}")
                    faults += [f"{page} {language} {scheme}: {rule['id']}: {rule['nodes'][0]['html'][:160]}"
                               for rule in axe.run(at.page).response["violations"]]
                faults += at.faults
    expect(not faults, "\n        ".join([""] + faults))


CHECKS = [
    the_board_moves_by_itself, a_lost_stream_is_shown_and_comes_back, a_case_tells_that_it_changed,
    the_desk_is_told_what_the_rules_make_of_it, a_place_is_found_while_it_is_said, it_works_without_scripts,
    a_wall_comes_back_by_itself, the_keyboard_is_enough, the_board_is_worked_by_keys,
    a_map_that_cannot_be_drawn_is_drawn_by_the_server, *resident.CHECKS, *editions.CHECKS,
    every_page_is_accessible_and_stays_inside, *field.CHECKS, *loop.CHECKS, *scripts.CHECKS,
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
