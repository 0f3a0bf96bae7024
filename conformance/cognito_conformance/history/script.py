"""What a bug is about, read off the script that shows it, which is parsed and never run."""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from botocore import xform_name

from cognito_conformance.wire import service

_REGION = re.compile(r"[a-z]{2}(-[a-z]+)+-\d")
_DOCUMENT = re.compile(r"/\.well-known/([\w.-]+)")
NAME = re.compile(r"[\w:-]+")
"""A member, a claim or another word."""
READ_ANYWAY = {
    "jwks.json": ("signature", "kid", "alg"),
    "openid-configuration": ("discovery",),
}
"""Documents beside the operations that a run reads with each token, and what it looks at by them."""


@dataclass(frozen=True, slots=True)
class Script:
    """What a script asks: the operations that it calls itself, and those of a helper that it calls after them all, for
    helpers that are called earlier prepare; the other regions and the documents beside the operations that it speaks
    of; and whether it asks its first client too.
    """

    calls: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    asks_first_client: bool = False
    names: frozenset[str] = frozenset()
    """Every word that it uses itself, as a text, an argument or an attribute: members and claims are among them."""


def read_script(path: Path) -> Script:
    """Raises SyntaxError, OSError and ValueError where it is no Python."""
    tree = ast.parse(path.read_text("utf-8"))
    helpers = dict(_functions(tree))
    check = helpers.get("check")
    body: ast.AST = check if check is not None else tree
    for module in _imported(tree, path.parent):
        helpers |= {name: function for name, function in _functions(module) if name not in helpers}
    calls: list[str] = []
    last: list[str] = []
    for node in _in_order(body):
        if (operation := _operation(node)) is not None:
            calls.append(operation)
            last = []
        elif isinstance(node, ast.Name):
            # Called here, or handed to a helper that calls it: both ask.
            last = _of_helper(node.id, helpers, frozenset()) or last
    texts = [n.value for n in _in_order(body) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    return Script(
        tuple(dict.fromkeys([*calls, *last])),
        tuple(dict.fromkeys(text for text in texts if _REGION.fullmatch(text))),
        tuple(dict.fromkeys(name for text in texts for name in _DOCUMENT.findall(text))),
        _asks_first(body, helpers),
        frozenset(_names(body)),
    )


def _names(body: ast.AST) -> Iterator[str]:
    for node in ast.walk(body):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from NAME.findall(node.value)
        elif isinstance(node, ast.keyword) and node.arg:
            yield node.arg
        elif isinstance(node, ast.Attribute):
            yield node.attr


def _functions(tree: ast.AST) -> Iterator[tuple[str, ast.FunctionDef]]:
    return ((node.name, node) for node in ast.iter_child_nodes(tree) if isinstance(node, ast.FunctionDef))


def _imported(tree: ast.AST, folder: Path) -> Iterator[ast.AST]:
    """The modules beside the script that it takes names from."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and (folder / f"{node.module}.py").is_file():
            yield ast.parse((folder / f"{node.module}.py").read_text("utf-8"))


def _in_order(tree: ast.AST) -> list[ast.expr | ast.stmt]:
    placed = [node for node in ast.walk(tree) if isinstance(node, ast.expr | ast.stmt)]
    return sorted(placed, key=lambda node: (node.lineno, node.col_offset))


@functools.cache
def _methods() -> dict[str, str]:
    return {xform_name(name): name for name in service.operation_names()}


def _operation(node: ast.AST) -> str | None:
    """The operation that a piece of the script names: client.sign_up, or "SignUp" as an argument of a raw call."""
    if isinstance(node, ast.Attribute):
        return _methods().get(node.attr)
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value if node.value in service.operation_names() else None
    return None


def _of_helper(name: str, helpers: dict[str, ast.FunctionDef], seen: frozenset[str]) -> list[str]:
    """The operations of a helper, and of those that it calls."""
    if name in seen or name not in helpers:
        return []
    found: list[str] = []
    for node in _in_order(helpers[name]):
        if (operation := _operation(node)) is not None:
            found.append(operation)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            found += _of_helper(node.func.id, helpers, seen | {name})
    return found


def _asks_first(body: ast.AST, helpers: dict[str, ast.FunctionDef]) -> bool:
    """Whether the client that `check` is given is asked something, and not only others that are made after it."""
    if not isinstance(body, ast.FunctionDef) or not body.args.args:
        return False
    first = body.args.args[0].arg

    def is_first(node: ast.expr) -> bool:
        return isinstance(node, ast.Name) and node.id == first

    return any(
        (isinstance(node, ast.Attribute) and is_first(node.value) and node.attr in _methods())
        or (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and any(map(is_first, node.args))
            and bool(_of_helper(node.func.id, helpers, frozenset()))
        )
        for node in ast.walk(body)
    )
