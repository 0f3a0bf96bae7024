"""The look of the classic hosted UI."""

from __future__ import annotations

from cognito_conformance.judge.bindings import Bindings
from cognito_conformance.judge.compare import Comparison
from cognito_model.expect import Exactly
from support.drive import Drive, plain
from support.expectations import reasons, rests_on


def with_domain() -> tuple[Drive, dict[str, object], dict[str, object]]:
    """A world with a pool that has a domain and a client, and what calls about pool and client say."""
    drive = Drive()
    pool = {"UserPoolId": drive.call("CreateUserPool", PoolName="people")["UserPool"]["Id"]}
    drive.call("CreateUserPoolDomain", **pool, Domain="people-1")
    made = drive.call("CreateUserPoolClient", **pool, ClientName="app")["UserPoolClient"]
    return drive, pool, {**pool, "ClientId": made["ClientId"]}


def test_look_needs_a_domain():
    """The look of the hosted UI is refused in a pool without a domain."""
    drive = Drive()
    pool = drive.call("CreateUserPool", PoolName="people")["UserPool"]["Id"]
    for operation in ("GetUICustomization", "SetUICustomization"):
        assert drive.refused(operation, UserPoolId=pool) == {"ui-customization/needs-domain"}


def test_nothing_is_set_at_first():
    """GetUICustomization answers an empty UICustomization where nothing was set."""
    drive, pool, _ = with_domain()
    outcome = drive.outcome("GetUICustomization", **pool)
    assert rests_on(outcome) == {"ui-customization/empty-unless-set"}
    assert plain(outcome.replies[0].members["UICustomization"]).choices[0] == Exactly({})


def test_client_look_overrides_all():
    """GetUICustomization answers with what was set for the client, or else for all, under either's id."""
    drive, pool, client = with_domain()
    outcome = drive.outcome("SetUICustomization", **pool, CSS="a", ImageFile="aGk=")
    assert "ui-customization/sets-look" in rests_on(outcome)
    assert "ImageUrl" in outcome.replies[0].members["UICustomization"]
    drive.world = outcome.replies[0].world
    shared = drive.outcome("GetUICustomization", **client)
    assert "ui-customization/shows-look" in rests_on(shared)
    inherited = plain(shared.replies[0].members)["UICustomization"]
    assert inherited["CSS"] == "a"
    assert {"ALL", client["ClientId"]} <= set(inherited["ClientId"].choices)
    drive.call("SetUICustomization", **client, CSS="b")
    assert drive.call("GetUICustomization", **client)["UICustomization"]["CSS"] == "b"
    assert drive.call("GetUICustomization", **pool, ClientId="ALL")["UICustomization"]["CSS"] == "a"


def test_dates_may_be_left_out():
    """The dates of a look may be left out, as in every sample answer of AWS, one of which has a member more than its shape."""
    drive, pool, client = with_domain()
    css = ".logo-customizable {\n\tmax-width: 60%;\n}\n"
    sample = {
        "ClientId": "ALL",
        "CSS": css,
        "CSSUrl": "https://auth.example.com/assets/CSS/custom-css.css",
        "CSSVersion": "20210630174334",
        "ImageUrl": "https://auth.example.com/assets/images/image.jpg",
        "UserPoolId": "us-west-2_EXAMPLE",
    }
    drive.call("SetUICustomization", **pool, CSS=css, ImageFile="aGk=")
    [reply] = drive.outcome("GetUICustomization", **client).replies
    comparison = Comparison(Bindings(lambda message: "", lambda: 0.0), lambda pool, token, kind: {})
    comparison.members(reply.members, {"UICustomization": sample}, reply.requirement)
    assert [check for check in comparison.checks if not check.held] == []


def test_look_is_cleared():
    """SetUICustomization without CSS and image takes away what was set."""
    drive, pool, _ = with_domain()
    drive.call("SetUICustomization", **pool, CSS="a")
    outcome = drive.outcome("SetUICustomization", **pool)
    assert rests_on(outcome) == {"ui-customization/clears-look"}
    drive.world = outcome.replies[0].world
    assert reasons(drive.outcome("GetUICustomization", **pool).replies[0].requirement) == {
        "ui-customization/empty-unless-set"
    }


def test_css_class_is_allowed():
    """CSS for a class that the hosted UI does not let be styled is refused, and the class is named."""
    drive, pool, _ = with_domain()
    sound = ".label-customizable {font-weight: 400;}"
    assert not drive.outcome("SetUICustomization", **pool, CSS=sound).refused
    outcome = drive.outcome("SetUICustomization", **pool, CSS=f"{sound} body {{color: red;}}")
    assert {r.requirement.slug for r in outcome.refusals} == {"ui-customization/css-class-is-allowed"}
    assert outcome.refusals[0].text == ("body",)
