"""Plain HTTP for what lies beside the API: readiness, keys, mailboxes, reset. Never through a proxy."""

from __future__ import annotations

import functools
import json
import ssl
import urllib.error
import urllib.request
from typing import Any


class _StayHere(urllib.request.HTTPRedirectHandler):
    """Follows no redirection: what is asked is what this target says, and it may point anywhere."""

    def redirect_request(self, *_: Any) -> None:
        return None


MOST = 16 * 1024 * 1024
"""Bytes of a body that are read."""


def fetch(
    url: str, *, ca_bundle: str | None = None, timeout: float = 10.0, data: bytes | None = None
) -> tuple[int, bytes]:
    """Status and body of a GET, or of a POST where there is `data`. Redirections are not followed.

    Raises OSError where nothing answers, ValueError for a URL that is none.
    """
    opener = _opener(ca_bundle, secure=url.startswith("https://"))
    request = urllib.request.Request(url, data=data, headers={"Content-Type": "application/json"})
    try:
        with opener.open(request, timeout=timeout) as response:
            return int(response.status), response.read(MOST)
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.code, answer.read(MOST)
    except OSError:
        raise
    except Exception as problem:
        # http.client's own family is no OSError, whatever is wrong with the answer.
        raise ConnectionError(f"no HTTP answer: {type(problem).__name__}") from problem


@functools.cache
def _opener(ca_bundle: str | None, *, secure: bool) -> urllib.request.OpenerDirector:
    """What opens addresses, made once: making it takes as long as a call or two."""
    handlers: list[urllib.request.BaseHandler] = [urllib.request.ProxyHandler({}), _StayHere()]
    if secure:
        handlers.append(urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile=ca_bundle)))
    return urllib.request.build_opener(*handlers)


def fetch_json(url: str, *, ca_bundle: str | None = None, timeout: float = 10.0) -> Any:
    """The JSON value at a URL. Raises OSError where it cannot be had, ValueError where it is none."""
    status, body = fetch(url, ca_bundle=ca_bundle, timeout=timeout)
    if status != 200:
        raise ConnectionError(f"{url} answered {status}")
    return json.loads(body)
