"""Prints plates in every size and format, and has another's decoder read every code; then a whole district's worth.

Runs beside a server (bin/lib/with-server): each code must open the page of its plate there, a revoked one must not.
"""

import os
import pathlib
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

from PIL import Image, ImageFilter

HEADWATER = os.environ["HEADWATER_BINARY"]
BASE = os.environ["HEADWATER_URL"]
CITY = os.environ.get("HEADWATER_CITY", "Cities/rongxi")
# Side in millimetres: plates across and down a sheet of A4.
LAYOUTS = {120: (1, 2), 75: (2, 3), 40: (5, 7)}
SAMPLE = 70
DISTRICT = 194_000
SECONDS_MAX = 60
GROWTH_MAX_KB = 30_000


def plates(*arguments):
    done = subprocess.run([HEADWATER, "plates", *map(str, arguments)], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"plates {' '.join(map(str, arguments))}: {done.stderr}")
    return done.stdout


def picture(sheet, folder, dots):
    """A sheet as a picture of so many dots an inch; one for each page."""
    if sheet.suffix == ".pdf":
        subprocess.run(["pdftoppm", "-r", str(dots), "-png", sheet, folder / sheet.stem], check=True)
        return sorted(folder.glob(sheet.stem + "-*.png"))
    file = folder / (sheet.stem + ".png")
    subprocess.run(["rsvg-convert", "--background-color=white", "-d", str(dots), "-p", str(dots), sheet, "-o", file],
                   check=True)
    return [file]


def cells(page, size, dots):
    """Each plate of a sheet by itself, as somebody stands before it."""
    columns, rows = LAYOUTS[size]
    dot = dots / 25.4
    left, top = (210 - columns * size) / 2, (297 - rows * size) / 2
    with Image.open(page) as sheet:
        for row in range(rows):
            for column in range(columns):
                x, y = (left + column * size) * dot, (top + row * size) * dot
                yield sheet.convert("L").crop((int(x), int(y), int(x + size * dot), int(y + size * dot)))


def spoil(cell):
    """A phone held askew, out of focus, in bad light, with a sticker on a corner of the code."""
    side = cell.width
    worn = cell.copy()
    worn.paste(90, (side * 60 // 100, side * 52 // 100, side * 68 // 100, side * 60 // 100))
    worn = worn.rotate(11, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)
    return worn.filter(ImageFilter.GaussianBlur(1)).point(lambda light: 40 + light * 150 // 255)


def read(pictures, folder):
    """What zbar reads in each picture."""
    texts = []
    for index, cell in enumerate(pictures):
        file = folder / f"cell-{index}.png"
        cell.save(file)
        done = subprocess.run(["zbarimg", "--quiet", "--raw", file], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                              text=True)
        texts += done.stdout.split()
    return texts


def opened(url):
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def every_printed_code_is_read_by_another(work):
    codes = set()
    for size in LAYOUTS:
        for kind in ("svg", "pdf"):
            target = work / f"{size}-{kind}"
            plates("print", "--address", BASE, "--size", size, "--format", kind, "--through", SAMPLE, target)
            seen = []
            # At 40 mm as few dots as a phone has at arm's length: four and a half to a module.
            dots = {120: 100, 75: 150, 40: 170}[size]
            for sheet in sorted(target.iterdir()):
                for page in picture(sheet, work, dots):
                    seen += [cell for cell in cells(page, size, dots) if cell.getextrema()[0] < 128]
            texts = read(seen, work)
            assert len(seen) == SAMPLE == len(texts) == len(set(texts)), f"{size} mm {kind}: {len(texts)} of {len(seen)}"
            codes.add(tuple(sorted(texts)))
            print(f"{size} mm {kind}: {len(texts)} codes read")
            if size == 40 and kind == "svg":
                worn = read([spoil(cell.resize((cell.width * 2, cell.width * 2))) for cell in seen], work)
                assert set(worn) <= set(texts) and len(worn) == SAMPLE, f"worn: {len(worn)} of {SAMPLE}"
                print(f"40 mm worn, askew, blurred, dim: {len(worn)} codes read")
    assert len(codes) == 1, "the sizes and formats say different things"
    return list(codes.pop())


def every_code_opens_its_plate(texts):
    numbers = set()
    for text in texts:
        status, page = opened(text)
        assert status == 200 and "tel:110" in page, f"{text}: {status}"
        numbers.add(page.split("plate-number\">")[1].split("<")[0])
    assert numbers == {str(number) for number in range(1, SAMPLE + 1)}
    plates("revoke", 7, 8)
    new = plates("replace", 9).strip()
    statuses = sorted(opened(text)[0] for text in texts)
    assert statuses == [200] * (SAMPLE - 3) + [410] * 3, statuses
    assert plates("list", "--with-revoked").count("\n") == 402
    print(f"{SAMPLE} codes open their plates; three ended ones do not; No. {new} took over")


def a_district_is_printed_in_a_minute_in_flat_memory(work):
    table = work / "units.csv"
    codes = sorted({line.split(",")[1] for line in plates("list").splitlines()[1:]})
    with table.open("w") as file:
        file.write("place,unit\n")
        file.writelines(f"{codes[index % len(codes)]},{index // len(codes) + 1}号\n" for index in range(DISTRICT))
    environment = dict(os.environ, HEADWATER_DATA=str(work / "district"))
    subprocess.run([HEADWATER, "plates", "make", "--city", CITY, "--file", table], check=True, env=environment,
                   stdout=subprocess.DEVNULL)
    kilobytes = []
    for count in (DISTRICT // 20, DISTRICT):
        start = time.monotonic()
        printing = subprocess.Popen(
            [HEADWATER, "plates", "print", "--address", "https://plates.rongxi.example", "--size", "40",
             "--through", str(count), work / f"sheets-{count}"],
            env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(printing.pid, 0)
        seconds = time.monotonic() - start
        assert status == 0, "printing failed"
        kilobytes.append(usage.ru_maxrss)
        print(f"{count} plates, tokens and SVG: {seconds:.1f} s, {usage.ru_maxrss // 1000} MB")
    assert seconds <= SECONDS_MAX, f"{seconds:.1f} s"
    assert kilobytes[1] - kilobytes[0] < GROWTH_MAX_KB, kilobytes


def main():
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        print(plates("make", "--every-place").strip())
        every_code_opens_its_plate(every_printed_code_is_read_by_another(work))
        a_district_is_printed_in_a_minute_in_flat_memory(work)
    return 0


if __name__ == "__main__":
    sys.exit(main())
