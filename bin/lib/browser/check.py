"""Checks the pages in a browser, on a running demonstration: `check.py BASE`.

Prints a line for each check, and ends with 1 if any fails.
"""

import argparse
import base64
import io
import os
import subprocess
import time
import zipfile

from axe_playwright_python.sync_playwright import Axe
from PIL import Image

import field
import loop
import scripts
from pages import DESKTOP, PHONE, browser, site
from pictures import PAGES, address
from scenes import expect, step, suggestion


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


def an_edition_is_asked_for_and_downloaded(chromium, base):
    suggestion(chromium, base)
    for script in (True, False):
        with site(chromium, base, script=script) as at:
            at.sign_in("supervisor").open("/index")
            at.page.fill("input[name=from]", "2020-01-02")
            at.page.fill("input[name=to]", "2020-01-01")
            at.page.click("main form button")
            expect("末日早于首日" in at.page.inner_text("[role=alert]"), "what is wrong is said")
            expect(at.page.input_value("input[name=from]") == "2020-01-02", "and the form kept")
            last = at.page.get_attribute("input[name=to]", "max")
            at.page.fill("input[name=from]", last)
            at.page.fill("input[name=to]", last)
            at.page.select_option("select[name=compare]", "period-before")
            at.page.click("main form button")
            if script:
                at.page.wait_for_selector("#making:not([data-part])", timeout=180_000)
            else:
                until = time.monotonic() + 180
                while at.page.locator("#making[data-part]").count() and time.monotonic() < until:
                    at.page.wait_for_timeout(500)
                    at.open("/index")
            expect("已于" in at.page.inner_text("#making"), "it says that it was made")
            at.page.click(".paper-line a >> nth=0")
            answer = at.context.request.get(base + at.page.get_attribute("a[href$='files.zip']", "href"))
            with zipfile.ZipFile(io.BytesIO(answer.body())) as files:
                expect(files.testzip() is None, "every checksum holds")
                names = set(files.namelist())
                wanted = {"index.html", "index.en.html", "edition.css", "edition.json", "parts.csv", "cells.geojson"}
                expect(wanted <= names, names)
            target = at.page.get_attribute(".contents a >> nth=3", "href")
            expect(at.page.locator(target + " h2").count() == 1, "the contents lead to a section")
            expect(not at.faults, at.faults)


def a_suggested_scenario_is_decided_about(chromium, base):
    number, scenario = suggestion(chromium, base)
    with site(chromium, base, PHONE, script=False) as at:
        at.sign_in("supervisor").open(f"/index/{number}")
        card = at.page.locator(f"#s-{scenario}")
        expect("待决定" in card.inner_text(), "nobody has decided")
        card.locator("summary").nth(0).click()
        card.locator("select").nth(0).select_option("seen-on-site")
        card.locator("textarea").nth(0).fill("夜里去看过")
        card.locator("button").nth(0).click()
        expect(at.page.url.endswith(f"/index/{number}#s-{scenario}"), "back where it was")
        expect("已采纳" in at.page.locator(f"#s-{scenario}").inner_text(), "it stands beside the edition")
        at.open("/scenarios")
        at.page.click(f"#s-{scenario} h3 a")
        expect("夜里去看过" not in at.page.content(), "what was written takes a look")
        at.page.click(".timeline button")
        expect("夜里去看过" in at.page.inner_text(".said"), "and is shown then")
        at.page.locator("summary", has_text="改为不采纳").click()
        form = at.page.locator("details.grave")
        form.locator("select").select_option("other")
        form.locator("button").click()
        expect("写明理由" in at.page.inner_text("[role=alert]"), "another reason is to be said")
        at.page.locator("details.grave textarea").fill("已经安静了")
        at.page.locator("details.grave button").click()
        expect(at.page.locator(".timeline li").count() == 2, "both decisions are told")
        expect("未采纳" in at.page.locator(".card .phase").first.inner_text(), "the last one stands")
        expect(not at.faults, at.faults)


PLATE = os.environ["HEADWATER_PLATE"]
WEIGHT_MAX = 60_000
USABLE_MAX = 2_000


def report_by_plate(at, wish="report", kind="dispute.neighbour"):
    """From the scan to a report that is sent, in three taps: the way, the kind, the button."""
    taps = [f"#{wish} summary", f"#{wish} label:has(input[value='{kind}'])", f"#{wish} .send"]
    for tap in taps:
        at.page.click(tap)
    at.page.wait_for_url("**/r/*")
    expect(len(taps) <= 3, "at most three taps")


def cases_by_plate(at, queue, text):
    """Those that were really scanned, the newest first; the made-up city's own people name the door alone."""
    at.open(f"/board?door=plate&{queue}")
    for url in reversed([link.get_attribute("href") for link in at.page.locator(".queue a", has_text=text).all()]):
        at.open(url)
        if "扫门牌 No." in at.page.inner_text(".report"):
            yield url


def a_resident_needs_no_script_and_no_account(chromium, base):
    for language, says in (("zh", "已收到"), ("en", "We have received it")):
        with site(chromium, base, PHONE, script=False) as at:
            answers = []
            at.page.on("response", lambda answer: answers.append(answer))
            at.open(f"{PLATE}?lang={language}")
            weight = sum(len(answer.body()) for answer in answers)
            expect(weight < WEIGHT_MAX, f"{weight} bytes")
            expect(at.page.get_attribute(".call", "href") == "tel:110", "one tap calls")
            expect("榕溪区" in at.page.inner_text(".where"), "the address can be read out")
            expect(at.page.is_hidden(".position"), "nothing is offered that needs a script")
            report_by_plate(at)
            expect(says in at.page.inner_text(".notice.good"), "the receipt is shown")
            print(f"  {language}: {weight / 1000:.1f} kB")
            expect(not at.faults, at.faults)


def a_slow_phone_has_the_plate_soon(chromium, base):
    with site(chromium, base, PHONE) as at:
        wire = at.context.new_cdp_session(at.page)
        wire.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        wire.send("Network.enable")
        # What browsers call fast 3G.
        wire.send("Network.emulateNetworkConditions", {
            "offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000})
        at.open(PLATE)
        took = at.page.evaluate("performance.timing.loadEventEnd - performance.timing.navigationStart")
        print(f"  usable after {took} ms")
        expect(0 < took <= USABLE_MAX, f"{took} ms")


def a_resident_and_an_agency_play_the_loop(chromium, base):
    with site(chromium, base, PHONE) as phone, site(chromium, base) as desk:
        phone.open(f"{PLATE}?lang=zh")
        report_by_plate(phone)
        receipt = phone.page.url.removeprefix(base).split("?")[0]
        desk.sign_in("agency")
        url = next(cases_by_plate(desk, "queue=unsigned", "邻里纠纷"))
        case = url.rsplit("/", 1)[1]
        step(desk, case, "signature")
        step(desk, case, "outcome", {"outcome": "mediated"})
        step(desk, case, "feedback", {"channel": "message", "words": "双方已谈好"})
        phone.open(receipt)
        expect("请您确认是否解决" in phone.page.inner_text("h1"), "it asks whether it is solved")
        phone.page.click("#answer ~ form button")
        expect("双方已谈好" in phone.page.inner_text(".said"), "the answer is shown")
        phone.page.click("#rating summary")
        phone.page.click("#rating label:has(input[value='4'])")
        phone.page.click("#rating .send")
        phone.page.wait_for_url("**done=rating*")
        phone.page.click("#reopening summary")
        phone.page.fill("#reopening textarea", "又吵起来了")
        phone.page.click("#reopening .send")
        phone.page.wait_for_url("**done=reopening*")
        desk.open(url)
        expect("回流重办" in desk.page.inner_text(".headline"), "the desk sees that it came back")
        expect(not phone.faults and not desk.faults, phone.faults + desk.faults)


def a_phone_far_away_is_shown_to_the_desk(chromium, base):
    with site(chromium, base, PHONE) as phone, site(chromium, base) as desk:
        phone.context.grant_permissions(["geolocation"], origin=base)
        phone.context.set_geolocation({"latitude": 31.2, "longitude": 121.4, "accuracy": 20})
        phone.open(f"{PLATE}?lang=zh")
        phone.page.click("#broken summary")
        phone.page.click("#broken .position button")
        phone.page.wait_for_function("() => document.querySelector('#broken [name=latitude]').value !== ''")
        phone.page.click("#broken label:has(input[value='utility.street-light'])")
        phone.page.click("#broken .send")
        phone.page.wait_for_url("**/r/*")
        desk.sign_in("dispatcher")
        next(cases_by_plate(desk, "kind=utility", "路灯"))
        expect("手机位置距此约" in desk.page.inner_text(".report"), "the distance is shown")
        expect(not phone.faults, phone.faults)


def photo():
    """From a phone held sideways, red above and blue below as it lies in the file, with all that phones write."""
    picture = Image.new("RGB", (4000, 3000), (220, 20, 20))
    picture.paste((20, 20, 220), (0, 1500, 4000, 3000))
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "SECRET-CAMERA"
    exif.get_ifd(0x8825)[1] = "N"
    file = io.BytesIO()
    picture.save(file, "JPEG", exif=exif)
    return file.getvalue()


def photos_arrive_upright_and_say_nothing_else(chromium, base):
    for script in (False, True):
        with site(chromium, base, PHONE, script=script) as phone, site(chromium, base) as desk:
            phone.open(f"{PLATE}?lang=zh")
            phone.page.click("#broken summary")
            phone.page.set_input_files("#broken input[type=file]", files=[
                {"name": "<script>alert(1)</script>.jpg", "mimeType": "image/jpeg", "buffer": photo()}])
            phone.page.click("#broken label:has(input[value='utility.lift-fault'])")
            phone.page.click("#broken .send")
            phone.page.wait_for_url("**/r/*")
            desk.sign_in("dispatcher")
            next(cases_by_plate(desk, "kind=utility", "电梯"))
            desk.page.click("text=查看原话 >> nth=0")
            url = desk.page.get_attribute(".said img", "src")
            file = base64.b64decode(url.split(",")[1])
            expect(b"SECRET" not in file and b"Exif" not in file, "nothing but the picture is kept")
            with Image.open(io.BytesIO(file)) as kept:
                expect(kept.width < kept.height <= 1600, f"upright and small: {kept.size}")
                left, right = kept.getpixel((10, kept.height // 2)), kept.getpixel((kept.width - 10, kept.height // 2))
                expect(left[2] > 150 > left[0] and right[0] > 150 > right[2], f"turned the right way: {left} {right}")
            expect(not phone.faults and not desk.faults, phone.faults + desk.faults)


CHECKS = [
    the_board_moves_by_itself, a_lost_stream_is_shown_and_comes_back, a_case_tells_that_it_changed,
    the_desk_is_told_what_the_rules_make_of_it, a_place_is_found_while_it_is_said, it_works_without_scripts, a_wall_comes_back_by_itself, the_keyboard_is_enough,
    the_board_is_worked_by_keys, a_map_that_cannot_be_drawn_is_drawn_by_the_server, a_resident_needs_no_script_and_no_account,
    a_slow_phone_has_the_plate_soon,
    a_resident_and_an_agency_play_the_loop, a_phone_far_away_is_shown_to_the_desk,
    photos_arrive_upright_and_say_nothing_else, an_edition_is_asked_for_and_downloaded,
    a_suggested_scenario_is_decided_about, every_page_is_accessible_and_stays_inside,
    *field.CHECKS, *loop.CHECKS, *scripts.CHECKS,
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
