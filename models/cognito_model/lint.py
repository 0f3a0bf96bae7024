"""The linter of the catalogue: `python -m cognito_model.lint`.

Unknown facts and slugs that stand twice cannot come this far: defining a requirement refuses them.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator, Mapping
from importlib import resources
from importlib.resources.abc import Traversable

import cognito_model.operations  # noqa: F401 - registers every operation
from cognito_model.call import modelled
from cognito_model.requirement import Requirement, facts
from cognito_model.requirements import catalogue
from cognito_model.uncited import EXAMPLES, NOT_JUDGED

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*(/text)?")
READ_BY_JUDGE = frozenset({"protocol"})
"""Areas whose requirements the judge names and no operation does."""


def problems() -> Iterator[str]:
    """What is wrong with the catalogue, a sentence each."""
    known = catalogue()
    for requirement in known.values():
        yield from of_requirement(requirement)
    named = set(attributes_in(resources.files("cognito_model")))
    for module, name, slug in definitions():
        if module not in READ_BY_JUDGE and name not in named:
            yield f"{slug}: no rule of the model names it"
    cited = {evidence.fact for requirement in known.values() for evidence in requirement.evidence}
    yield from of_facts(set(facts()), cited - {None}, EXAMPLES, NOT_JUDGED, set(known))


def of_facts(
    known: set[str],
    cited: set[str | None],
    examples: Mapping[str, str],
    not_judged: Mapping[str, str],
    slugs: set[str],
) -> Iterator[str]:
    """Facts that nobody cites and nobody excuses, and excuses that do not hold."""
    yield from (f"{slug}: has examples and is no requirement" for slug in examples if slug not in slugs)
    excused = [fact for named in (*examples.values(), *not_judged.values()) for fact in named.split()]
    yield from (f"{fact}: excused, and no fact" for fact in excused if fact not in known)
    yield from (f"{fact}: excused, and cited" for fact in excused if fact in cited)
    yield from (f"{fact}: excused twice" for fact in sorted(set(excused)) if excused.count(fact) > 1)
    yield from (f"{fact}: cited by no requirement" for fact in sorted(known - cited - set(excused)))


def of_requirement(requirement: Requirement) -> Iterator[str]:
    """What is wrong with one requirement."""
    slug = requirement.slug
    if not SLUG.fullmatch(slug):
        yield f"{slug}: a slug is area/what-holds, in lower case with hyphens"
    if not requirement.evidence:
        yield f"{slug}: it has no evidence"
    if not requirement.sentence.endswith(".") or requirement.sentence[:1].islower():
        yield f"{slug}: its sentence is no sentence"
    if not requirement.operations:
        yield f"{slug}: it speaks of no operation"
    unknown = [name for name in requirement.operations if name != "*" and name not in modelled()]
    if unknown:
        yield f"{slug}: no operation of the model is called {', '.join(unknown)}"


def definitions() -> Iterator[tuple[str, str, str]]:
    """Module, name and slug of every requirement that a module of the catalogue defines at its top."""
    for entry in resources.files("cognito_model").joinpath("requirements").iterdir():
        if not entry.name.endswith(".py"):
            continue
        for node in ast.parse(entry.read_text("utf-8")).body:
            if (
                isinstance(node, ast.Assign)
                and isinstance(node.value, ast.Call)
                and isinstance(node.value.func, ast.Name)
                and node.value.func.id == "requirement"
                and isinstance(node.targets[0], ast.Name)
                and isinstance(node.value.args[0], ast.Constant)
            ):
                yield entry.name.removesuffix(".py"), node.targets[0].id, str(node.value.args[0].value)


def attributes_in(folder: Traversable) -> Iterator[str]:
    """Every attribute name that the model's modules read, the catalogue apart."""
    for entry in folder.iterdir():
        if entry.is_dir():
            if entry.name != "requirements":
                yield from attributes_in(entry)
        elif entry.name.endswith(".py"):
            tree = ast.parse(entry.read_text("utf-8"))
            yield from (node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute))


def main() -> int:
    """Print the problems; 1 where there are any."""
    found = list(problems())
    print("\n".join(found) if found else f"{len(catalogue())} requirements, nothing to say against them")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
