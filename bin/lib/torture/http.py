"""Just enough HTTP/1.1 to ask one thing after another over one connection, and to know when it broke."""

import asyncio


class Broken(Exception):
    """No answer came: the request may or may not have been carried out."""


class Connection:
    def __init__(self, port):
        self.port = port
        self.reader = self.writer = None

    async def ask(self, method, path, headers, body=b"", seconds=10):
        """The answer's status and body, or `Broken`."""
        try:
            return await asyncio.wait_for(self._ask(method, path, headers, body), seconds)
        except (OSError, asyncio.IncompleteReadError, asyncio.TimeoutError, ValueError) as error:
            self.close()
            raise Broken(type(error).__name__) from None

    async def _ask(self, method, path, headers, body):
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", f"Content-Length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        self.writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
        await self.writer.drain()
        status = int((await self.reader.readuntil(b"\r\n")).split()[1])
        return status, await self._body(await self._headers())

    async def _headers(self):
        headers = {}
        while (line := await self.reader.readuntil(b"\r\n")) != b"\r\n":
            name, _, value = line.decode("latin-1").partition(":")
            headers[name.lower()] = value.strip()
        return headers

    async def _body(self, headers):
        if headers.get("transfer-encoding", "").lower() != "chunked":
            body = await self.reader.readexactly(int(headers.get("content-length", "0")))
        else:
            body = b""
            while size := int(await self.reader.readuntil(b"\r\n"), 16):
                body += (await self.reader.readexactly(size + 2))[:-2]
            await self.reader.readuntil(b"\r\n")
        if headers.get("connection", "").lower() == "close":
            self.close()
        return body

    def close(self):
        if self.writer is not None:
            self.writer.transport.abort()
        self.reader = self.writer = None
