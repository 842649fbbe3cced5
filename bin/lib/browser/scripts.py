"""Scripts that somebody stores in every field and every file name, and whatever page shows them: none may run, and none
may even be stopped by the policy, which is there for what slips through."""

import io
import os

from PIL import Image

from field import everything_is_sent, tap
from pages import PHONE, site
from pictures import PAGES, address
from scenes import AGENCY, DIVISION, SQUAD, call, expect, step

CORPUS = [
    "<script>window.stored=1</script>", "<img src=x onerror=window.stored=1>", "<svg onload=window.stored=1>",
    "\"><script>window.stored=1</script>", "'><img src=x onerror=window.stored=1>",
    "</textarea><script>window.stored=1</script>",
    "</title><script>window.stored=1</script>", "javascript:window.stored=1", "<a href=javascript:window.stored=1>x</a>",
    "\" autofocus onfocus=window.stored=1 x=\"", "' onmouseover=window.stored=1 x='",
    "<iframe srcdoc='<script>parent.stored=1</script>'>",
    "<body onload=window.stored=1>", "<details open ontoggle=window.stored=1>",
    "<math><mtext><script>window.stored=1</script>",
    "{{#t}}{{{product}}}{{/t}}<b>", "&lt;script&gt;window.stored=1&lt;/script&gt;", "<scr<script>ipt>window.stored=1</scr</script>ipt>",
    "<ScRiPt>window.stored=1</sCrIpT>", "\u2028<script>window.stored=1</script>", "<!--><script>window.stored=1</script>",
    "<style>@import '//x.example/a.css'</style>", "<link rel=stylesheet href=//x.example/a.css>", "<base href=//x.example/>",
    "<form action=//x.example/><button>x</button></form>", "<meta http-equiv=refresh content='0;url=//x.example/'>",
    "\\u003cscript\\u003ewindow.stored=1\\u003c/script\\u003e", "${window.stored=1}", "]]><script>window.stored=1</script>",
    "=HYPERLINK(\"//x.example/\")",
]
EVERYTHING = "\n".join(CORPUS)


def picture():
    file = io.BytesIO()
    Image.new("RGB", (40, 30), (200, 30, 30)).save(file, "JPEG")
    return file.getvalue()


def is_clean(at, where):
    expect(at.page.evaluate("window.stored === undefined"), f"a script ran on {where}")
    expect(at.page.locator("main script:not([src^='/assets/']), main base, main meta, main iframe, main link[href*='x.example']").count() == 0,
           f"something foreign stands on {where}")
    expect(not at.faults, f"{where}: {at.faults}")


def files(name):
    return [{"name": name + ".jpg", "mimeType": "image/jpeg", "buffer": picture()}]


def through_the_plate(chromium, base):
    """Words, a telephone number and the name of a file, one after another, by whoever scans a plate."""
    with site(chromium, base, PHONE) as at:
        at.open(os.environ["HEADWATER_OTHER_PLATE"])
        at.page.click("#broken summary")
        at.page.locator("#broken label.pick").first.click()
        at.page.fill("#broken textarea", EVERYTHING[:900])
        at.page.evaluate("text => { document.querySelector('#broken [name=contact]').value = text }", CORPUS[1][:40])
        at.page.set_input_files("#broken input[type=file]", files=files(CORPUS[2]))
        at.page.click("#broken .send")
        at.page.wait_for_url("**/r/*")
        is_clean(at, "the receipt")
        return at.page.url.removeprefix(base).split("?")[0]


def through_the_case(chromium, base, number, script):
    """A case whose every step carries the script, by each who may add words to it."""
    with site(chromium, base) as desk, site(chromium, base) as agency, site(chromium, base, PHONE) as squad:
        for at, who in ((desk, "dispatcher"), (agency, "agency"), (squad, "squad")):
            at.sign_in(who)
        short = script[:400]
        report = {"door": "12345", "text": f"{number} {script}", "name": short, "contact": short, "address": short,
                  "attributes": {script[:40].strip(): short}, "division": DIVISION}
        case = call(desk, "POST", "/api/v1/reports", report)["case"]
        call(desk, "POST", f"/api/v1/cases/{case}/judgement", {"kind": "noise.neighbour"})
        call(desk, "POST", f"/api/v1/cases/{case}/assignment", {"agency": AGENCY})
        step(agency, case, "refusal", {"reason": "other", "words": script})
        call(desk, "POST", f"/api/v1/cases/{case}/assignment", {"agency": AGENCY})
        step(agency, case, "signature")
        step(agency, case, "dispatch", {"squad": SQUAD})
        squad.open("/field")
        for noun in ("signature", "departure", "arrival"):
            tap(squad, case, noun)
        form = squad.page.locator(f"#f-{case} form[data-noun=outcome]")
        form.locator("textarea[name=words]").fill(script)
        form.locator("input[type=file]").set_input_files(files=files(script))
        tap(squad, case, "outcome")
        everything_is_sent(squad)
        is_clean(squad, "the field page")
        step(agency, case, "feedback", {"channel": "phone", "words": script})
        step(desk, case, "complaint", {"words": script})
        step(desk, case, "note", {"words": script})
        return case


def every_word_is_shown(at, case):
    """Each entry of the vault that the case names, looked at on the case's page."""
    at.open(f"/cases/{case}")
    for number in range(at.page.locator("form[action$='/words']").count()):
        at.open(f"/cases/{case}")
        at.page.evaluate("document.querySelectorAll('details').forEach(box => { box.open = true })")
        at.page.locator("form[action$='/words'] button").nth(number).click()
        at.page.wait_for_selector(".said")
        is_clean(at, f"an entry of {case}")


def no_stored_script_runs(chromium, base):
    receipt = through_the_plate(chromium, base)
    cases = [through_the_case(chromium, base, number, script) for number, script in
             enumerate([EVERYTHING, CORPUS[4], CORPUS[9]])]
    with site(chromium, base) as desk:
        desk.sign_in("operator")
        for script in CORPUS:
            report = {"door": "12345", "text": script, "name": script, "contact": script, "address": script,
                      "division": DIVISION}
            call(desk, "POST", "/api/v1/reports", report)
        desk.open("/reports/new")
        desk.page.fill("textarea[name=text]", EVERYTHING)
        desk.page.wait_for_timeout(700)
        is_clean(desk, "the preview of a report")
        # What is typed into addresses comes back on no page.
        for page in ("/board?kind=", "/rates?from=", "/r?code=", "/sign-in?next=", "/p/"):
            for script in CORPUS[:6]:
                desk.page.goto(base + page + script.replace("#", "%23").replace("/", "%2F"))
                is_clean(desk, page)
    for language in ("zh", "en"):
        with site(chromium, base) as at:
            at.sign_in("dispatcher", language=language)
            for case in cases:
                every_word_is_shown(at, case)
            at.open(receipt)
            is_clean(at, "the receipt")
            for page in PAGES:
                if page == "people":
                    at.sign_in("administrator", language=language)
                at.open(address(at, page))
                is_clean(at, page)
    print(f"  {len(CORPUS)} scripts in every field")


CHECKS = [no_stored_script_runs]
