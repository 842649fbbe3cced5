"""What the benchmarks share: programs, servers, tokens, folders."""

import json
import os
import re
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
CITY = os.path.join(ROOT, "Cities", "rongxi")
BUILD = os.environ.get("HEADWATER_BUILD", os.path.join(ROOT, ".build", "release"))
HEADWATER = os.path.join(BUILD, "headwater")
BENCHMARKS = os.path.join(BUILD, "benchmarks")


class Folder:
    """A folder of one measure's own; gone behind it."""

    def __enter__(self):
        self.path = tempfile.mkdtemp(prefix="headwater-benchmark-")
        return self.path

    def __exit__(self, *_):
        shutil.rmtree(self.path, ignore_errors=True)


def headwater(*arguments):
    """Standard output and standard error of a command that must succeed."""
    done = subprocess.run([HEADWATER, *arguments], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"headwater {arguments[0]} failed ({done.returncode}):\n{done.stdout[-1000:]}{done.stderr[-2000:]}")
    return done.stdout, done.stderr


def measure(*arguments):
    """The line of JSON that a command of the Swift half prints."""
    done = subprocess.run([BENCHMARKS, *arguments], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"benchmarks {arguments[0]} failed:\n{done.stderr[-2000:]}")
    return json.loads(done.stdout)


def stated(text, unit):
    """The number that stands before `unit` in a command's words, such as `12,345 events/s`."""
    found = re.search(r"([\d,.]+)\s*" + re.escape(unit), text)
    if found is None:
        sys.exit(f"no figure in {unit} in: {text[-500:]}")
    return float(found.group(1).replace(",", ""))


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class Server:
    """A process that listens; `with Server([...]) as server`."""

    def __init__(self, command, port, seconds=120):
        self.command, self.port, self.seconds = command, port, seconds
        self.url = f"http://127.0.0.1:{port}"

    def __enter__(self):
        self.log = tempfile.TemporaryFile()
        started = time.monotonic()
        self.process = subprocess.Popen(self.command, stdout=self.log, stderr=self.log)
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() - started > self.seconds:
                self.log.seek(0)
                sys.exit("the server did not start: " + self.log.read().decode()[-2000:])
            time.sleep(0.005)
        self.start_seconds = time.monotonic() - started
        return self

    def answers(self):
        try:
            with urllib.request.urlopen(self.url + "/readyz", timeout=5) as answer:
                return answer.status == 200
        except OSError:
            return False

    def resident_megabytes(self, field="VmRSS"):
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as file:
            line = next(line for line in file if line.startswith(field))
        return int(line.split()[1]) / 1024

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def serve(data, *more):
    port = free_port()
    return Server([HEADWATER, "serve", "--city", CITY, "--data", data, "--port", str(port), *more], port)


def token(data, role="operator", *more):
    return headwater("token", "create", "--data", data, "--role", role, "--name", "benchmark", *more)[0].strip()


def peak_of_child(command):
    """Standard output and error, seconds and peak memory in MB of one command."""
    started = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    out, error = process.communicate()
    seconds = time.monotonic() - started
    # NB: the largest of all children so far, so that the measure comes first in its process.
    return out, error, process.returncode, seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def filled(cases):
    """A folder with a made-up history of about so many cases; made once and kept in var/."""
    folder = os.path.join(ROOT, "var", "benchmarks", f"cases-{cases}")
    if not os.path.exists(os.path.join(folder, ".whole")):
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        print(f"  filling {folder}; once, minutes for a million", file=sys.stderr)
        days = max(1, min(365, cases // 500))
        headwater("simulate", "--city", CITY, "--seed", "1", "--days", str(days), "--reports-per-day",
                  str(cases // days), "--data", folder)
        open(os.path.join(folder, ".whole"), "w", encoding="ascii").close()
    return folder
