"""Editions of the safety index in the console: asked for, read, downloaded, their suggestions decided about."""

import io
import time
import zipfile

from pages import PHONE, site
from scenes import expect, suggestion


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


CHECKS = [an_edition_is_asked_for_and_downloaded, a_suggested_scenario_is_decided_about]
