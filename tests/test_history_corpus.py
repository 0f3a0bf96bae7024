"""A corpus of historic bugs: what is read from it, and what is said of one that cannot be used."""

import pytest
from click.testing import CliRunner

from cognito_conformance.history.__main__ import main
from cognito_conformance.history.corpus import CorpusProblem, read_corpus

GOOD = """
bugs:
- id: open
  emulator: moto
  title: still there
  broken_version: 5.2.5
  fixed_version: null
- id: mended
  emulator: moto
  kind: passwords
  title: SignUp takes any password
  broken_version: 5.0.1
  fixed_version: 5.0.2
  env: {STRICT: true}
"""


def written(folder, text):
    path = folder / "bugs.yaml"
    path.write_text(text)
    return path


def test_only_what_was_mended_is_an_entry(tmp_path):
    """An entry without a fixed_version has no release to compare with, and is left out."""
    entries = read_corpus(written(tmp_path, GOOD))
    assert [entry.id for entry in entries] == ["mended"]
    assert entries[0].environment == (("STRICT", "True"),)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[", "is no YAML"),
        ("- a", "a list under 'bugs'"),
        ("bugs: [7]", "entry 1 is no mapping"),
        (GOOD.replace("id: mended", "id: open"), "there is another 'open'"),
        (GOOD.replace("5.0.1", "--index-url=x"), "must be a version"),
        (GOOD.replace("title: SignUp takes any password", "title: 3"), "'title' must be a text"),
        (GOOD + "  repro: gone.py\n", "there is no script"),
        (GOOD.replace("{STRICT: true}", "[STRICT]"), "'env' must be a mapping"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(tmp_path, text, words):
    """A corpus that cannot be used ends the program with status 2 and one line that says where it is wrong."""
    done = CliRunner().invoke(main, ["--corpus", str(written(tmp_path, text)), "-o", str(tmp_path / "out")])
    assert done.exit_code == 2
    assert words in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_corpus_that_is_not_there(tmp_path):
    """A missing file is named."""
    with pytest.raises(CorpusProblem, match=r"cannot read .*gone\.yaml: No such file"):
        read_corpus(tmp_path / "gone.yaml")


def test_nothing_asked_for(tmp_path):
    """A choice that leaves no entry is a mistake, and no success."""
    words = ["--corpus", str(written(tmp_path, GOOD)), "--only", "nothing", "-o", str(tmp_path / "out")]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 2
    assert "no entry" in done.stderr
