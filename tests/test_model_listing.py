"""ListUsers: filters, pages, and which attributes are shown."""

from __future__ import annotations

import pytest

from cognito_model.expect import OneOf
from cognito_model.terms import Text
from support.drive import plain
from support.expectations import texts, tolerated
from support.people import Town, attributes, listed


class Crowd:
    """Ann, Ben and Cat, who differ in all that can be searched."""

    def __init__(self, **pool: object) -> None:
        self.town = Town(**pool)
        self.town.confirmed("ann", email="Ann@Example.com", given_name="Ann", name='Ann "A." Smith')
        self.town.create("ben", email="ben@example.com", phone_number="+15550100100")
        self.town.sign_up("cat", family_name="Ng\\o")
        self.town.admin("AdminDisableUser", "ben")

    def page(self, filter_: object = None, **params: object) -> object:
        """The page of users, without the requirements in it."""
        given = {} if filter_ is None else {"Filter": filter_}
        return plain(self.town.admin_outcome("ListUsers", **given, **params).replies[0].members["Users"])

    def found(self, filter_: object) -> set[object]:
        """Who must come."""
        return set(self.page(filter_).required)

    def perhaps(self, filter_: object) -> set[object]:
        """Who may come without having to."""
        page = self.page(filter_)
        return set(page.items) - page.required


EVERYBODY = {"ann", "ben", "cat"}


@pytest.mark.parametrize("filter_", [None, "", "  "])
def test_everybody_is_listed(filter_):
    """Without a filter everybody is listed, a disabled user too."""
    crowd = Crowd()
    assert crowd.found(filter_) == EVERYBODY
    assert plain(crowd.page(filter_).items["ben"])["Enabled"] is False


@pytest.mark.parametrize(
    ("filter_", "found"),
    [
        ('username = "ann"', {"ann"}),
        ('"username" = "ann"', {"ann"}),
        ('username="ann"', {"ann"}),
        ('email = "ben@example.com"', {"ben"}),
        ('email ^= "ben@"', {"ben"}),
        ('phone_number ^= "+1555"', {"ben"}),
        ('given_name = "Ann"', {"ann"}),
        ('name = "Ann \\"A.\\" Smith"', {"ann"}),
        ('family_name = "Ng\\\\o"', {"cat"}),
        ('preferred_username = "ann"', set()),
        ('cognito:user_status = "CONFIRMED"', {"ann"}),
        ('cognito:user_status ^= "UN"', {"cat"}),
        ('status = "Enabled"', {"ann", "cat"}),
        ('status = "Disabled"', {"ben"}),
        ('username = "nobody"', set()),
    ],
)
def test_filter_selects(filter_, found):
    """A filter selects by the whole value or its beginning, quotes and backslashes escaped, spaces free."""
    assert Crowd().found(filter_) == found


@pytest.mark.parametrize(("filter_", "open_"), [('"username" = "ann"', True), ('username = "ann"', False)])
def test_quoted_attribute_is_open(filter_, open_):
    """No source writes a filter's attribute in quotation marks: it is selected by, or refused."""
    crowd = Crowd()
    outcome = crowd.town.admin_outcome("ListUsers", None, Filter=filter_)
    assert ("listing/filter-is-well-formed" in tolerated(outcome)) is open_
    assert crowd.found(filter_) == {"ann"}


@pytest.mark.parametrize(
    ("filter_", "perhaps"), [('given_name = "ANN"', {"ann"}), ('username ^= "BE"', {"ben"})]
)
def test_case_is_open(filter_, perhaps):
    """Whether case counts is open for most attributes: who differs in it alone may come."""
    assert (Crowd().found(filter_), Crowd().perhaps(filter_)) == (set(), perhaps)


@pytest.mark.parametrize(
    ("filter_", "found"),
    [
        ('email = "ann@EXAMPLE.com"', {"ann"}),
        ('email ^= "BEN@"', {"ben"}),
        ('cognito:user_status = "confirmed"', {"ann"}),
    ],
)
def test_case_of_an_address_is_ignored(filter_, found):
    """A filter on email or cognito:user_status selects whoever differs from it in case alone."""
    crowd = Crowd()
    assert crowd.found(filter_) == found
    outcome = crowd.town.admin_outcome("ListUsers", Filter=filter_)
    assert outcome.replies[0].requirement.slug == "listing/filter-ignores-case"


def test_who_is_spelled_alike_comes_before_case():
    """Where somebody has the very value of a filter, whoever differs in case may come too."""
    crowd = Crowd()
    crowd.town.confirmed("dan", email="BEN@example.com")
    assert (crowd.found('email = "ben@example.com"'), crowd.perhaps('email = "ben@example.com"')) == (
        {"ben"},
        {"dan"},
    )


def test_filter_by_sub():
    """A filter names a sub, which only the target can spell; what it begins with nobody knows."""
    crowd = Crowd()
    sub = crowd.town.user("ann").sub
    assert (crowd.found(Text(('sub = "', sub, '"'))), crowd.perhaps(Text(('sub = "', sub, '"')))) == (
        {"ann"},
        set(),
    )
    assert (crowd.found('sub ^= "a"'), crowd.perhaps('sub ^= "a"')) == (set(), EVERYBODY)
    assert crowd.found('sub = "3f1c0000-0000-4000-8000-000000000000"') == set()


def test_part_of_a_sub_is_open():
    """A text around a sub is the value of nobody."""
    crowd = Crowd()
    odd = Text(('username = "x', crowd.town.user("ann").sub, '"'))
    assert crowd.found(odd) == set()


def test_username_that_is_the_sub_is_no_address():
    """Where users sign in with an address, username is the sub, and the address selects by email alone."""
    town = Town(UsernameAttributes=["email"])
    town.create("ann@example.com")
    outcome = town.admin_outcome("ListUsers", Filter='username = "ann@example.com"')
    assert not plain(outcome.replies[0].members["Users"]).required
    outcome = town.admin_outcome("ListUsers", Filter='email = "ann@example.com"')
    assert plain(outcome.replies[0].members["Users"]).required == {town.user("ann@example.com").username}


@pytest.mark.parametrize(
    "filter_",
    ["foo", "email = unquoted", 'email ~ "x"', 'email = "open', '"email = "x"', 'email = "x" and name = "y"'],
)
def test_filter_must_parse(filter_):
    """A filter that does not parse is refused."""
    outcome = Town().admin_outcome("ListUsers", Filter=filter_)
    assert [r.requirement.slug for r in outcome.refusals] == ["listing/filter-is-well-formed"]


@pytest.mark.parametrize("attribute", ["custom:department", "address", "user_status"])
def test_attribute_must_be_searchable(attribute):
    """A filter on what cannot be searched is refused."""
    outcome = Town().admin_outcome("ListUsers", Filter=f'{attribute} = "x"')
    assert [r.requirement.slug for r in outcome.refusals] == ["listing/attribute-is-searchable"]
    assert texts(outcome) == {(attribute,)}


@pytest.mark.parametrize(
    ("filter_", "slug"),
    [
        (None, "lists-users"),
        ('email = "x"', "filter-selects"),
        ('email ^= "x"', "prefix-selects"),
        ('status = "Enabled"', "status-filter-selects"),
    ],
)
def test_listing_is_about_its_filter(filter_, slug):
    """What a listing shows is put down to the kind of its filter."""
    params = {} if filter_ is None else {"Filter": filter_}
    outcome = Town().admin_outcome("ListUsers", **params)
    assert outcome.replies[0].requirement.slug == f"listing/{slug}"


def test_asked_attributes_alone_are_shown():
    """With AttributesToGet just those attributes come, and a flag among them only where it was asked for."""
    town = Town()
    town.create("ann", email="a@example.com", name="Ann")
    shown = plain(page_of(town, AttributesToGet=["email", None]).items["ann"])["Attributes"]
    assert listed(shown) == {"email": "a@example.com"}
    assert shown.optional == ()
    assert "Attributes" not in page_of(town, AttributesToGet=[]).items["ann"]
    town.admin("AdminUpdateUserAttributes", "ann", UserAttributes=attributes(email_verified="true"))
    town.admin("AdminUpdateUserAttributes", "ann", UserAttributes=attributes(email="b@example.com"))
    both = plain(page_of(town, AttributesToGet=["email_verified", "sub"]).items["ann"])["Attributes"]
    assert listed(both) == {"email_verified": "false", "sub": town.user().sub}


def page_of(town: Town, **params: object) -> object:
    """The page of users."""
    return plain(town.admin_outcome("ListUsers", **params).replies[0].members["Users"])


def test_asked_attribute_must_exist():
    """An attribute that the schema lacks is refused; what reports differ on may be."""
    crowd = Crowd(Schema=[{"Name": "badge", "AttributeDataType": "String", "Mutable": True}])
    refused = crowd.town.admin_refused("ListUsers", AttributesToGet=["no_such_attribute"])
    assert refused == {"listing/asked-attribute-exists"}
    nobody = crowd.town.admin_outcome(
        "ListUsers", AttributesToGet=["no_such_attribute"], Filter='username = "nobody"'
    )
    assert "listing/asked-attribute-exists" in tolerated(nobody)
    for asked in ([], ["sub"], ["custom:badge"], ["email"]):
        outcome = crowd.town.admin_outcome("ListUsers", AttributesToGet=asked)
        assert tolerated(outcome) == {"listing/asked-attribute-may-be-missing"}


def test_limit_bounds_the_page():
    """A page holds no more than the limit, sixty at the most, and the filter comes first."""
    crowd = Crowd()
    assert (crowd.page(Limit=2).limit, crowd.page().limit) == (2, 60)
    assert crowd.page('username = "cat"', Limit=1).required == {"cat"}
    assert crowd.town.admin_refused("ListUsers", Limit=61) == {"protocol/request-keeps-constraints"}
    assert crowd.town.admin_refused("ListUsers", Filter="x" * 257) == {"protocol/request-keeps-constraints"}


def test_deleted_user_is_listed_no_more():
    """A deleted user is gone from the list at once."""
    crowd = Crowd()
    crowd.town.admin("AdminDeleteUser", "ann")
    assert crowd.found(None) == {"ben", "cat"}


def test_name_that_may_have_lost_its_case_is_found():
    """Where case does not count, a user is listed under the name as typed or in lower case."""
    town = Town(UsernameConfiguration={"CaseSensitive": False})
    town.create("Ann")
    assert set(page_of(town).items) == {OneOf.of("Ann", "ann")}


def test_pool_must_exist():
    """A listing of a pool that is gone is refused."""
    town = Town()
    town.admin("DeleteUserPool")
    assert town.admin_refused("ListUsers") == {"common/pool-exists"}
