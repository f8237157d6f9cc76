"""What the middlewares leave alone passes chunk by chunk."""

import asyncio

from starlette.responses import StreamingResponse

from wortlaut.gate import GateMiddleware, GateWSGI, Policy

POLICY = Policy(own_hosts=("bote.example",))


def test_other_kinds_stream_chunk_by_chunk():
    sent = []

    async def endless():
        for number in range(3):
            yield f"{number}".encode()
            assert len(sent) == number + 2  # the start and every chunk so far have gone out

    async def send(message):
        sent.append(message)

    async def run():
        app = GateMiddleware(StreamingResponse(endless(), media_type="text/event-stream"), POLICY)
        scope = {
            "type": "http",
            "method": "GET",
            "path": "/",
            "headers": [],
            "query_string": b"",
            "asgi": {"spec_version": "2.4"},
        }
        await app(scope, None, send)

    asyncio.run(run())
    assert len(sent) == 5


def test_wsgi_streams_too_and_closes_what_it_was_given():
    taken, closed = [], []

    class Chunks:
        def __iter__(self):
            for number in range(3):
                taken.append(number)
                yield b"x"

        def close(self):
            closed.append(True)

    def app(_environ, start_response):
        start_response("200 OK", [("Content-Type", "video/mp4")])
        return Chunks()

    body = GateWSGI(app, POLICY)({"REQUEST_METHOD": "GET", "PATH_INFO": "/"}, lambda *_: None)
    assert next(iter(body)) == b"x"
    assert taken == [0]
    body.close()
    assert closed == [True]
