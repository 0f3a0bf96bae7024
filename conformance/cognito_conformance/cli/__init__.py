"""The command line: a thin face of the engine."""

from __future__ import annotations

import click

from cognito_conformance.cli.merge import merge
from cognito_conformance.cli.requirements import requirements
from cognito_conformance.cli.run import run
from cognito_conformance.cli.serve import serve


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="cognito-conformance")
def main() -> None:
    """Does this endpoint really behave like Amazon Cognito user pools?

    \b
    cognito-conformance run --target moto          judge the embedded moto, write a report
    cognito-conformance run --target http://…      judge whatever answers there
    cognito-conformance merge a b -o all           one report of the shards of a run
    cognito-conformance requirements               what can be judged, with evidence
    cognito-conformance serve                      a faithful Cognito in memory, to test against
    """  # noqa: D301 - a raw text would show the mark that keeps these lines apart


main.add_command(run)
main.add_command(merge)
main.add_command(requirements)
main.add_command(serve)
