"""HTTP/1.1 over one kept connection, with as little work as can be: a client that takes a core
would measure itself."""

import asyncio
import re
import socket

LENGTH = re.compile(rb"\r\ncontent-length:\s*(\d+)", re.IGNORECASE)


class Malformed(Exception):
    """What came is no HTTP response."""


def parse(buffer, head_only=False):
    """Status, head, body and the bytes used of the response in the buffer; None while it is not
    whole."""
    if buffer and not buffer.startswith(b"HTTP/1."[: len(buffer)]):
        raise Malformed(f"expected HTTP/1., got {bytes(buffer[:40])!r}")
    end = buffer.find(b"\r\n\r\n")
    if end < 0:
        return None
    head = bytes(buffer[: end + 2])
    try:
        status = int(head[9:12])
    except ValueError as error:
        raise Malformed(f"no status in {head[:40]!r}") from error
    if status < 200:  # 100 Continue stands before the answer.
        rest = parse(buffer[end + 4 :], head_only)
        return None if rest is None else (*rest[:3], end + 4 + rest[3])
    if b"transfer-encoding" in head.lower():
        raise Malformed("expected Content-Length, got a Transfer-Encoding")
    length = LENGTH.search(head)
    size = 0 if head_only or length is None else int(length.group(1))
    if len(buffer) < end + 4 + size:
        return None
    return status, head, bytes(buffer[end + 4 : end + 4 + size]), end + 4 + size


class Wire(asyncio.Protocol):
    """One request at a time; `owner.answered(wire, status, head, body)`, `owner.lost(wire)`."""

    def __init__(self, owner):
        self.owner = owner
        self.job = None
        self.transport = None
        self.buffer = bytearray()

    def connection_made(self, transport):
        self.transport = transport
        transport.get_extra_info("socket").setsockopt(
            socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def data_received(self, data):
        self.buffer += data
        try:
            response = parse(self.buffer)
        except Malformed as fault:
            self.owner.answered(self, 0, b"", str(fault).encode())
            self.transport.abort()
            return
        if response is not None:
            del self.buffer[: response[3]]
            self.owner.answered(self, *response[:3])

    def connection_lost(self, _):
        self.owner.lost(self)


def exchange(port, data, timeout=10.0, head_only=False, connection=None):
    """Sends bytes, by default over a connection of their own, and reads one response: status,
    head, body. None when the connection ends without one; TimeoutError when nothing comes."""
    own = connection is None
    if own:
        connection = socket.create_connection(("127.0.0.1", port), timeout=timeout)
    connection.settimeout(timeout)
    buffer = bytearray()
    try:
        try:
            connection.sendall(data)
        except (BrokenPipeError, ConnectionResetError):
            pass  # An answer may have come before all was sent.
        while True:
            try:
                received = connection.recv(65536)
            except ConnectionResetError:
                received = b""
            buffer += received
            response = parse(buffer, head_only)
            if response is not None:
                return response[:3]
            if not received:
                return None
    finally:
        if own:
            connection.close()
