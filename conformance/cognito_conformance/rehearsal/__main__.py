"""`python -m cognito_conformance.rehearsal`: make the planner's recipes anew. `nox -s atlas` runs this."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import click

from cognito_conformance.planner import atlas
from cognito_conformance.rehearsal.recipes import recipes
from cognito_conformance.rehearsal.shorten import Stage
from cognito_conformance.rehearsal.tour import ordered
from cognito_conformance.rehearsal.walks import Rehearsal, Rehearsed


@click.command()
@click.option(
    "--walks",
    default=140,
    show_default=True,
    help="How many walks on the model, each in another kind of pool.",
)
@click.option("--length", default=120, show_default=True, help="How many calls each has.")
@click.option("--seed", default=0, show_default=True)
@click.option(
    "--anew",
    is_flag=True,
    help="Forget the recipes that are known; otherwise they are kept where they still hold.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    default=Path(atlas.__file__).with_name(atlas.FILE),
    help="The file to write.  [default: the one that comes with the suite]",
)
def main(walks: int, length: int, seed: int, output: Path, *, anew: bool) -> None:
    """Make long walks on the model, and write the shortest calls to all that they exercised.

    In one kind of pool for each person that a walk may begin with, every command is tried as well.
    """
    rehearsal = Rehearsal(seed)
    made: list[Rehearsed] = []
    with click.progressbar(rehearsal.walks(walks, length), length=walks, label="walks") as bar:
        made.extend(bar)
    stage = Stage(rehearsal.planner.imagination, rehearsal.commands)
    starts = {walk.profile: walk.start for walk in made}
    old = () if anew else atlas.recipes()
    for profile in {recipe.profile for recipe in old} - set(starts):
        starts[profile] = rehearsal.begin(profile).here()
    known = [
        replace(recipe, calls=stage.prompt(starts[recipe.profile], recipe.calls, recipe.features))
        for recipe in old
        if stage.exercises(starts[recipe.profile], recipe.calls, recipe)
    ]
    swept: dict[str, int] = {}
    for profile, _ in [*Counter(recipe.profile for recipe in known).most_common(), *starts.items()]:
        swept.setdefault(rehearsal.draw(profile).person, profile)

    def told(text: str) -> None:
        click.echo(text, err=True)

    found = ordered(recipes(made, stage, starts, known, list(swept.values()), told), starts, stage, told)
    document = atlas.written(found)
    lines = ",\n".join(json.dumps(recipe, separators=(",", ":")) for recipe in document["recipes"])
    names = json.dumps(document["commands"], indent=0)
    output.write_text(f'{{"commands": {names},\n"recipes": [\n{lines}\n]}}\n', encoding="utf-8")
    click.echo(f"{len(found)} recipes for {len({recipe.profile for recipe in found})} kinds of pools")


if __name__ == "__main__":
    main()
