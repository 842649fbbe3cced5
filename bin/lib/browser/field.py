"""The field page: steps on a phone, with a network that comes and goes."""

import socket
import threading
import time
from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe

from pages import DESKTOP, PHONE, site
from scenes import call, expect, sent_to_the_squad

STEPS = ["signature", "departure", "arrival", "outcome", "feedback"]
EVENTS = ["squad-signed", "set-out", "arrived", "concluded", "answered"]


class Line:
    """The phone's way to the server: can be down, or break off once the server has done what was asked."""

    def __init__(self, base):
        self.host, self.port = base.removeprefix("http://").split(":")
        self.is_up = True
        self.break_after = None
        self.steps = 0
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.base = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        while True:
            try:
                phone, _ = self.socket.accept()
            except OSError:
                return
            if not self.is_up:
                phone.close()
                continue
            server = socket.create_connection((self.host, int(self.port)))
            for ends in ((phone, server, True), (server, phone, False)):
                threading.Thread(target=self._carry, args=ends, daemon=True).start()

    def _carry(self, source, target, is_asking):
        try:
            while data := source.recv(65_536):
                if is_asking and b"POST /field/cases/" in data:
                    self.steps += data.count(b"POST /field/cases/")
                if not is_asking and self.break_after is not None and self.steps >= self.break_after:
                    # The server has answered; nobody will hear it.
                    self.break_after = None
                    self.is_up = False
                if not self.is_up:
                    break
                target.sendall(data)
        except OSError:
            pass
        for end in (source, target):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def close(self):
        self.is_up = False
        self.socket.close()


@contextmanager
def phone(chromium, base, language="zh"):
    """The squad's phone on the field page, kept for when there is no network."""
    line = Line(base)
    with site(chromium, line.base, PHONE) as at:
        at.line = line
        at.page.on("dialog", lambda dialog: dialog.accept())
        at.sign_in("squad", language=language).open("/field")
        kept = "async () => (await navigator.serviceWorker.ready, Boolean(await caches.match('/field')))"
        wait_for(lambda: at.page.evaluate(kept))
        try:
            yield at
        finally:
            line.close()


def cut(at):
    at.line.is_up = False
    at.context.set_offline(True)
    at.page.wait_for_selector("#field-live.off")


def restore(at):
    at.line.is_up = True
    at.context.set_offline(False)


def tap(at, case, noun):
    form = at.page.locator(f"#f-{case} form[data-noun={noun}]")
    form.locator("button.next").click()
    if noun != "note":
        form.wait_for(state="hidden")


def unsent(at):
    return at.page.locator("#outbox-list li").count()


def everything_is_sent(at, timeout=60_000):
    at.page.wait_for_function("() => document.getElementById('outbox').hidden", timeout=timeout)


def timeline(at, case):
    return call(at, "GET", f"/api/v1/cases/{case}")["timeline"]


def fifty_steps_are_sent_once_and_in_order(chromium, base):
    cases = sent_to_the_squad(chromium, base, 10)
    with phone(chromium, base) as at, site(chromium, base) as desk:
        cut(at)
        at.page.reload()
        for case in cases:
            for noun in STEPS:
                tap(at, case, noun)
        expect(unsent(at) == 50, f"{unsent(at)} steps wait")
        at.page.reload()
        at.page.wait_for_function("() => document.querySelectorAll('#outbox-list li').length === 50")
        for done in (13, 31):
            at.line.break_after = done
            restore(at)
            at.page.wait_for_function(
                "most => document.querySelectorAll('#outbox-list li').length <= most", arg=53 - done, timeout=30_000)
            wait_for(lambda: not at.line.is_up)
        restore(at)
        everything_is_sent(at)
        expect(at.line.steps > 50, "answers were lost and their steps sent again")
        desk.sign_in("dispatcher")
        told = []
        for case in cases:
            events = [event for event in timeline(desk, case) if event["step"] in EVENTS]
            expect([event["step"] for event in events] == EVENTS, f"{[event['step'] for event in events]}")
            told += [(event["doneAt"], event["at"]) for event in events]
        expect(len(told) == 50 and told == sorted(told), "in the order in which they were done, and were sent")
        print(f"  50 steps in {at.line.steps} sendings, two of them cut off")
        expect(not desk.faults, desk.faults)


def wait_for(truth):
    end = time.monotonic() + 30
    while not truth():
        if time.monotonic() > end:
            raise AssertionError("it never came to be")
        time.sleep(0.02)


FAST_CLOCK = """() => {
  const True = Date;
  self.Date = class extends True {
    constructor(...parts) { super(...(parts.length ? parts : [True.now() + 420000])); }
    static now() { return True.now() + 420000; }
  };
}"""


def a_phone_with_a_wrong_clock_is_set_right(chromium, base):
    case = sent_to_the_squad(chromium, base, 1)[0]
    with phone(chromium, base) as at, site(chromium, base) as desk:
        at.page.evaluate(FAST_CLOCK)
        tap(at, case, "signature")
        everything_is_sent(at)
        desk.sign_in("dispatcher")
        event = next(event for event in timeline(desk, case) if event["step"] == "squad-signed")
        expect(abs(event["clockAheadMilliseconds"] - 7 * 60_000) < 5_000, f"{event}")
        desk.open(f"/cases/{case}")
        expect("手机时钟快 7 分" in desk.page.inner_text(".s-squad-signed"), "the desk sees it")


def what_came_too_late_is_explained_and_kept(chromium, base):
    case = sent_to_the_squad(chromium, base, 1)[0]
    with phone(chromium, base) as at, site(chromium, base) as agency:
        for noun in STEPS[:3]:
            tap(at, case, noun)
        everything_is_sent(at)
        cut(at)
        form = at.page.locator(f"#f-{case} form[data-noun=outcome]")
        form.locator("select[name=outcome]").select_option("handled")
        form.locator("textarea[name=words]").fill("现场已清理,两家都在")
        tap(at, case, "outcome")
        tap(at, case, "feedback")
        agency.sign_in("agency")
        call(agency, "POST", f"/api/v1/cases/{case}/outcome", {"outcome": "referred"})
        call(agency, "POST", f"/api/v1/cases/{case}/feedback", {"channel": "phone"})
        restore(at)
        at.page.wait_for_selector("#outbox .refusal:not([hidden])")
        expect("不" in at.page.inner_text("#outbox .refusal .notice"), "it is said why")
        expect(unsent(at) == 2, "what rests on it waits")
        at.page.click("#outbox .keep")
        # The answer that was given meanwhile is the one that waits: nothing is left to send.
        everything_is_sent(at)
        expect(timeline(agency, case)[-1]["step"] == "noted", "the words are with the case")
        agency.open(f"/cases/{case}")
        agency.page.click(".s-noted summary")
        agency.page.click(".s-noted .look button")
        expect("现场已清理" in agency.page.inner_text(".said"), "and can be read there")


def draw(at, box):
    at.page.locator(box).scroll_into_view_if_needed()
    sheet = at.page.locator(f"{box} canvas").bounding_box()
    at.page.mouse.move(sheet["x"] + 30, sheet["y"] + 60)
    at.page.mouse.down()
    for step in range(1, 9):
        at.page.mouse.move(sheet["x"] + 30 + 25 * step, sheet["y"] + (20 if step % 2 else 70))
    at.page.mouse.up()


def both_sides_sign_on_the_phone(chromium, base):
    case = sent_to_the_squad(chromium, base, 1)[0]
    with phone(chromium, base) as at, site(chromium, base) as agency:
        for noun in STEPS[:3]:
            tap(at, case, noun)
        note = at.page.locator(f"#f-{case} form[data-noun=note]")
        note.locator("summary").click()
        note.locator(".voice button").click()
        at.page.wait_for_timeout(700)
        note.locator(".voice button").click()
        note.locator("audio:not([hidden])").wait_for()
        tap(at, case, "note")
        cut(at)
        form = f"#f-{case} form[data-noun=outcome]"
        at.page.select_option(f"{form} select[name=outcome]", "mediated")
        at.page.click(f"{form} .mediation summary")
        at.page.fill(f"{form} textarea[name=agreement]", "每晚九点后不再施工")
        for number, name in ((1, "甲某"), (2, "乙某")):
            at.page.fill(f"{form} input[name=party{number}]", name)
            draw(at, f"{form} .signature[data-name=signature{number}]")
        tap(at, case, "outcome")
        restore(at)
        everything_is_sent(at)
        agency.sign_in("agency").open(f"/cases/{case}")
        agency.page.click(".s-noted summary")
        agency.page.click(".s-noted .look button")
        expect(agency.page.evaluate("document.querySelector('.said audio').src.startsWith('data:audio/')"), "a voice")
        agency.open(f"/cases/{case}")
        agency.page.click(".s-concluded summary")
        agency.page.click(".s-concluded .look button")
        expect("每晚九点后不再施工" in agency.page.inner_text(".said"), "what was agreed")
        agency.page.click(".said form button")
        expect(agency.page.locator(".sheet svg path").count() == 2, "both signatures")
        expect("乙某" in agency.page.inner_text(".sheet"), "under each its name")
        expect(not at.faults and not agency.faults, at.faults + agency.faults)


def what_was_lost_is_kept_with_the_outcome(chromium, base):
    case = sent_to_the_squad(chromium, base, 1, kind="crime.fraud.purchase")[0]
    other = sent_to_the_squad(chromium, base, 1)[0]
    with phone(chromium, base) as at, site(chromium, base) as desk:
        for noun in STEPS[:3]:
            tap(at, case, noun)
        everything_is_sent(at)
        expect(at.page.locator(f"#f-{other} input[name=loss]").count() == 0, "asked for of frauds only")
        cut(at)
        loss = f"#f-{case} form[data-noun=outcome] input[name=loss]"
        at.page.fill(loss, "-1")
        at.page.click(f"#f-{case} form[data-noun=outcome] button.next")
        expect(not at.page.evaluate("box => document.querySelector(box).validity.valid", loss), "the phone says so itself")
        expect(unsent(at) == 0, "and keeps nothing that would be refused")
        at.page.fill(loss, "2345")
        tap(at, case, "outcome")
        restore(at)
        everything_is_sent(at)
        desk.sign_in("dispatcher").open(f"/cases/{case}")
        expect("2,300" in desk.page.inner_text(".s-concluded"), "in two digits")
        expect(timeline(desk, case)[-1]["loss"] == 2300, "and as data")


def what_waits_is_sent_by_its_owner_alone(chromium, base):
    case = sent_to_the_squad(chromium, base, 1)[0]
    with phone(chromium, base) as at:
        cut(at)
        tap(at, case, "signature")
        expect(unsent(at) == 1, "it waits")
        # Signed out and another one in: a phone of the van is passed on.
        at.context.clear_cookies()
        restore(at)
        at.sign_in("agency").open("/field")
        at.page.wait_for_selector("#outbox:not([hidden])")
        at.page.wait_for_timeout(500)
        expect(unsent(at) == 1, "nobody else sends it")
        expect("另一账号" in at.page.inner_text("#outbox"), "and it is said whose it is")
        at.context.clear_cookies()
        at.sign_in("squad").open("/field")
        everything_is_sent(at)


def what_moves_takes_neither_a_tap_nor_the_keyboard(chromium, base):
    case, other = sent_to_the_squad(chromium, base, 2)
    with phone(chromium, base) as at, site(chromium, base) as agency:
        agency.sign_in("agency")

        def change():
            """Both cases change, and the phone has heard of it."""
            version = at.page.get_attribute(f"#f-{other}", "data-version")
            for one in (case, other):
                call(agency, "POST", f"/api/v1/cases/{one}/note", {"words": "请带上噪声计"})
            at.page.wait_for_function("([id, version]) => document.getElementById(id).dataset.version !== version",
                                      arg=[f"f-{other}", version])

        button = at.page.locator(f"#f-{case} form[data-noun=signature] button.next")
        button.scroll_into_view_if_needed()
        button.hover()
        phase = at.page.inner_text(f"#f-{case} .phase")
        at.page.mouse.down()
        change()
        at.page.mouse.up()
        at.page.locator(f"#f-{case} form[data-noun=signature]").wait_for(state="hidden")
        everything_is_sent(at)
        at.page.wait_for_function("([id, phase]) => document.querySelector(`#${id} .phase`).innerText !== phase",
                                  arg=[f"f-{case}", phase])
        at.context.grant_permissions(["geolocation"])
        at.context.set_geolocation({"latitude": 29.46, "longitude": 124.09, "accuracy": 20})
        at.page.click("#by-distance")
        at.page.wait_for_function(
            "() => (({ textContent, dataset }) => textContent === dataset.byDue)(document.getElementById('by-distance'))")
        note = at.page.locator(f"#f-{case} form[data-noun=note]")
        note.locator("summary").click()
        note.locator("textarea").focus()
        change()
        at.page.keyboard.type("敲门无人应答")
        expect(note.locator("textarea").input_value() == "敲门无人应答", "the keyboard stays where it was")


def the_field_page_is_accessible(chromium, base):
    sent_to_the_squad(chromium, base, 1)
    sent_to_the_squad(chromium, base, 1, kind="crime.fraud.purchase")
    axe = Axe()
    for language in ("zh", "en"):
        for viewport, scheme in ((DESKTOP, "light"), (PHONE, "dark")):
            with site(chromium, base, viewport, scheme) as at:
                at.sign_in("squad", language=language).open("/field")
                at.page.wait_for_selector("#field-live.on")
                at.page.evaluate("""() => {
                  for (const box of document.querySelectorAll('details, .field-step')) box.open = !(box.hidden = false);
                }""")
                faults = [f"{rule['id']}: {rule['nodes'][0]['html'][:160]}"
                          for rule in axe.run(at.page).response["violations"]]
                expect(not faults and not at.faults, f"{language} {scheme}: {faults + at.faults}")
                expect(at.is_narrow_enough(), f"{language}: wider than {viewport['width']}")


CHECKS = [
    fifty_steps_are_sent_once_and_in_order, a_phone_with_a_wrong_clock_is_set_right,
    what_came_too_late_is_explained_and_kept, both_sides_sign_on_the_phone,
    what_was_lost_is_kept_with_the_outcome, what_waits_is_sent_by_its_owner_alone,
    what_moves_takes_neither_a_tap_nor_the_keyboard, the_field_page_is_accessible,
]
