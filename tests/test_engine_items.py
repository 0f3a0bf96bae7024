"""The parts of a run: disjoint, none left out, none empty."""

from __future__ import annotations

import pytest

from cognito_conformance.engine.items import Shard, items_of

AREAS = ("one", "two", "three")


@pytest.mark.parametrize("of", [1, 2, 3, 5, 12, 13, 40])
def test_shards_are_disjoint_and_whole(of):
    """All shards together have every item once, every shard has some, and every area is somebody's."""
    shards = [items_of(AREAS, Shard(number, of)) for number in range(1, of + 1)]
    together = [item for shard in shards for item in shard]
    assert len(together) == len(set(together))
    assert all(shards)
    assert {item.area for item in together} == set(AREAS)
    assert max(map(len, shards)) - min(map(len, shards)) <= 1


def test_no_two_items_draw_the_same():
    """Each item of a run has a seed of its own, another one with another seed of the run."""
    items = items_of(AREAS, Shard(1, 1))
    seeds = {item.seed(whole) for item in items for whole in range(3)}
    assert len(seeds) == 3 * len(items)


@pytest.mark.parametrize("text", ["0/4", "5/4", "4", "1/0", "-1/4", "1/4/2", "a/b", ""])
def test_what_is_no_shard_is_refused(text):
    """A shard is k/n with k from 1 to n."""
    with pytest.raises(ValueError, match="is no shard; say 1/4 to 4/4"):
        Shard.read(text)


def test_a_shard_is_said_as_it_is_read():
    """2/4 is the second of four."""
    assert Shard.read("2/4") == Shard(2, 4)
    assert str(Shard(2, 4)) == "2/4"
