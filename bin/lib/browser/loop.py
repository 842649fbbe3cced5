"""The whole loop, played by five browsers at once: a resident whose camera sees a printed plate, the desk, the agency,
the squad's phone without a network, and the supervisor before whom the rates move."""

import io
import os
import pathlib
import subprocess
import tempfile

from PIL import Image
from playwright.sync_api import Error

from field import cut, everything_is_sent, phone, restore, tap, unsent
from pages import DESKTOP, PHONE, launched, site
from scenes import AGENCY, SQUAD, call, expect, step

SAYS = {
    "zh": {"solved": "请您确认是否解决", "ended": "已办结", "answer": "双方已谈好,今晚停工"},
    "en": {"solved": "is it solved?", "ended": "Closed", "answer": "They agreed to stop tonight"},
}


def camera(base, folder):
    """What a camera sees that is held before plate No. 1, as it is printed."""
    token = os.environ["HEADWATER_PLATE"].rsplit("/", 1)[1]
    subprocess.run(
        [os.environ["HEADWATER_BINARY"], "plates", "print", "--data", os.environ["HEADWATER_DATA"], "--address", base,
         "--size", "120", "--through", "1", folder], check=True, stdout=subprocess.DEVNULL)
    sheet = next(pathlib.Path(folder).glob("*.svg"))
    picture = subprocess.run(["rsvg-convert", "--background-color=white", "--width", "900", sheet], check=True,
                             stdout=subprocess.PIPE).stdout
    frame = Image.new("RGB", (1280, 720), (120, 125, 130))
    with Image.open(io.BytesIO(picture)) as whole:
        plate = whole.convert("RGB").crop((0, 0, 900, 720)).rotate(4, expand=False, fillcolor=(120, 125, 130))
    frame.paste(plate, (190, 0))
    still = io.BytesIO()
    frame.save(still, "JPEG", quality=85)
    film = pathlib.Path(folder, "plate.mjpeg")
    film.write_bytes(still.getvalue() * 20)
    return film, token


def counts(at):
    """Every count of the six rates, as the supervisor's page shows them."""
    at.open("/rates")
    return [int(cell.replace(",", "")) for cell in at.page.locator("table.rates td.num").all_inner_texts()
            if cell.strip().replace(",", "").isdigit()]


def report(resident, token):
    """From the scan to the receipt."""
    resident.open("/scan")
    resident.page.click("#scan-start")
    resident.page.wait_for_url(f"**/p/{token}", timeout=20_000)
    resident.page.click("#report summary")
    resident.page.click("#report label:has(input[value='dispute.neighbour'])")
    resident.page.click("#report .send")
    resident.page.wait_for_url("**/r/*")
    return resident.page.url.removeprefix(resident.base).split("?")[0]


def play(language, resident, token, desk, agency, squad, supervisor):
    says = SAYS[language]
    before = counts(supervisor)
    known = {row["id"] for row in call(desk, "GET", "/api/v1/cases?door=plate&limit=500")["cases"]}
    desk.open("/board?door=plate")
    desk.page.wait_for_selector("#live.on")
    receipt = report(resident, token)
    # It appears on the board by itself.
    desk.page.wait_for_function(
        "known => [...document.querySelectorAll('li[id^=c-]')].some(li => !known.includes(li.id.slice(2)))",
        arg=list(known), timeout=15_000)
    case = next(row["id"] for row in call(desk, "GET", "/api/v1/cases?door=plate&limit=500")["cases"]
                if row["id"] not in known)
    step(desk, case, "assignment", {"agency": AGENCY})
    step(agency, case, "signature")
    step(agency, case, "dispatch", {"squad": SQUAD})
    squad.page.wait_for_selector(f"#f-{case}", timeout=15_000)
    cut(squad)
    for noun in ("signature", "departure"):
        tap(squad, case, noun)
    expect(unsent(squad) == 2, "signed without a network")
    restore(squad)
    everything_is_sent(squad)
    tap(squad, case, "arrival")
    squad.page.select_option(f"#f-{case} form[data-noun=outcome] select[name=outcome]", "mediated")
    tap(squad, case, "outcome")
    squad.page.fill(f"#f-{case} form[data-noun=feedback] textarea[name=words]", says["answer"])
    tap(squad, case, "feedback")
    everything_is_sent(squad)
    resident.open(receipt)
    expect(says["solved"] in resident.page.inner_text("h1"), resident.page.inner_text("h1"))
    resident.page.click("#answer ~ form button")
    expect(says["answer"] in resident.page.inner_text(".said"), "the answer is shown")
    resident.page.click("#confirmation summary")
    resident.page.click("#confirmation .send")
    resident.page.wait_for_url("**done=confirmation*")
    steps = [event["step"] for event in call(desk, "GET", f"/api/v1/cases/{case}")["timeline"]]
    expect(steps[-2:] == ["confirmed", "closed"], f"{steps}")
    own = [event for event in call(desk, "GET", f"/api/v1/cases/{case}")["timeline"] if "doneAt" in event]
    expect(len(own) == 5, "each step of the squad has its own time")
    after = counts(supervisor)
    expect(after != before and sum(after) > sum(before), f"the rates move: {before} {after}")


def five_browsers_play_the_loop(chromium, base):
    with tempfile.TemporaryDirectory() as folder:
        film, token = camera(base, folder)
        for language in ("zh", "en"):
            seen = f"--use-file-for-fake-video-capture={film}"
            with launched(chromium.browser_type, seen) as other, site(other, base, PHONE) as resident, \
                    site(chromium, base) as desk, site(chromium, base) as agency, \
                    phone(chromium, base, language) as squad, site(chromium, base, DESKTOP) as supervisor:
                everybody = [resident, desk, agency, squad, supervisor]
                for at, who in ((desk, "dispatcher"), (agency, "agency"), (supervisor, "supervisor")):
                    at.sign_in(who, language=language)
                resident.open(f"/scan?lang={language}")
                try:
                    play(language, resident, token, desk, agency, squad, supervisor)
                except (AssertionError, Error):
                    for number, at in enumerate(everybody):
                        at.page.screenshot(path=f"var/test/loop-{language}-{number}.png")
                    raise
                faults = [fault for at in everybody for fault in at.faults]
                # The phone that lost its network says so in its console.
                expect(not [fault for fault in faults if "ERR_" not in fault], faults)


CHECKS = [five_browsers_play_the_loop]
