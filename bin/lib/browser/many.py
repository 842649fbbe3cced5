"""Measures the board of a city with 5,000 open cases, on what stands for a phone: `many.py BASE`.

Takes reports in until there are so many, then opens the board with a quarter of this processor behind fast 3G, lets
cases change, and walks through the list. Prints each figure, and ends with 1 if one is above its limit.
"""

import http.client
import json
import os
import random
import statistics
import subprocess
import sys
import time
import urllib.parse
from concurrent.futures import ThreadPoolExecutor

from pages import PHONE, browser, site

CASES = 5_000
SHOWN_MAX = 3_000
UPDATE_MAX = 100
KINDS = ["noise.neighbour", "dispute.neighbour", "dispute.purchase", "traffic.parking", "utility.street-light",
         "dispute.rent", "traffic.congestion", "dispute.wages"]


class Desk:
    """Posts over one connection."""

    def __init__(self, base, token):
        self.peer = http.client.HTTPConnection(urllib.parse.urlsplit(base).netloc, timeout=60)
        self.token = token

    def post(self, path, body, key):
        self.peer.request("POST", path, json.dumps(body), {
            "Authorization": "Bearer " + self.token, "Content-Type": "application/json", "Idempotency-Key": key})
        answer = self.peer.getresponse()
        text = answer.read()
        if answer.status not in (200, 201):
            raise AssertionError(f"{path}: {answer.status} {text[:300]}")
        return json.loads(text)

    def report(self, number, kind=None):
        random.seed(number)
        kind = kind or random.choice(KINDS)
        where = {"latitude": 29.46 + random.triangular(-.04, .04), "longitude": 124.09 + random.triangular(-.06, .06)}
        return self.post("/api/v1/reports", {"door": "110", "kind": kind, "text": "报警", "point": where},
                         f"many-{number}")["case"]


def fill(base, token):
    """As many clients as the server groups into one commit."""
    def work(first):
        desk = Desk(base, token)
        for number in range(first, CASES, 8):
            desk.report(number)
    with ThreadPoolExecutor(8) as clients:
        list(clients.map(work, range(8)))


def operator():
    command = [os.environ["HEADWATER_BINARY"], "token", "create", "--role", "operator", "--name", "many"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def busy(wire):
    """Milliseconds of the main thread so far: script, style and layout, and all with what it waited for the graphics
    process, which paints in software where there is no card."""
    values = {each["name"]: each["value"] * 1000 for each in wire.send("Performance.getMetrics")["metrics"]}
    return values["ScriptDuration"] + values["RecalcStyleDuration"] + values["LayoutDuration"], values["TaskDuration"]


def slow(at):
    wire = at.context.new_cdp_session(at.page)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", {
        "offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000})
    wire.send("Performance.enable")
    return wire


COUNT = "Number(document.querySelector('.tabs a b').textContent)"

# Long tasks are what a hand on the wheel feels.
WATCH = """
window.longest = 0;
new PerformanceObserver((list) => { for (const task of list.getEntries()) longest = Math.max(longest, task.duration); })
  .observe({ type: 'longtask' });
"""


def measure(chromium, base, token):
    figures = []
    with site(chromium, base, PHONE) as at:
        at.sign_in("dispatcher")
        wire = slow(at)
        at.page.goto(base + "/board", wait_until="commit")
        at.page.wait_for_selector(".queue > li")
        shown = at.page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
        loaded = at.page.evaluate("performance.timing.domContentLoadedEventEnd - performance.timing.navigationStart")
        figures.append(("board shown, ms", max(shown, loaded), SHOWN_MAX))
        cases = int(at.page.inner_text(".tabs a b >> nth=0"))
        if cases < CASES:
            raise AssertionError(f"only {cases} open cases")
        at.page.wait_for_selector("#map canvas", timeout=60_000)
        at.page.wait_for_selector(".map-legend:not([hidden])")
        at.page.wait_for_selector("#live.on")
        at.page.wait_for_timeout(6_000)
        at.page.evaluate(WATCH)
        figures += update(at, wire, Desk(base, token))
        figures += scroll(at, wire)
        if at.faults:
            raise AssertionError(at.faults)
    return figures


def update(at, wire, desk):
    """A case that cannot wait arrives: its row high in the list, its dot and the counts."""
    costs = []
    for number in range(7):
        count = at.page.evaluate(COUNT)
        before = busy(wire)
        case = desk.report(CASES + number, "rescue.lift-trapped")
        # Nothing but time passes here: to ask the page would be work of its main thread.
        time.sleep(4)
        costs.append([after - before for before, after in zip(before, busy(wire))])
        if at.page.evaluate(COUNT) != count + 1 or not at.page.locator("#c-" + case).count():
            raise AssertionError("the new case did not arrive")
    print("  updates, ms of the main thread (of script, style and layout): "
          + ", ".join(f"{whole:.0f} ({own:.0f})" for own, whole in costs))
    return [("a live update, ms of the main thread", statistics.median(whole for _, whole in costs), UPDATE_MAX)]


def scroll(at, wire):
    """To the end of what a long day has, chunk by chunk."""
    at.page.evaluate("longest = 0")
    begun = time.monotonic()
    at.page.mouse.move(195, 820)
    while at.page.locator(".queue > li").count() < 400 and time.monotonic() - begun < 30:
        at.page.mouse.wheel(0, 3_000)
        at.page.wait_for_timeout(120)
    rows = at.page.locator(".queue > li").count()
    print(f"  {rows} rows after {time.monotonic() - begun:.1f} s of scrolling")
    return [("longest task while scrolling, ms", at.page.evaluate("longest"), 200)]


def main():
    base, token = sys.argv[1].rstrip("/"), operator()
    begun = time.monotonic()
    fill(base, token)
    print(f"  {CASES} cases in {time.monotonic() - begun:.1f} s")
    with browser() as chromium:
        figures = measure(chromium, base, token)
    for name, value, limit in figures:
        print(f"{'ok     ' if value <= limit else 'FAILED '} {name}: {value:.0f} (at most {limit})")
    return 1 if any(value > limit for _, value, limit in figures) else 0


if __name__ == "__main__":
    raise SystemExit(main())
