"""Reads a description file; what it cannot mean is told in one line."""

from __future__ import annotations

import re
import string
import tomllib
from pathlib import Path

from cognito_conformance.targets.description import (
    CAPABILITIES,
    Install,
    Keys,
    Operations,
    Start,
    TargetDescription,
)
from cognito_conformance.targets.errors import TargetError
from cognito_conformance.targets.table import Table, nearest
from cognito_conformance.wire import service
from cognito_conformance.wire.endpoint import Endpoint
from cognito_model import functions

START_BLANKS = frozenset({"port", "dir", "python", "bin", "environment"})
URL_BLANKS = frozenset({"endpoint", "pool", "region"})


def read(name: str, text: str, folder: Path) -> TargetDescription:
    """A description file's text; its relative paths are taken from `folder`. Raises TargetError."""
    try:
        table = Table(name, tomllib.loads(text))
    except tomllib.TOMLDecodeError as problem:
        raise TargetError(f"{name}: the description is no TOML: {problem}") from None
    start, endpoint = table.table("start"), table.text("endpoint")
    if (start is None) == (endpoint is None):
        raise table.wrong("say how it starts ([start] command) or where it runs (endpoint), one of the two")
    bundle = table.text("ca_bundle")
    described = TargetDescription(
        name=name,
        title=table.text("title") or name,
        homepage=table.text("homepage"),
        version=table.text("version"),
        region=table.text("region") or "us-east-1",
        endpoint=_endpoint(table, endpoint),
        install=_install(table.table("install")),
        start=_start(start),
        inboxes=_inboxes(table),
        jwks=_template(table, "jwks", URL_BLANKS),
        issuer=_template(table, "issuer", URL_BLANKS),
        reset=_path(table, "reset"),
        clock=_path(table, "clock"),
        capabilities=_capabilities(table),
        functions=_functions(table),
        ca_bundle=None if bundle is None else _file(folder, bundle),
        keys=_keys(table.table("credentials"), folder),
        operations=_operations(table.table("operations")),
        consent=table.text("consent"),
        warning=table.text("warning"),
        notes=table.texts("notes"),
    )
    table.done()
    return described


def _endpoint(table: Table, url: str | None) -> str | None:
    if url is None:
        return None
    try:
        Endpoint.of(url.replace("{region}", "us-east-1"))
    except ValueError as problem:
        raise table.wrong(str(problem)) from None
    return url.rstrip("/")


def _file(folder: Path, text: str) -> Path:
    return folder / Path(text).expanduser()


def _template(table: Table, key: str, blanks: frozenset[str]) -> str | None:
    text = table.text(key)
    if text is not None:
        _check_blanks(table, key, text, blanks)
    return text


def _check_blanks(table: Table, key: str, text: str, blanks: frozenset[str]) -> None:
    try:
        used = [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]
    except ValueError as problem:
        raise table.wrong(f"{key}: {text!r}: {problem}; write {{{{ and }}}} for braces") from None
    for name in used:
        if name not in blanks:
            raise table.wrong(f"{key}: {{{name}}} means nothing here; there are {', '.join(sorted(blanks))}")


def _path(table: Table, key: str) -> str | None:
    path = table.text(key)
    if path is not None and not path.startswith("/"):
        raise table.wrong(f"{key} must be a path that begins with /, not {path!r}")
    return path


def _capabilities(table: Table) -> frozenset[str]:
    named = table.texts("capabilities")
    for name in named:
        if name not in CAPABILITIES:
            raise table.wrong(f"there is no capability {name!r}; there are {', '.join(CAPABILITIES)}")
    return frozenset(named)


def _functions(table: Table) -> dict[str, str]:
    """The ARNs of [functions], by role."""
    named = table.pairs("functions")
    for role, arn in named.items():
        if role not in functions.ROLES:
            raise table.wrong(f"[functions]: there is no role {role!r}{nearest(role, functions.ROLES)}")
        if not arn.startswith("arn:"):
            raise table.wrong(f"[functions]: {role} is the ARN of a function, not {arn!r}")
    return named


def _install(table: Table | None) -> Install | None:
    if table is None:
        return None
    kind = table.choice("kind", ("pip", "npm"))
    install = Install(kind, table.texts("requirements"), table.texts("constraints"))
    if not install.requirements:
        raise table.wrong("requirements is empty")
    if install.constraints and kind != "pip":
        raise table.wrong("constraints are for pip alone")
    table.done()
    return install


def _start(table: Table | None) -> Start | None:
    if table is None:
        return None
    status = table.whole("ready_status")
    start = Start(
        command=table.texts("command"),
        environment=table.pairs("environment"),
        inherit=table.texts("inherit"),
        files=table.pairs("files"),
        ready_path=_path(table, "ready_path") or "/",
        ready_status=status,
        ready_seconds=table.number("ready_seconds") or 60.0,
        announces=table.flag("announces"),
    )
    if not start.command:
        raise table.wrong("command is missing: a list of words")
    for word in start.command:
        _check_blanks(table, "command", word, START_BLANKS)
    for name, value in start.environment.items():
        _check_blanks(table, f"environment.{name}", value, START_BLANKS)
    for path in start.files:
        if Path(path).is_absolute() or ".." in Path(path).parts:
            raise table.wrong(f"files: {path!r} must lie in the working folder")
    table.done()
    return start


def _inboxes(table: Table) -> tuple[dict[str, object], ...]:
    """One [inbox], or several [[inbox]], which are asked in turn."""
    value = table.rest().get("inbox", {"kind": "none"})
    table.has("inbox")
    found = value if isinstance(value, list) else [value]
    for one in found:
        if not isinstance(one, dict) or not isinstance(one.get("kind"), str):
            raise table.wrong("[inbox] needs a kind")
    return tuple(found)


def _keys(table: Table | None, folder: Path) -> Keys | None:
    if table is None:
        return None
    files = tuple(_file(folder, path) for path in table.texts("files"))
    keys = Keys(
        table.text("access_key"), table.text("secret_key"), files, table.text("profile"), table.flag("chain")
    )
    if (keys.access_key is None) != (keys.secret_key is None):
        raise table.wrong("access_key and secret_key go together")
    if [keys.access_key is not None, bool(files), keys.chain].count(True) != 1:
        raise table.wrong("say one of access_key and secret_key, files, or chain = true")
    table.done()
    return keys


def _operations(table: Table | None) -> Operations:
    if table is None:
        return Operations()
    lacks = table.texts("lacks") if table.has("lacks") else None
    implements = table.texts("implements") if table.has("implements") else None
    if (lacks is None) == (implements is None):
        raise table.wrong("say which operations it lacks or which it implements, one of the two")
    known = service.operation_names()
    for name in lacks or implements or ():
        if name not in known:
            raise table.wrong(f"there is no operation {name!r}{nearest(name, known)}")
    answer = table.table("answer")
    status, body = (None, None) if answer is None else (answer.whole("status"), _pattern(answer))
    if answer is not None:
        answer.done()
    found = frozenset(lacks) if lacks is not None else frozenset(known) - frozenset(implements or ())
    operations = Operations(found, table.text("probed"), status, body)
    table.done()
    return operations


def _pattern(table: Table) -> re.Pattern[str] | None:
    text = table.text("body")
    try:
        return None if text is None else re.compile(text)
    except re.error as problem:
        raise table.wrong(f"body is no pattern: {problem}") from None
