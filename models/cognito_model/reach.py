"""Which requirements no run against the reference target can exercise, each with why.

Two kinds: a permission says that a refusal is as right as the answer, which the reference gives; the
others need something that no client of the reference has (`BEYOND`).
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable

from cognito_model.requirements import catalogue

PERMISSION = "a refusal that is as right as the answer, which the reference gives"
BEYOND: dict[str, str] = {
    "it takes a Lambda trigger of which nobody knows what it does": "triggers/trigger-may-confirm",
    "it takes a Pinpoint project": "client-updates/resets-analytics clients/analytics-share-nothing",
    "it takes five pools with domains of the customer's own": "domains/four-custom-domains",
    "the API model has no name for the flow that allows it": "machine-tokens/client-gets-token",
    "whatever revoked the token is to blame": "common/access-token-is-not-revoked tokens/refresh-token-is-not-revoked",
    "it takes a user who came by a hosted sign-in": "sign-in/federated-user-has-no-password",
    "a second right answer, and the reference gives the first": "user-attributes/older-code-may-be-dead "
    "confirm/older-code-may-be-dead recovery/one-code-counts tags/tags-may-linger "
    "user-auth/preferred-needs-more/text sign-in/lockout/text",
    "no walk does it: how such a user goes on nobody says": "provider-links/local-password-ends",
    "no walk sends a description back as it came": "identity-providers/certificate-is-derived",
}
"""By the reason, slugs separated by spaces."""


def unreachable() -> dict[str, str]:
    """By slug, why the requirement cannot be exercised on the reference; its text goes with it."""
    reasons = dict.fromkeys(permissions(), PERMISSION)
    reasons |= {slug: why for why, slugs in BEYOND.items() for slug in slugs.split()}
    texts = {f"{slug}/text": why for slug, why in reasons.items() if f"{slug}/text" in catalogue()}
    return {slug: reasons.get(slug) or texts[slug] for slug in catalogue() if slug in {**reasons, **texts}}


def permissions() -> Iterator[str]:
    """The requirements that the model names in `tolerate_if` alone, and never as the likely answer."""
    tolerated: set[tuple[str, str]] = set()
    other: set[tuple[str, str]] = set()
    for tree in _modules(resources.files("cognito_model")):
        names = _imported(tree)
        within = {
            id(node.args[1])
            for node in ast.walk(tree)
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr == "tolerate_if"
            and all(keyword.arg != "likely" for keyword in node.keywords)
        }
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Attribute)
                and isinstance(node.value, ast.Name)
                and node.value.id in names
            ):
                named = (names[node.value.id], node.attr)
                (tolerated if id(node) in within else other).add(named)
    yield from (slug for module, name, slug in _definitions() if (module, name) in tolerated - other)


def _modules(folder: Traversable) -> Iterator[ast.Module]:
    """The model's modules, the catalogue apart."""
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir() and entry.name != "requirements":
            yield from _modules(entry)
        elif entry.name.endswith(".py"):
            yield ast.parse(entry.read_text("utf-8"))


def _imported(tree: ast.Module) -> dict[str, str]:
    """The modules of the catalogue that a module imports, by the name that it calls each."""
    return {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "cognito_model.requirements"
        for alias in node.names
    }


def _definitions() -> Iterator[tuple[str, str, str]]:
    from cognito_model.lint import definitions

    yield from definitions()


def as_page() -> str:
    """The page of the documentation about it."""
    lines = [
        "# What no run can exercise on the reference target",
        "",
        "Every other requirement can be exercised there. These are judged all the same where another target comes upon",
        "them. `python -m cognito_model.reach` makes this page.",
    ]
    found = unreachable()
    for why in dict.fromkeys([*BEYOND, PERMISSION]):
        lines += ["", f"## {why[0].upper()}{why[1:]}", ""]
        lines += [
            f"- `{slug}`: {catalogue()[slug].sentence}"
            for slug, reason in sorted(found.items())
            if reason == why and slug.removesuffix("/text") not in {*found} - {slug}
        ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(as_page(), end="")
