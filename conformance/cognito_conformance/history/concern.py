"""Which operations a bug is about, and what stands in the way of a run that could show it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cognito_conformance.history.corpus import CorpusProblem, Entry
from cognito_conformance.history.script import NAME, READ_ANYWAY, Script, read_script
from cognito_conformance.wire import service
from cognito_model.requirements import catalogue

GIVE_TOKENS = ("InitiateAuth", "AdminInitiateAuth")
"""What gives the tokens by which a run reads what a pool publishes."""
_WORD = re.compile(r"[A-Za-z]+")


@dataclass(frozen=True, slots=True)
class Concern:
    """The operations that an entry is about, the errors that AWS answers, the region in which it shows, or why no run
    can show it. `succeeds` says that AWS is told to answer no error, and `asked` are the errors that the script looks for all the
    same. `names` are the words of the entry and its script, in lower case; none where there is no script.
    """

    operations: tuple[str, ...]
    errors: frozenset[str]
    region: str | None = None
    unreachable: str | None = None
    names: frozenset[str] = frozenset()
    succeeds: bool = False
    asked: frozenset[str] = frozenset()


def concern_of(entry: Entry) -> Concern:
    """Read off the entry's words and its script. Raises CorpusProblem where the script is no Python.

    The operations: those that the title names and those that the script calls (see `Script`). The errors: those that the entry says AWS
    answers, for then only a requirement that raises one of them can be what the emulator broke, and only an operation
    that one of these speaks of can show it.
    """
    try:
        script = Script() if entry.script is None else read_script(entry.script)
    except (OSError, SyntaxError, ValueError) as problem:
        raise CorpusProblem(f"{entry.id}: {entry.script} cannot be read: {problem}") from None
    named = tuple(word for word in _WORD.findall(entry.title) if word in service.operation_names())
    read = [document for document in script.documents if document in READ_ANYWAY]
    words = set(_WORD.findall(entry.aws_behaviour))
    raised = frozenset(error for error in words if error.endswith("Exception"))
    spoken = dict.fromkeys(named + script.calls + (GIVE_TOKENS if read else ()))
    operations = tuple(filter(_raising(raised).__contains__, spoken)) or tuple(spoken)
    said = NAME.findall(f"{entry.title} {entry.aws_behaviour} {entry.divergent_behaviour}")
    looked_at = [name for document in read for name in READ_ANYWAY[document]]
    names = (
        frozenset(name.lower() for name in (*said, *script.names, *looked_at))
        if entry.script
        else frozenset()
    )
    asked = frozenset(name for name in script.names if name.endswith("Exception"))
    return Concern(
        operations, raised, *_circumstances(script, operations), names, bool(words) and not raised, asked
    )


def _raising(errors: frozenset[str]) -> set[str]:
    """The operations of the requirements that raise one of these errors: others only prepare for them."""
    return {
        name
        for requirement in catalogue().values()
        if errors & set(requirement.raises)
        for name in requirement.operations
    }


def _circumstances(script: Script, operations: tuple[str, ...]) -> tuple[str | None, str | None]:
    beside = [document for document in script.documents if document not in READ_ANYWAY]
    if beside:
        return None, f"it is about the document {beside[0]}, which is no operation of the model"
    if not operations:
        return None, "neither its title nor its script names an operation of the model"
    if script.regions and script.asks_first_client:
        return None, "it shows between two regions of one endpoint, and a run asks in one"
    return (script.regions[0] if script.regions else None), None
