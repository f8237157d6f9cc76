"""WARC files of the tests' own, record by record, so that they can be damaged on purpose."""

import base64
import gzip
import hashlib

HTML = "<html><body><h1>Seite {0}</h1><p>Die Brücke {0} bleibt zu.</p></body></html>"


def page(number: int) -> bytes:
    """Return the body of page `number`, of bytes that pack badly enough to be damaged in their middle."""
    noise = hashlib.sha512(str(number).encode()).hexdigest() * 4
    return (HTML.format(number) + f"<!-- {noise} -->").encode()


def http(body: bytes, *, status: str = "200 OK", kind: str = "text/html; charset=utf-8", more: str = "") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{more}Content-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


def record(
    number: int, block: bytes | None = None, *, type_: str = "response", media: str = "application/http", more: str = ""
) -> bytes:
    """Return a record as it stands in a file that is not gzipped; `more` are lines of its head."""
    block = http(page(number)) if block is None else block
    digest = base64.b32encode(hashlib.sha1(block, usedforsecurity=False).digest()).decode()
    head = (
        f"WARC/1.1\r\nWARC-Type: {type_}\r\nWARC-Record-ID: <urn:uuid:{number}>\r\nWARC-Date: 2031-03-04T08:00:00Z\r\n"
        f"WARC-Target-URI: https://bote.example/{number}\r\nWARC-Block-Digest: sha1:{digest}\r\n{more}"
        f"Content-Type: {media}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def packed(records: list[bytes]) -> list[bytes]:
    """Return each record gzipped on its own, as crawlers do."""
    return [gzip.compress(part, mtime=0) for part in records]
