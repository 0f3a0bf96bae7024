"""Pool configurations, drawn: one number chooses every setting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cognito_conformance.machines import factors
from cognito_conformance.machines.dice import Dice
from cognito_conformance.machines.people import KNOWN, PERSONS

Params = dict[str, Any]
ALLOW_ALL = (
    "ALLOW_USER_PASSWORD_AUTH",
    "ALLOW_ADMIN_USER_PASSWORD_AUTH",
    "ALLOW_USER_SRP_AUTH",
    "ALLOW_CUSTOM_AUTH",
    "ALLOW_REFRESH_TOKEN_AUTH",
)
ALLOW_CHOICE = (*ALLOW_ALL, "ALLOW_USER_AUTH")


@dataclass(frozen=True, slots=True)
class Profile:
    """A pool to make, the settings of its second factors, the app clients to make in it, and who is there first."""

    pool: Params
    clients: tuple[Params, ...]
    mfa: Params | None = None
    person: str = "nobody"


def plain(name: str) -> Profile:
    """The simplest pool and client that every command can work with."""
    return Profile({"PoolName": name}, ({"ClientName": "app", "ExplicitAuthFlows": list(ALLOW_ALL)},))


def draw(seed: int, area: str, *, sms: bool = True, email: bool = True, name: str = "conformance") -> Profile:
    """The profile that `seed` chooses for the machines of `area`.

    `sms` says whether the target can send text messages, `email` whether through an account of the developer's.
    """
    dice = Dice.of(seed)
    if dice.pick(range(6)) == 0:
        return plain(name)
    pool: Params = {"PoolName": name}
    persons = [
        p for p in PERSONS.get(area, ("nobody",)) if factors.has_factors(KNOWN[p], sms=sms, email=email)
    ]
    chosen = dice.pick(persons)
    person = KNOWN[chosen]
    sign_in_names(pool, dice, aliases=person.aliases)
    pool |= dice.pick(_POLICIES)
    verification(pool, dice, sms=sms)
    schema(pool, dice, names=person.names)
    if area in ("life cycle", "passwords", "pools") and dice.pick(range(8)) == 0:
        pool["AdminCreateUserConfig"] = {"AllowAdminCreateUserOnly": True}
    pool |= dice.pick(_RECOVERY)
    if area in ("pools", "resources"):
        pool |= dice.pick(_WORDS)
    if area == "life cycle" and dice.pick(range(10)) == 0:
        pool["VerificationMessageTemplate"] = {"DefaultEmailOption": "CONFIRM_WITH_LINK"}
        pool["AutoVerifiedAttributes"] = sorted({*pool.get("AutoVerifiedAttributes", ()), "email"})
    if area in ("pools", "clients", "resources", "sessions"):
        pool |= dice.pick([t for t in _TIERS if not (person.essentials and t.get("UserPoolTier") == "LITE")])
        if pool.get("UserPoolTier") == "LITE":
            forget_passwords(pool)
        if email and area == "pools" and (pool.get("UserPoolTier") == "LITE" or dice.pick(range(3)) == 0):
            pool["EmailConfiguration"] = factors.SES
    if area in ("challenges", "mfa") and not person.sets_up:
        factors.first_factors(pool, dice, sms=sms)
    if (area == "passkeys" and dice.pick(range(6))) or person.passkeys:
        factors.allow_passkeys(pool)
    if area == "devices" or person.devices or (area == "challenges" and dice.pick(range(3)) == 0):
        factors.track_devices(pool, dice)
    clients = [client(dice, pool, area)]
    if person.signs_in_specially:
        clients[0]["ExplicitAuthFlows"] = list(ALLOW_CHOICE)
    if dice.pick(range(3)) == 0:
        clients.append(client(dice, pool, area))
    mfa = None
    if area == "passkeys" or person.passkeys:
        mfa = dice.pick(factors.PASSKEYS)
    elif area in ("mfa", "devices", "challenges") or person.factors:
        mfa = factors.second_factors(pool, dice, person, sms=sms, email=email)
    return Profile(pool, tuple(clients), mfa, chosen)


def sign_in_names(pool: Params, dice: Dice, *, aliases: bool = False) -> None:
    """Usernames, aliases or attributes to sign in with, and whether case matters."""
    with_aliases: list[Params] = [
        {"AliasAttributes": ["email"]},
        {"AliasAttributes": ["email", "phone_number"]},
        {"AliasAttributes": ["email", "preferred_username"]},
    ]
    pool |= dice.pick(
        with_aliases
        if aliases
        else [
            {},
            {},
            *with_aliases,
            {"UsernameAttributes": ["email"]},
            {"UsernameAttributes": ["email"]},
            {"UsernameAttributes": ["phone_number"]},
            {"UsernameAttributes": ["email", "phone_number"]},
        ]
    )
    pool |= dice.pick(
        [
            {},
            {},
            {"UsernameConfiguration": {"CaseSensitive": False}},
            {"UsernameConfiguration": {"CaseSensitive": True}},
        ]
    )


_POLICIES: list[Params] = [
    {},
    {},
    {"Policies": {"PasswordPolicy": {"MinimumLength": 8}}},
    {"Policies": {"PasswordPolicy": {"RequireSymbols": False}}},
    {
        "Policies": {
            "PasswordPolicy": {
                "MinimumLength": 6,
                "RequireUppercase": False,
                "RequireLowercase": False,
                "RequireNumbers": False,
                "RequireSymbols": False,
            }
        }
    },
    {
        "Policies": {
            "PasswordPolicy": {
                "MinimumLength": 12,
                "RequireUppercase": True,
                "RequireLowercase": True,
                "RequireNumbers": True,
                "RequireSymbols": False,
                "TemporaryPasswordValidityDays": 3,
            }
        }
    },
    {
        "Policies": {
            "PasswordPolicy": {
                "MinimumLength": 10,
                "RequireUppercase": False,
                "RequireLowercase": True,
                "RequireNumbers": True,
                "RequireSymbols": True,
                "PasswordHistorySize": 2,
            }
        }
    },
]

_RECOVERY: list[Params] = [
    {},
    {"AccountRecoverySetting": {"RecoveryMechanisms": [{"Name": "verified_email", "Priority": 1}]}},
    {
        "AccountRecoverySetting": {
            "RecoveryMechanisms": [
                {"Name": "verified_email", "Priority": 1},
                {"Name": "verified_phone_number", "Priority": 2},
            ]
        }
    },
    {
        "AccountRecoverySetting": {
            "RecoveryMechanisms": [
                {"Name": "verified_phone_number", "Priority": 1},
                {"Name": "verified_email", "Priority": 2},
            ]
        }
    },
    {"AccountRecoverySetting": {"RecoveryMechanisms": [{"Name": "admin_only", "Priority": 1}]}},
]


_TIERS: list[Params] = [
    {},
    {},
    {"UserPoolTier": "LITE"},
    {"UserPoolTier": "PLUS", "UserPoolAddOns": {"AdvancedSecurityMode": "AUDIT"}},
    {"UserPoolTier": "PLUS"},
]
_WORDS: list[Params] = [
    {},
    {},
    {"EmailVerificationSubject": "Your code", "EmailVerificationMessage": "Your code is {####}"},
    {"SmsVerificationMessage": "Your code is {####}", "UserPoolTags": {"team": "accounts"}},
]


def forget_passwords(pool: Params) -> None:
    """Take the password history from a pool: the tier LITE has none."""
    policies = pool.get("Policies", {})
    if "PasswordHistorySize" in policies.get("PasswordPolicy", {}):
        kept = {n: v for n, v in policies["PasswordPolicy"].items() if n != "PasswordHistorySize"}
        pool["Policies"] = {**policies, "PasswordPolicy": kept}


def verification(pool: Params, dice: Dice, *, sms: bool) -> None:
    """Which contacts are verified on their own, and whether an update waits for verification."""
    automatic = dice.pick([[], ["email"], ["email"], ["phone_number"], ["email", "phone_number"]])
    if not sms:
        automatic = [name for name in automatic if name == "email"]
    if automatic:
        pool["AutoVerifiedAttributes"] = automatic
    if "phone_number" in automatic:
        pool["SmsConfiguration"] = factors.SMS
    if automatic and dice.pick(range(3)) == 0:
        pool["UserAttributeUpdateSettings"] = {"AttributesRequireVerificationBeforeUpdate": automatic}


def schema(pool: Params, dice: Dice, *, names: bool = False) -> None:
    """Custom, bounded, immutable and required attributes; with `names` a given name is one of the last."""
    entries: list[Params] = [
        {"Name": "department", "AttributeDataType": "String", "Mutable": True},
        {
            "Name": "badge",
            "AttributeDataType": "String",
            "Mutable": False,
            "StringAttributeConstraints": {"MinLength": "2", "MaxLength": "8"},
        },
        {
            "Name": "team",
            "AttributeDataType": "String",
            "Mutable": True,
            "StringAttributeConstraints": {"MinLength": "2", "MaxLength": "8"},
        },
        {
            "Name": "level",
            "AttributeDataType": "Number",
            "Mutable": True,
            "NumberAttributeConstraints": {"MinValue": "1", "MaxValue": "9"},
        },
        {
            "Name": "grade",
            "AttributeDataType": "String",
            "DeveloperOnlyAttribute": True,
            "Mutable": True,
        },
        {"Name": "nickname", "AttributeDataType": "String"},
        {"Name": "given_name", "AttributeDataType": "String", "Required": True, "Mutable": True},
        {"Name": "email", "AttributeDataType": "String", "Required": True, "Mutable": True},
    ]
    chosen = [e for e in entries if dice.pick(range(4)) == 0 or (names and e["Name"] == "given_name")]
    if chosen:
        pool["Schema"] = chosen


def client(dice: Dice, pool: Params, area: str) -> Params:
    """An app client: a secret or none, flows, validities, what it hides, reads and writes."""
    made: Params = {"ClientName": "app"}
    made["ExplicitAuthFlows"] = dice.pick(
        [list(ALLOW_ALL)] * 6 + [["ADMIN_NO_SRP_AUTH"], ["USER_PASSWORD_AUTH"], ["CUSTOM_AUTH_FLOW_ONLY"]]
    )
    if area == "passkeys" or (area in ("challenges", "mfa", "devices") and dice.pick(range(3))):
        made["ExplicitAuthFlows"] = list(ALLOW_CHOICE)
    elif area == "sessions":
        made["ExplicitAuthFlows"] = [
            *ALLOW_ALL,
            *dice.pick(
                [
                    [],
                    ["ALLOW_TOKEN_EXCHANGE_IMPERSONATION"],
                    ["ALLOW_TOKEN_EXCHANGE_IMPERSONATION", "ALLOW_TOKEN_EXCHANGE_DELEGATION"],
                ]
            ),
        ]
    elif area in ("challenges", "sign-in") and dice.pick(range(4)) == 0:
        made["ExplicitAuthFlows"] = dice.pick(
            [
                ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
                ["ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
                None,
            ]
        )
        if made["ExplicitAuthFlows"] is None:
            del made["ExplicitAuthFlows"]
    made |= dice.pick([{}, {}, {"GenerateSecret": True}])
    if area in ("sessions", "clients") and dice.pick(range(2)) == 0:
        made["GenerateSecret"] = True
    made |= dice.pick(
        [{}, {"PreventUserExistenceErrors": "ENABLED"}, {"PreventUserExistenceErrors": "LEGACY"}]
    )
    made |= dice.pick(
        [
            {},
            {},
            {
                "AccessTokenValidity": 10,
                "IdTokenValidity": 20,
                "RefreshTokenValidity": 2,
                "TokenValidityUnits": {
                    "AccessToken": "minutes",
                    "IdToken": "minutes",
                    "RefreshToken": "days",
                },
            },
            {"AccessTokenValidity": 2, "IdTokenValidity": 3, "RefreshTokenValidity": 10},
        ]
    )
    if area in ("attributes", "tokens", "life cycle") and dice.pick(range(3)) == 0:
        custom = [
            f"custom:{e['Name']}"
            for e in pool.get("Schema", ())
            if e["Name"] in ("department", "badge", "team", "level")
        ]
        required = [e["Name"] for e in pool.get("Schema", ()) if e.get("Required")]
        made["ReadAttributes"] = sorted({"email", "email_verified", "name", *custom[:1]})
        made["WriteAttributes"] = sorted(
            {"email", "phone_number", *pool.get("UsernameAttributes", ()), *required, *custom[:1]}
        )
    if dice.pick(range(6 if area == "tokens" else 15)) == 0:
        made["EnableTokenRevocation"] = False
    if area == "tokens" and dice.pick(range(3)) == 0:
        made["ExplicitAuthFlows"] = [flow for flow in ALLOW_ALL if flow != "ALLOW_REFRESH_TOKEN_AUTH"]
        made["RefreshTokenRotation"] = {"Feature": "ENABLED", "RetryGracePeriodSeconds": dice.pick([0, 60])}
    return made
