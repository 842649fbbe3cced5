"""The installation under torture: its processes, its rows."""

import asyncio
import os
import signal
import socket
import sqlite3
import subprocess
import time
import urllib.parse

from .http import Broken, Connection

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "..", ".."))
READY_SECONDS_MAX = 30


class Node:
    """One `headwater serve`."""

    def __init__(self, site, number):
        self.site, self.number = site, number
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.process = None

    def start(self):
        log = open(os.path.join(self.site.folder, f"node-{self.number}.log"), "ab")
        command = self.site.command("serve", "--city", self.site.city, "--port", str(self.port))
        self.process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)

    async def ready(self):
        connection, limit = Connection(self.port), time.monotonic() + READY_SECONDS_MAX
        while True:
            try:
                if (await connection.ask("GET", "/readyz", {}, seconds=2))[0] == 200:
                    return connection.close()
            except Broken:
                pass
            if self.process.poll() is not None:
                raise RuntimeError(f"node {self.number} ended with {self.process.returncode} while it started")
            if time.monotonic() > limit:
                raise RuntimeError(f"node {self.number} was not ready in {READY_SECONDS_MAX} s")
            await asyncio.sleep(0.01)

    def kill(self):
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self):
        """The polite way: what was begun is answered."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()
                raise RuntimeError(f"node {self.number} did not stop when asked") from None


class Site:
    def __init__(self, folder, binary, city, nodes):
        self.folder, self.binary, self.city = folder, binary, city
        self.data = os.path.join(folder, "site")
        self.nodes = [Node(self, number) for number in range(1, nodes + 1)]

    def command(self, name, *arguments):
        return [self.binary, *name.split(), "--data", self.data, *self.engine(), *arguments]

    def run(self, name, *arguments):
        return subprocess.run(self.command(name, *arguments), capture_output=True, text=True)

    def engine(self):
        return []

    def rows(self, sql):
        """Lists of texts, straight from the database, past the program."""
        database = sqlite3.connect(os.path.join(self.data, "headwater.sqlite"))
        try:
            return [[str(value) for value in row] for row in database.execute(sql)]
        finally:
            database.close()

    def remove(self):
        pass


class PostgresSite(Site):
    """A database of its own on the given server."""

    def __init__(self, folder, binary, city, nodes, url):
        super().__init__(folder, binary, city, nodes)
        self.server, self.name = url, f"torture_{os.getpid()}"
        parts = urllib.parse.urlsplit(url)
        # NB: urlunsplit drops the empty host of a URL that names a socket.
        self.url = f"{parts.scheme}://{parts.netloc}/{self.name}" + (f"?{parts.query}" if parts.query else "")
        self.psql(url, f"CREATE DATABASE {self.name}")

    def engine(self):
        return ["--database", self.url]

    def rows(self, sql):
        return [line.split("|") for line in self.psql(self.url, sql).splitlines()]

    def remove(self):
        self.psql(self.server, f"DROP DATABASE {self.name} WITH (FORCE)")

    @staticmethod
    def psql(url, sql):
        done = subprocess.run(["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-c", sql, url], capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError("psql: " + done.stderr.strip())
        return done.stdout

    @staticmethod
    def crash_server():
        """The whole server ends without a word to its clients and recovers from its log."""
        subprocess.run([os.path.join(ROOT, "bin", "postgres"), "crash"], check=True, stdout=subprocess.DEVNULL)
