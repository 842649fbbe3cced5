"""What a resident does with the plate of a house and a phone, and what the desk and the agency see of it."""

import base64
import io
import os

from PIL import Image

from pages import PHONE, site
from scenes import expect, step

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
    a_resident_needs_no_script_and_no_account, a_slow_phone_has_the_plate_soon, a_resident_and_an_agency_play_the_loop,
    a_phone_far_away_is_shown_to_the_desk, photos_arrive_upright_and_say_nothing_else,
]
