"""What several checks need: calls of the API with a page's session, and cases brought to where a check begins."""

import datetime
import functools
import time
import uuid

from pages import site


def expect(truth, what):
    if not truth:
        raise AssertionError(what)


def call(at, method, path, body=None):
    """Asks the API with the session of whoever is signed in."""
    answer = at.context.request.fetch(
        at.base + path, method=method, data=body, headers={"Origin": at.base, "Idempotency-Key": uuid.uuid4().hex})
    expect(answer.ok, f"{method} {path}: {answer.status} {answer.text()[:300]}")
    return answer.json()


SQUAD, AGENCY, DIVISION = "rongyin-1", "town-rongyin", "990106001"


def sent_to_the_squad(chromium, base, count, kind="noise.neighbour"):
    """New cases that the demonstration's squad has been sent to."""
    with site(chromium, base) as desk, site(chromium, base) as agency:
        desk.sign_in("dispatcher")
        agency.sign_in("agency")
        cases = []
        for number in range(count):
            report = {"door": "12345", "text": f"楼上装修,电钻声很大({number})", "division": DIVISION}
            case = call(desk, "POST", "/api/v1/reports", report)["case"]
            call(desk, "POST", f"/api/v1/cases/{case}/judgement", {"kind": kind})
            call(desk, "POST", f"/api/v1/cases/{case}/assignment", {"agency": AGENCY})
            call(agency, "POST", f"/api/v1/cases/{case}/signature", {})
            call(agency, "POST", f"/api/v1/cases/{case}/dispatch", {"squad": SQUAD})
            cases.append(case)
        return cases


def step(at, case, noun, fill=None):
    """Takes a step with the form on the case's page."""
    at.open(f"/cases/{case}")
    form = at.page.locator(f"#step-{noun}")
    is_folded = form.evaluate("form => form.tagName === 'DETAILS' && !form.open")
    if is_folded:
        form.locator("summary").click()
    for name, value in (fill or {}).items():
        field = form.locator(f"[name={name}]")
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    form.locator("button").click()
    at.page.wait_for_selector(".notice.good")


@functools.cache
def suggestion(chromium, base):
    """A place that was loud last night as no other was: an edition of that day, and the scenario that it suggests."""
    # The demonstration lies eight hours ahead of UTC.
    today = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=8))).date()
    day = today - datetime.timedelta(days=1)
    with site(chromium, base) as desk, site(chromium, base) as reader:
        desk.sign_in("operator")
        for place, hours in (("P001", [22] * 16), ("P002", range(0, 24, 2))):
            for minute, hour in enumerate(hours):
                call(desk, "POST", "/api/v1/reports", {
                    "door": "12345", "kind": "noise.dance", "text": f"广场舞音乐声太大({minute})", "place": place,
                    "saidAt": f"{day}T{hour:02}:{minute:02}:00+08:00"})
        reader.sign_in("analyst")
        number = made(reader, {"from": str(day), "to": str(day), "compare": "period-before"})
        scenarios = call(reader, "GET", f"/api/v1/editions/{number}/scenarios")["scenarios"]
        return number, next(scenario["id"] for scenario in scenarios if scenario["place"] == "P001")


def made(at, wish):
    """The number of an edition, once it is there."""
    call(at, "POST", "/api/v1/editions", wish)
    until = time.monotonic() + 180
    while time.monotonic() < until:
        making = call(at, "GET", "/api/v1/editions")["making"]
        if "endedAt" in making:
            expect(making["state"] == "made", making)
            return making["number"]
        at.page.wait_for_timeout(500)
    raise AssertionError("no edition within three minutes")
