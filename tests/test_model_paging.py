"""Listings that come in pages."""

from __future__ import annotations

from cognito_model import paging
from cognito_model.expect import ABSENT
from cognito_model.terms import Fresh
from support.drive import Drive, plain
from support.expectations import rests_on, tolerated


class Clients:
    """A pool with three app clients, listed page by page."""

    def __init__(self) -> None:
        self.drive = Drive()
        self.pool = self.drive.call("CreateUserPool", PoolName="people")["UserPool"]["Id"]
        self.ids = [self.add() for _ in range(3)]

    def add(self) -> Fresh:
        """Make one more app client."""
        made = self.drive.call("CreateUserPoolClient", UserPoolId=self.pool, ClientName="app")
        return made["UserPoolClient"]["ClientId"]

    def list(self, **params: object) -> object:
        """The reply to a listing, not followed."""
        outcome = self.drive.outcome("ListUserPoolClients", UserPoolId=self.pool, **params)
        assert not outcome.refused
        return outcome.replies[0]

    def follow(self, reply: object, *keys: Fresh) -> Fresh:
        """Take it that these came and that more follow; the page token."""
        self.drive.world = reply.follow(keys, True)
        return Fresh("PageToken", self.drive.step)


def test_page_that_cannot_hold_all_brings_a_token():
    """A page that cannot hold all that remains brings a page token; another may bring one too."""
    clients = Clients()
    assert plain(clients.list(MaxResults=2).members["NextToken"]) == Fresh("PageToken", clients.drive.step)
    token = clients.list(MaxResults=3).members["NextToken"]
    assert token.choices == (ABSENT, Fresh("PageToken", clients.drive.step))


def test_next_page_is_one_beside_what_came_before():
    """A page after others counts as the next one while something of theirs is there, which could come again."""
    clients = Clients()
    first, *_ = clients.ids
    token = clients.follow(clients.list(MaxResults=1), first)
    asked = {"UserPoolId": clients.pool, "NextToken": token}
    assert clients.drive.outcome("ListUserPoolClients", **asked).events == ("page:next",)
    clients.drive.call("DeleteUserPoolClient", UserPoolId=clients.pool, ClientId=first)
    assert clients.drive.outcome("ListUserPoolClients", **asked).events == ("page:rest",)


def test_page_has_the_limit_that_was_asked_for():
    """What is asked for bounds a page, and a requirement of its own speaks of that."""
    clients = Clients()
    outcome = clients.drive.outcome("ListUserPoolClients", UserPoolId=clients.pool, MaxResults=2)
    page = plain(outcome.replies[0].members["UserPoolClients"])
    assert "paging/page-keeps-limit" in rests_on(outcome)
    assert page.limit == page.bound.value == 2


def test_what_came_does_not_come_again():
    """The next page holds nothing that came before, and must bring what is left."""
    clients = Clients()
    one, two, three = clients.ids
    token = clients.follow(clients.list(MaxResults=2), two)
    page = clients.list(MaxResults=2, NextToken=token).members["UserPoolClients"]
    assert set(page.items) == page.required == {one, three}


def test_last_page_ends_the_listing():
    """After the last page the world is as it was."""
    clients = Clients()
    reply = clients.list()
    assert reply.follow(tuple(clients.ids), False) is clients.drive.world


def test_what_changes_meanwhile_may_come_or_not():
    """What was made or deleted after the first page need not come; what was made may come."""
    clients = Clients()
    one, two, three = clients.ids
    token = clients.follow(clients.list(MaxResults=1), one)
    new = clients.add()
    clients.drive.call("DeleteUserPoolClient", UserPoolId=clients.pool, ClientId=two)
    reply = clients.list(MaxResults=1, NextToken=token)
    page = reply.members["UserPoolClients"]
    assert page.required == {three}
    assert set(page.items) == {three, new}
    assert reply.members["NextToken"].choices == (Fresh("PageToken", clients.drive.step), ABSENT)
    # Nor is it settled that the token still counts.
    outcome = clients.drive.outcome(
        "ListUserPoolClients", UserPoolId=clients.pool, MaxResults=1, NextToken=token
    )
    assert tolerated(outcome) == {"paging/page-token-is-genuine"}


def test_unknown_token_is_refused():
    """A page token that no earlier page gave is refused."""
    clients = Clients()
    refused = clients.drive.refused("ListUserPoolClients", UserPoolId=clients.pool, NextToken="made-up")
    assert refused == {"paging/page-token-is-genuine"}


def test_token_of_another_question_may_be_refused():
    """A page token that answered another question may be refused."""
    clients = Clients()
    token = clients.follow(clients.list(MaxResults=2), clients.ids[0])
    outcome = clients.drive.outcome("ListUserPools", MaxResults=2, NextToken=token)
    assert tolerated(outcome) == {"paging/page-token-is-genuine"}


def test_old_tokens_are_forgotten():
    """A world remembers a bounded number of page tokens."""
    clients = Clients()
    for _ in range(paging.REMEMBERED + 5):
        clients.follow(clients.list(MaxResults=1), clients.ids[0])
    assert len(clients.drive.world.listings) == paging.REMEMBERED


def test_limit_is_asked_for_or_the_most():
    """The most items of a page are what the client asks for, or the API's own maximum."""
    assert paging.limit(5) == 5
    assert paging.limit(None) == 60
    assert paging.limit(0, 50) == 50
