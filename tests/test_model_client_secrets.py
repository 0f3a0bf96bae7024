"""The secrets of an app client, two at most."""

from __future__ import annotations

from cognito_model.expect import ABSENT, unwrap
from cognito_model.terms import Fresh, SecretHash
from support.drive import Drive, plain
from support.expectations import reasons, rests_on


def confidential() -> tuple[Drive, dict[str, object]]:
    """A world with a client that has a secret, and what every call about it says."""
    drive = Drive()
    pool = drive.call("CreateUserPool", PoolName="people")["UserPool"]["Id"]
    made = drive.call("CreateUserPoolClient", UserPoolId=pool, ClientName="app", GenerateSecret=True)
    return drive, {"UserPoolId": pool, "ClientId": made["UserPoolClient"]["ClientId"]}


def test_second_secret_is_added():
    """AddUserPoolClientSecret answers with the id, the date and, this once, the value of a new secret."""
    drive, one = confidential()
    outcome = drive.outcome("AddUserPoolClientSecret", **one)
    assert {"client-secrets/adds-secret", "client-secrets/id-has-form"} <= rests_on(outcome)
    descriptor = outcome.replies[0].members["ClientSecretDescriptor"]
    assert descriptor["ClientSecretValue"] == Fresh("ClientSecret", 3)


def test_chosen_secret_is_not_answered():
    """A secret that the customer chose is not answered."""
    drive, one = confidential()
    outcome = drive.outcome("AddUserPoolClientSecret", **one, ClientSecret="x" * 24)
    value = outcome.replies[0].members["ClientSecretDescriptor"]["ClientSecretValue"]
    assert reasons(value) == {"client-secrets/chosen-secret-is-hidden"}
    assert unwrap(value) is ABSENT


def test_third_secret_is_refused():
    """A third secret is refused."""
    drive, one = confidential()
    drive.call("AddUserPoolClientSecret", **one)
    assert drive.refused("AddUserPoolClientSecret", **one) == {"client-secrets/two-at-most"}


def test_public_client_gets_no_secret():
    """A client that was created without a secret is given none."""
    drive = Drive()
    pool = drive.call("CreateUserPool", PoolName="people")["UserPool"]["Id"]
    made = drive.call("CreateUserPoolClient", UserPoolId=pool, ClientName="app")["UserPoolClient"]
    refused = drive.refused("AddUserPoolClientSecret", UserPoolId=pool, ClientId=made["ClientId"])
    assert refused == {"client-secrets/client-is-confidential"}


def test_listing_hides_values():
    """ListUserPoolClientSecrets lists the client's secrets by id and date, and never shows a value."""
    drive, one = confidential()
    drive.call("AddUserPoolClientSecret", **one)
    outcome = drive.outcome("ListUserPoolClientSecrets", **one)
    assert {"client-secrets/lists-secrets", "client-secrets/values-stay-hidden"} <= rests_on(outcome)
    items = [plain(item) for item in outcome.replies[0].members["ClientSecrets"].items]
    assert [unwrap(item["ClientSecretId"].parts[-1]) for item in items] == [
        Fresh("ClientSecretId", 2),
        Fresh("ClientSecretId", 3),
    ]
    assert all(item["ClientSecretValue"] is ABSENT for item in items)


def test_one_of_two_secrets_is_deleted():
    """DeleteUserPoolClientSecret takes one of two secrets away, and then leaves the last."""
    drive, one = confidential()
    drive.call("AddUserPoolClientSecret", **one)
    first = Fresh("ClientSecretId", 2)
    outcome = drive.outcome("DeleteUserPoolClientSecret", **one, ClientSecretId=first)
    assert "client-secrets/deletes-secret" in rests_on(outcome)
    drive.world = outcome.replies[0].world
    assert len(drive.call("ListUserPoolClientSecrets", **one)["ClientSecrets"].items) == 1
    shown = drive.call("DescribeUserPoolClient", **one)["UserPoolClient"]["ClientSecret"]
    assert shown.choices == (ABSENT, Fresh("ClientSecret", 3))
    last = {"ClientSecretId": Fresh("ClientSecretId", 3)}
    assert drive.refused("DeleteUserPoolClientSecret", **one, **last) == {"client-secrets/last-secret-stays"}
    refused = drive.refused("DeleteUserPoolClientSecret", **one, ClientSecretId="none--0")
    assert refused == {"client-secrets/secret-exists"}


def test_either_secret_is_good():
    """A secret hash may be made with either of a client's two secrets, and with none that was taken away."""
    drive, one = confidential()
    added = drive.call("AddUserPoolClientSecret", **one)["ClientSecretDescriptor"]
    other = added["ClientSecretValue"]
    for name, secret in (("ann", None), ("bob", other)):
        outcome = drive.outcome(
            "SignUp",
            ClientId=one["ClientId"],
            Username=name,
            Password="Passw0rd!x",
            SecretHash=SecretHash(one["ClientId"], name, secret),
        )
        assert not outcome.refused
    assert outcome.suspects["NotAuthorizedException"].slug == "client-secrets/secrets-are-both-good"
    drive.call("DeleteUserPoolClientSecret", **one, ClientSecretId=plain(added)["ClientSecretId"].parts[-1])
    gone = SecretHash(one["ClientId"], "ann", other)
    refused = drive.refused(
        "SignUp", ClientId=one["ClientId"], Username="ann", Password="Passw0rd!x", SecretHash=gone
    )
    assert refused == {"common/secret-hash-matches"}
