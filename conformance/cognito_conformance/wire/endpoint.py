"""An endpoint's URL, taken apart as boto3 does."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where requests go: `path` is of the request line, with the query; `authority` is the Host header."""

    url: str
    secure: bool
    host: str
    port: int
    path: str
    authority: str

    @classmethod
    def of(cls, url: str) -> Endpoint:
        """Read a URL. Raises ValueError for one that is none of HTTP."""
        parts = urlsplit(url)
        if parts.scheme not in _PORTS or not parts.hostname:
            raise ValueError(f"an endpoint is a URL with http or https and a host, not {url!r}")
        usual = _PORTS[parts.scheme]
        port = parts.port or usual
        host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        path = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
        authority = host if port == usual else f"{host}:{port}"
        return cls(url, usual == 443, parts.hostname, port, path, authority)
