"""`cognito-conformance requirements`."""

from __future__ import annotations

import json

import click


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON array, for programs.")
@click.option("--area", default=None, help="Only the requirements of this area (the first part of the slug).")
def requirements(as_json: bool, area: str | None) -> None:
    """List the catalogue: slug, level, sentence, operations, evidence."""
    from cognito_model.requirements import catalogue

    chosen = [r for r in catalogue().values() if area in (None, r.area)]
    if not chosen:
        areas = sorted({r.area for r in catalogue().values()})
        raise click.UsageError(f"no requirement has the area {area!r}; the areas are {', '.join(areas)}")
    if as_json:
        click.echo(
            json.dumps(
                [
                    {
                        "slug": r.slug,
                        "sentence": r.sentence,
                        "level": r.level.value,
                        "area": r.area,
                        "operations": list(r.operations),
                        "provisional": r.provisional,
                        "raises": list(r.raises),
                        "evidence": [
                            {
                                "kind": e.kind,
                                "source": e.source,
                                "confidence": e.confidence,
                                "fact": e.fact,
                                "note": e.note,
                            }
                            for e in r.evidence
                        ],
                    }
                    for r in chosen
                ],
                indent=1,
                ensure_ascii=False,
            )
        )
        return
    for r in chosen:
        mark = " (provisional)" if r.provisional else ""
        click.echo(f"{r.slug}  [{r.level.value}{mark}]  {', '.join(r.operations)}")
        click.echo(f"    {r.sentence}")
        for e in r.evidence:
            click.echo(f"    {e.kind} {e.confidence:.2f}: {e.source}")
