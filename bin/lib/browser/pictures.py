"""Takes pictures of the pages: `pictures.py BASE FOLDER [--all]`.

Without --all the few that the README shows; with it every page, both languages, both widths, light and dark.
"""

import argparse
import functools
import os
import pathlib
import urllib.parse
import urllib.request

from PIL import Image

from pages import DESKTOP, PHONE, browser, site
from scenes import sent_to_the_squad, suggestion

README = [
    ("board", "dispatcher", "zh", "desktop", "light"),
    ("board", "dispatcher", "en", "desktop", "dark"),
    ("case", "dispatcher", "zh", "desktop", "light"),
    ("rates", "supervisor", "en", "desktop", "light"),
    ("board", "dispatcher", "zh", "phone", "light"),
    ("plate", "dispatcher", "zh", "phone", "light"),
    ("field", "squad", "zh", "phone", "light"),
    ("oversight", "supervisor", "zh", "desktop", "light"),
    ("wall", "supervisor", "zh", "desktop", "dark"),
]
PAGES = [
    "sign-in", "start", "board", "case", "report", "rosters", "rates", "rates-by", "rate-cases", "oversight",
    "comparison", "deadlines", "ladder", "bulletins", "bulletin", "documents", "document", "wall", "wall-key",
    "editions", "edition", "scenarios", "scenario", "people", "person", "roles", "inboxes", "installation", "about", "plate", "receipt", "plate-wrong", "receipts",
]


# Who may see what a dispatcher may not.
VISITORS = dict.fromkeys(["editions", "edition", "scenarios", "scenario"], "supervisor") | dict.fromkeys(
    ["people", "person", "roles", "inboxes", "installation"], "administrator")


@functools.cache
def receipt(base):
    """One for all pictures: a plate is patient, not boundlessly so."""
    page = urllib.request.urlopen(base + os.environ["HEADWATER_PLATE"]).read().decode()
    fields = {"key": page.split('name="key" value="')[1].split('"')[0], "wish": "report", "kind": "noise.dance"}
    sent = urllib.request.urlopen(base + os.environ["HEADWATER_PLATE"], urllib.parse.urlencode(fields).encode())
    return sent.url.removeprefix(base)


def address(at, page):
    if page == "case":
        at.open("/board?queue=answering")
        return at.page.get_attribute(".queue a", "href") or "/board"
    if page == "rate-cases":
        at.open("/rates")
        return at.page.get_attribute("table.rates .num a", "href") or "/rates"
    if page == "person":
        at.open("/administration/people")
        return at.page.get_attribute("table th a", "href") or "/administration/people"
    if page == "document":
        at.open("/documents")
        numbers = at.page.locator("table.register th a")
        return numbers.first.get_attribute("href") if numbers.count() else "/documents"
    if page == "bulletin":
        at.open("/bulletins")
        return at.page.get_attribute(".paper-line a", "href") or "/bulletins"
    if page in ("edition", "scenario", "scenarios"):
        number, scenario = suggestion(at.context.browser, at.base)
        return {"edition": f"/index/{number}", "scenario": f"/scenarios/{scenario}?edition={number}",
                "scenarios": "/scenarios?verdict=refused"}[page]
    if page == "field":
        sent_to_the_squad(at.context.browser, at.base, 2)
    if page == "receipt":
        return receipt(at.base)
    return {
        "plate": os.environ["HEADWATER_PLATE"], "plate-wrong": "/p/1000000000000000", "receipts": "/r",
        "sign-in": "/sign-in", "start": "/", "board": "/board", "report": "/reports/new", "rates": "/rates",
        "rosters": "/rosters", "rates-by": "/rates?by=division", "oversight": "/oversight",
        "comparison": "/oversight/comparison", "deadlines": "/oversight/deadlines?within=today",
        "ladder": "/oversight/notices", "bulletins": "/bulletins", "documents": "/documents", "wall": "/wall",
        "wall-key": "/wall/key", "people": "/administration/people", "roles": "/administration/roles",
        "inboxes": "/administration/inboxes", "installation": "/administration/installation", "about": "/about",
        "field": "/field", "editions": "/index",
    }[page]


def make_small(path):
    """A palette is enough for pages, and a third of the bytes."""
    with Image.open(path) as picture:
        small = picture.convert("RGB").quantize(256, kmeans=2, dither=Image.Dither.NONE)
    small.save(path, optimize=True)


def take(chromium, base, folder, page, who, language, width, scheme, whole):
    viewport = DESKTOP if width == "desktop" else PHONE
    with site(chromium, base, viewport, scheme) as at:
        if page != "sign-in":
            at.sign_in(who, language=language)
        at.open(address(at, page) if page != "sign-in" else f"/sign-in?lang={language}")
        if page == "board":
            at.page.wait_for_selector("#live.on", timeout=10_000)
            at.page.wait_for_selector("#map[data-state=drawn]", timeout=30_000)
        name = f"{page}-{language}-{width}-{scheme}.png"
        at.page.screenshot(path=folder / name, full_page=whole)
        if not whole:
            make_small(folder / name)
        if not at.is_narrow_enough():
            at.faults.append("wider than the window")
        for fault in at.faults:
            print(f"{name}: {fault}")
        return not at.faults


def main():
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("base")
    reader.add_argument("folder", type=pathlib.Path)
    reader.add_argument("--all", action="store_true")
    reader.add_argument("--page", action="append")
    given = reader.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    plan = README
    if given.all or given.page:
        plan = [(page, VISITORS.get(page, "dispatcher"), language, width, scheme) for page in given.page or PAGES
                for language in ("zh", "en") for width in ("desktop", "phone") for scheme in ("light", "dark")]
    with browser() as chromium:
        done = [take(chromium, given.base.rstrip("/"), given.folder, *shot, whole=given.all or bool(given.page))
                for shot in plan]
    return 0 if all(done) else 1


if __name__ == "__main__":
    raise SystemExit(main())
