"""A server that speaks S3 (moto). It takes no file that was cut short, as no host does.

`python -m tests.s3server` runs moto's own server with the same options.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any

from moto import server
from moto.moto_server.werkzeug_app import DomainDispatcherApplication

Start = Callable[..., object]


class Careful(DomainDispatcherApplication):
    """Python's server takes headers for whole that end in the middle."""

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] in ("PUT", "POST"):
            size = int(environ.get("CONTENT_LENGTH") or -1)
            body = environ["wsgi.input"].read(max(size, 0))
            if len(body) != size:
                start("400 Bad Request", [("Content-Length", "0")])
                return [b""]
            environ["wsgi.input"] = BytesIO(body)
        return super().__call__(environ, start)


if __name__ == "__main__":
    server.DomainDispatcherApplication = Careful
    server.main()
