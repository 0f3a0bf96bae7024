"""`cognito-conformance serve`."""

from __future__ import annotations

import sys

import click


@click.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=9229,
    show_default=True,
    help="Port to listen on; 0 picks a free one.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--region", default="us-east-1", show_default=True, help="Region in pool ids and issuers.")
@click.option("--seed", type=int, default=None, help="Make the same ids and codes in every run.")
def serve(port: int, host: str, region: str, seed: int | None) -> None:
    """Serve a faithful in-memory Cognito on loopback.

    The first line on standard output is the URL. Point any AWS SDK at it with its endpoint option. Codes that it
    "sends" are at GET /_reference/messages; POST /_reference/reset empties it; POST /_reference/clock with
    {"advance": seconds} moves its clock, so that codes and sessions expire without waiting.
    """
    from cognito_conformance.server.app import serve as serve_forever
    from cognito_conformance.server.core import Reference

    def announce(url: str) -> None:
        click.echo(url)
        sys.stdout.flush()

    try:
        serve_forever(Reference(region=region, seed=seed), host=host, port=port, announce=announce)
    except OSError as problem:
        click.echo(
            f"cognito-conformance: cannot listen on {host}:{port}: {problem.strerror or problem}", err=True
        )
        sys.exit(2)
