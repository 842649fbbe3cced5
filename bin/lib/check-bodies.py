#!/usr/bin/env python3
"""Sends bodies of 1 GB to the server of HEADWATER_URL, once with its length told and once in chunks: 413 each time, no
more than 32 MiB of memory in between, nothing stored, and the next report is taken in."""
import json
import os
import re
import socket
import subprocess
import sys
import threading
import urllib.parse
import urllib.request

URL = os.environ["HEADWATER_URL"]
BYTES = 1 << 30
GROWTH_MAX = 32 << 20
PART = b"a" * 65_536


def token():
    command = [os.environ["HEADWATER_BINARY"], "token", "create", "--role", "operator", "--name", "bodies"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def resident():
    text = urllib.request.urlopen(URL + "/metrics", timeout=10).read().decode()
    return int(float(re.search(r"^\S*resident\S* (\S+)$", text, re.M).group(1)))


def post(key, framing, parts):
    """Sends the whole body if it is let; returns the answer, and how much was taken."""
    address = urllib.parse.urlsplit(URL)
    peer = socket.create_connection((address.hostname, address.port), timeout=60)
    head = (f"POST /api/v1/reports HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {TOKEN}\r\nIdempotency-Key: {key}\r\n"
            f"Content-Type: application/json\r\n{framing}\r\n\r\n")
    sent = 0
    try:
        peer.sendall(head.encode())
        for part in parts:
            peer.sendall(part)
            sent += len(part)
    except (BrokenPipeError, ConnectionResetError):
        pass  # It need not listen to the end.
    try:
        answer = peer.recv(65_536).decode()
    except ConnectionResetError:
        answer = ""
    peer.close()
    return answer, sent


def chunked():
    frame = b"10000\r\n" + PART + b"\r\n"
    for _ in range(BYTES // len(PART)):
        yield frame
    yield b"0\r\n\r\n"


def told():
    for _ in range(BYTES // len(PART)):
        yield PART


def check(name, framing, parts, faults):
    before = resident()
    highest = [before]
    over = threading.Event()

    def watch():
        while not over.wait(0.1):
            highest[0] = max(highest[0], resident())

    watcher = threading.Thread(target=watch)
    watcher.start()
    answer, sent = post(name, framing, parts)
    over.set()
    watcher.join()
    status = answer.split(" ")[1] if " " in answer else "none"
    growth = max(highest[0], resident()) - before
    print(f"{name}: {status} after {sent / 1e6:.0f} MB, memory {growth / (1 << 20):+.1f} MiB")
    if status != "413" or "body-too-large" not in answer:
        faults.append(f"{name}: {answer[:200] or 'no answer'}")
    if growth > GROWTH_MAX:
        faults.append(f"{name}: memory grew by {growth} bytes")


def cases():
    request = urllib.request.Request(URL + "/api/v1/cases", headers={"Authorization": "Bearer " + TOKEN})
    return len(json.load(urllib.request.urlopen(request, timeout=10))["cases"])


TOKEN = token()
faults = []
before = cases()
check("told", f"Content-Length: {BYTES}", told(), faults)
check("chunked", "Transfer-Encoding: chunked", chunked(), faults)
if cases() != before:
    faults.append("something was stored")
body = b'{"door":"app","text":"x","division":"990106"}'
answer, _ = post("after", f"Content-Length: {len(body)}", [body])
if " 201 " not in answer:
    faults.append(f"the next report: {answer[:200]}")
sys.exit("\n".join(faults) or 0)
