"""Reads a corpus of historic bugs; what is wrong with one is told in one line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

_VERSION = re.compile(r"\d+(\.\d+)*")


class CorpusProblem(ValueError):
    """The corpus cannot be used; the message says where it is wrong."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A bug that an emulator had in `broken` and no longer in `fixed`. `script` shows it, where there is one."""

    id: str
    emulator: str
    kind: str
    title: str
    aws_behaviour: str
    divergent_behaviour: str
    broken: str
    fixed: str
    source: str
    script: Path | None
    environment: tuple[tuple[str, str], ...] = ()
    root_cause: str | None = None


def read_corpus(path: Path) -> list[Entry]:
    """The entries with a release that fixed them, in the order of the file. Raises CorpusProblem."""
    try:
        read = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as problem:
        raise CorpusProblem(f"cannot read {path}: {getattr(problem, 'strerror', None) or problem}") from None
    except yaml.YAMLError as problem:
        raise CorpusProblem(f"{path} is no YAML: {' '.join(str(problem).split())}") from None
    bugs = read.get("bugs") if isinstance(read, dict) else None
    if not isinstance(bugs, list):
        raise CorpusProblem(f"{path}: it must be a mapping with a list under 'bugs'")
    entries, seen = [], set()
    for number, bug in enumerate(bugs, 1):
        where = f"{path}: entry {number}"
        if not isinstance(bug, dict):
            raise CorpusProblem(f"{where} is no mapping")
        name = _text(bug, "id", where)
        if name in seen:
            raise CorpusProblem(f"{where}: there is another {name!r}")
        seen.add(name)
        if bug.get("fixed_version") is not None:
            entries.append(_entry(bug, f"{where} ({name})", path.parent))
    return entries


def _entry(bug: Mapping[str, Any], where: str, folder: Path) -> Entry:
    script = bug.get("repro")
    if script is not None and not (folder / _text(bug, "repro", where)).is_file():
        raise CorpusProblem(f"{where}: there is no script {folder / script}")
    variables = bug.get("env") or {}
    if not isinstance(variables, dict):
        raise CorpusProblem(f"{where}: 'env' must be a mapping")
    return Entry(
        _text(bug, "id", where),
        _text(bug, "emulator", where),
        str(bug.get("kind") or ""),
        _text(bug, "title", where),
        str(bug.get("aws_behaviour") or ""),
        str(bug.get("divergent_behaviour") or ""),
        _version(bug, "broken_version", where),
        _version(bug, "fixed_version", where),
        str(bug.get("source") or ""),
        None if script is None else folder / script,
        tuple(sorted((str(name), str(value)) for name, value in variables.items())),
        bug.get("root_cause"),
    )


def _text(bug: Mapping[str, Any], key: str, where: str) -> str:
    value = bug.get(key)
    if not isinstance(value, str) or not value.strip():
        raise CorpusProblem(f"{where}: {key!r} must be a text")
    return value


def _version(bug: Mapping[str, Any], key: str, where: str) -> str:
    # It becomes a word of an installer's command line, and an unquoted 5.1 is a number to YAML.
    value = str(bug.get(key))
    if not _VERSION.fullmatch(value):
        raise CorpusProblem(f"{where}: {key!r} must be a version such as 5.1.13, not {value!r}")
    return value
