"""The pages in a real browser: signs in, opens them, keeps what goes wrong."""

from contextlib import contextmanager

from playwright.sync_api import sync_playwright

CHROMIUM = "/usr/bin/chromium"
PASSWORD = "headwater-demo"
# An answer that says no (4xx), and what a graphics driver in software says of its speed.
HARMLESS = ["Failed to load resource", "GL Driver Message"]
DESKTOP = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


class Site:
    """One browser context on a running demonstration."""

    def __init__(self, context, base):
        self.context = context
        self.base = base
        self.page = context.new_page()
        self.faults = []
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("request", self._request)

    def _console(self, message):
        if message.type in ("error", "warning") and not any(
                text in message.text for text in HARMLESS):
            self.faults.append(f"console: {message.text}")

    def _request(self, request):
        if not request.url.startswith((self.base, "data:", "blob:")):
            self.faults.append(f"outside: {request.url}")

    def open(self, path):
        return self.page.goto(self.base + path, wait_until="load")

    def sign_in(self, name, password=PASSWORD, language="zh"):
        self.open(f"/sign-in?lang={language}")
        self.page.fill("input[name=name]", name)
        self.page.fill("input[name=password]", password)
        self.page.click("main button")
        self.page.wait_for_load_state("load")
        return self

    def is_narrow_enough(self):
        """Nothing makes the page itself scroll sideways."""
        return self.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


FLAGS = ["--no-sandbox", "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]


@contextmanager
def browser():
    with sync_playwright() as play, launched(play.chromium) as chromium:
        yield chromium


@contextmanager
def launched(kind, *flags):
    """One more browser, such as one whose camera sees something."""
    chromium = kind.launch(executable_path=CHROMIUM, args=[*FLAGS, *flags])
    try:
        yield chromium
    finally:
        chromium.close()


@contextmanager
def site(chromium, base, viewport=DESKTOP, scheme="light", script=True):
    context = chromium.new_context(viewport=viewport, color_scheme=scheme, java_script_enabled=script,
                                   timezone_id="UTC", locale="zh-CN")
    try:
        yield Site(context, base)
    finally:
        context.close()
