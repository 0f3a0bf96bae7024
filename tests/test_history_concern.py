"""Which operations a bug is about: read off its title and its script, which is never run."""

import pytest

from cognito_conformance.history.concern import concern_of
from cognito_conformance.history.corpus import CorpusProblem, Entry

HELPERS = """
def pool(c, **kw):
    return c.create_user_pool(PoolName="p", **kw)["UserPool"]["Id"]

def login(c, p):
    return c.admin_initiate_auth(UserPoolId=p)

def sibling(c, region):
    return c

raise RuntimeError("a script was run")
"""


def concern(folder, script=None, title="A bug", aws=""):
    """What an entry with this script is about."""
    (folder / "_h.py").write_text(HELPERS)
    path = None
    if script is not None:
        path = folder / "bug.py"
        path.write_text("from _h import *\n\ndef check(c):\n" + script)
    return concern_of(Entry("a-bug", "moto", "", title, aws, "", "1.0", "1.1", "", path))


def test_what_the_script_calls(tmp_path):
    """The script's own calls count, and not those of helpers that prepare them."""
    found = concern(tmp_path, "    p = pool(c); c.create_group(UserPoolId=p)\n    return err(c.get_group)\n")
    assert found.operations == ("CreateGroup", "GetGroup")


@pytest.mark.parametrize("ask", ["login(c, p)", "err(login, c, p)"])
def test_a_helper_that_asks_last(tmp_path, ask):
    """A helper that is called after all else shows the bug, also where another helper is to call it."""
    found = concern(tmp_path, f"    p = pool(c); c.admin_disable_user(UserPoolId=p)\n    return {ask}\n")
    assert found.operations == ("AdminDisableUser", "AdminInitiateAuth")


def test_raw_calls(tmp_path):
    """An operation that a script names as a text is called too."""
    assert concern(tmp_path, '    return raw(c, "ListUserPools", {})\n').operations == ("ListUserPools",)


def test_without_a_script(tmp_path):
    """Operations that the title names count, as whole words, and the errors that AWS is said to answer."""
    found = concern(
        tmp_path, title="ConfirmForgotPassword takes any code", aws="CodeMismatchException, no less"
    )
    assert found.operations == ("ConfirmForgotPassword",)
    assert {"CodeMismatchException"} == found.errors


def test_what_cannot_raise_the_error(tmp_path):
    """Where AWS is said to answer an error, operations that no requirement refuses with it only prepare, if another may raise it."""
    script = "    c.set_user_pool_mfa_config()\n    return err(c.respond_to_auth_challenge)\n"
    assert concern(tmp_path, script, aws="CodeMismatchException").operations == ("RespondToAuthChallenge",)
    assert len(concern(tmp_path, script, aws="NoSuchException").operations) == 2


def test_no_operation(tmp_path):
    """What names no operation cannot be shown by a run, and this is the reason."""
    assert "names an operation" in concern(tmp_path).unreachable


def test_a_document(tmp_path):
    """A document that no run reads is no operation; those that are read by a token are shown by what gives tokens."""
    beside = '    p = pool(c)\n    return http_get("%s/.well-known/{}" % p)\n'
    assert "change-password" in concern(tmp_path, beside.format("change-password")).unreachable
    for name, word in {"openid-configuration": "discovery", "jwks.json": "signature"}.items():
        found = concern(tmp_path, beside.format(name))
        assert found.unreachable is None
        assert "InitiateAuth" in found.operations
        assert word in found.names


def test_another_region(tmp_path):
    """A script that asks only in another region is run there; one that asks in two is not to be shown."""
    elsewhere = '    w = sibling(c, "eu-west-1")\n    return w.sign_up()\n'
    assert concern(tmp_path, elsewhere).region == "eu-west-1"
    both = '    w = sibling(c, "eu-west-1"); p = pool(c)\n    return w.describe_user_pool(UserPoolId=p)\n'
    assert "two regions" in concern(tmp_path, both).unreachable


def test_a_script_that_is_no_python(tmp_path):
    """It is named, and not taken for one that calls nothing."""
    with pytest.raises(CorpusProblem, match=r"a-bug: .*bug\.py cannot be read"):
        concern(tmp_path, "    return (\n")
