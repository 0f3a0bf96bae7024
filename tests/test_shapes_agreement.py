"""Which wordings of a validation message count as the expected one."""

from botocore.loaders import Loader

from cognito_model.shapes import Service, agrees, message
from cognito_model.terms import Fresh

SERVICE = Service(Loader().load_service_model("cognito-idp", "service-2"))
MFA = SERVICE.violations("CreateUserPool", {"PoolName": "p", "MfaConfiguration": "false"})
EMPTY_NAME = SERVICE.violations("AdminDeleteUserAttributes", {"UserPoolId": "a_b", "Username": ""})


def test_the_models_own_message_agrees():
    """What the model prints is what it expects."""
    assert agrees(MFA, message(MFA))
    assert agrees(EMPTY_NAME, message(EMPTY_NAME))


def test_enum_words_may_come_in_any_order():
    """AWS prints them in hash order (val-enum)."""
    text = message(MFA)
    start = text[: text.index("[")]
    assert agrees(MFA, f"{start}[OPTIONAL, OFF, ON]")
    assert not agrees(MFA, f"{start}[OPTIONAL, ON]")


def test_violations_may_come_in_any_order():
    """Length before pattern and pattern before length were both seen (val-multiple-order)."""
    assert agrees(EMPTY_NAME, message(EMPTY_NAME[::-1]))


def test_one_violation_too_few_or_too_many_does_not_agree():
    """The count at the head must be right."""
    assert not agrees(EMPTY_NAME, message(EMPTY_NAME[:-1]))
    assert not agrees(EMPTY_NAME[:-1], message(EMPTY_NAME))


def test_another_path_or_limit_does_not_agree():
    """A wrong member or bound is a different statement."""
    limit = SERVICE.violations("ListUsers", {"UserPoolId": "a_b", "Limit": 61})
    assert not agrees(limit, message(limit).replace("'limit'", "'maxResults'"))
    assert not agrees(limit, message(limit).replace("60", "50"))
    assert not agrees(limit, message(limit).replace("60", "600"))


def test_a_pattern_may_have_drifted():
    """The published patterns are not always the wire's (auua-empty-name), so their text is free."""
    pool = SERVICE.violations("DescribeUserPool", {"UserPoolId": "bad"})
    assert agrees(pool, message(pool).replace("[0-9a-zA-Z]+", "[0-9a-z]+"))


def test_a_sensitive_value_must_not_be_printed():
    """A message that shows a token does not agree (val-sensitive-omits-value)."""
    token = SERVICE.violations("GetUser", {"AccessToken": "not a token"})
    assert agrees(token, message(token))
    assert not agrees(token, message(token).replace("Value at", "Value 'not a token' at"))


def test_a_client_id_may_be_printed_or_not():
    """The model hides it and a report shows it, so both agree."""
    client = SERVICE.violations("SignUp", {"ClientId": "a b", "Username": "u"})
    assert agrees(client, message(client))
    assert agrees(client, message(client).replace("Value at", "Value 'a b' at"))


def test_a_list_that_holds_a_term_is_printed_somehow():
    """What a term stands for is not known here, so any print of it agrees."""
    params = {"UserPoolId": "a_b", "ClientId": "c", "CallbackURLs": [Fresh("Url", 1), ""]}
    urls = SERVICE.violations("UpdateUserPoolClient", params)
    assert agrees(urls, message(urls).replace("Value at", "Value '[https://x, ]' at"))


def test_a_missing_number_may_be_reported_as_zero():
    """An unboxed integer shows its default (val-primitive-default-zero)."""
    missing = SERVICE.violations("ListUserPools", {})
    zero = (
        "1 validation error detected: Value '0' at 'maxResults' failed to satisfy constraint: "
        "Member must have value greater than or equal to 1"
    )
    assert agrees(missing, zero)
    assert agrees(missing, message(missing))


def test_the_new_generic_text_does_not_agree():
    """A message of another kind is for the caller to judge."""
    assert not agrees(MFA, "Input fails to satisfy the constraints.")
