"""Honest reporters: each keeps its key and asks again until it is answered, and writes down what was acknowledged."""

import asyncio
import json

from .http import Broken, Connection

TEXTS = [
    "楼上半夜装修,电钻声太吵", "工地拖欠工资三个月", "小区门口占道停车", "loud music at night again", "楼道漏水没人修",
]


class Dishonest(Exception):
    """The server broke its word; the text says how."""


class Book:
    """What was acknowledged: key → report. Every line is on the file before the next request goes out."""

    def __init__(self, path):
        self.reports = {}
        self.repeats = 0
        self.retries = 0
        self.file = open(path, "w", encoding="utf-8", buffering=1)

    def write(self, key, answer):
        report, case = answer["report"], answer["case"]
        if key in self.reports:
            self.repeats += 1
            if self.reports[key] != (report, case):
                raise Dishonest(f"key {key} was answered with {self.reports[key]} and later with {(report, case)}")
            return
        self.reports[key] = (report, case)
        self.file.write(json.dumps({"key": key, "report": report, "case": case}) + "\n")


class Reporter:
    def __init__(self, name, ports, token, points, book, random):
        self.name, self.points, self.book, self.random = name, points, book, random
        self.connections = [Connection(port) for port in ports]
        self.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self.sent = 0
        self.known = []

    async def run(self, is_over):
        while not is_over():
            if self.known and self.random.random() < 0.05:
                # What was answered long ago gets the same answer again.
                key, body = self.random.choice(self.known)
            else:
                self.sent += 1
                key, body = f"{self.name}-{self.sent}", self.body()
            await self.report(key, body)
            if len(self.known) < 50:
                self.known.append((key, body))
        for connection in self.connections:
            connection.close()

    def body(self):
        longitude, latitude = self.random.choice(self.points)
        text = self.random.choice(TEXTS)
        point = {"latitude": latitude, "longitude": longitude}
        return json.dumps({"door": "12345", "text": text, "point": point}, ensure_ascii=False).encode()

    async def report(self, key, body):
        while True:
            connection = self.random.choice(self.connections)
            try:
                status, answer = await connection.ask(
                    "POST", "/api/v1/reports", {**self.headers, "Idempotency-Key": key}, body)
            except Broken:
                self.book.retries += 1
                await asyncio.sleep(self.random.uniform(0.01, 0.05))
                continue
            if status in (200, 201):
                return self.book.write(key, json.loads(answer))
            if status not in (409, 500, 503):
                raise Dishonest(f"status {status} to a good report: {answer[:300]!r}")
            self.book.retries += 1
            await asyncio.sleep(0.02)
