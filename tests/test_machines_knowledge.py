"""What a command may name: of the values that a target makes up, those that it has told."""

from __future__ import annotations

import pytest

from cognito_conformance.machines.commands import clients, sessions
from cognito_conformance.machines.pick import Pick, Subject
from cognito_model.terms import Fresh, Junk
from support.door import Door


@pytest.fixture
def pick():
    """Somebody signed in, in a pool whose client has a secret; whether what was made up is known is asked for."""
    door = Door(client={"GenerateSecret": True})
    door.start()
    (sub,) = door.pool.users

    def make(*, known):
        subject = Subject(door.id, user=sub, client=door.client)
        return Pick(door.drive.world, subject, door.drive.step + 1, 0, knows=lambda _term: known)

    return make


@pytest.mark.parametrize(
    ("build", "member"),
    [
        (sessions.admin_revoke_user_session, "SessionId"),
        (clients.delete_user_pool_client_secret, "ClientSecretId"),
    ],
)
def test_a_command_names_only_what_was_told(pick, build, member):
    """The id of a session or of a secret is one that the target has told, or else one of none."""
    assert isinstance(build(pick(known=True))[member], Fresh)
    assert isinstance(build(pick(known=False))[member], Junk)
