"""The facts that no requirement cites, each with why: the linter finds every fact cited or named here.

`EXAMPLES`: a requirement says the same of more than this fact does, and is judged on it. `NOT_JUDGED`: no call could
tell, or no verdict may rest on it.
"""

EXAMPLES: dict[str, str] = {
    "protocol/request-keeps-constraints": "val-max-length val-enum val-list-of-enum val-list-of-strings "
    "val-list-null-element "
    "val-list-element-path val-limit-zero-internal-name val-primitive-default-zero pool-schema-name-20-chars "
    "pool-schema-verified-flag-in-schema pool-password-minlength-range pool-name-pattern pool-sms-message-placeholder "
    "client-rotation-grace-range client-flow-enum client-oauth-flow-enum client-list-maxresults idp-type-enum "
    "rs-scope-pattern rs-scopes-max rs-list-maxresults terms-enum log-member-path-1based branding-null-asset "
    "import-hash-enum replica-region-length signup-username-charset signup-password-charset "
    "asup-trailing-space-validation deploy-sms-lines auua-empty-name lu-filter-max-256 lu-limit-max pw-minlength-range pw-max-256 "
    "pw-validation-before-existence g-name-limits g-description-limit g-precedence-range g-list-limit "
    "initiate-auth-unknown-flow-enum-validation session-validity-range session-length-limits verify-non-numeric-code "
    "webauthn-max-results-range",
    "protocol/required-member-is-present": "auua-null-name client-name-required pool-list-maxresults-required",
    "protocol/constraint-text": "proto-sensitive-members val-client-id-is-shown val-user-code-was-shown",
    "protocol/request-is-well-typed": "schema-non-string-value",
    "protocol/iam-operation-is-signed": "admin-auth-ops-need-sigv4",
    "protocol/public-operation-needs-no-signature": "auth-unsigned-signup auth-signed-noauth-op",
    "common/pool-exists": "admin-initiate-auth-unknown-pool idp-link-userpoolid-unvalidated",
    "common/user-exists": "arup-unknown adminconfirm-unknown g-add-missing-user",
    "common/access-token-is-genuine": "uua-token-bad",
    "sign-in/flows-by-default": "client-default-flows-allow-srp",
    "sign-in/unknown-user-is-hidden": "authorizationless-context-ip",
    "sign-in/temporary-password-is-fresh": "acu-temp-validity-default",
    "sign-up/creates-unconfirmed-user": "signup-in-ENABLED-unaffected",
    "sign-up/username-is-free": "case-default-api",
    "admin-users/stores-attributes": "getuser-verified-absent-when-never-set",
    "recovery/sets-permanent-password": "asup-verification-untouched",
    "passwords/password-keeps-policy": "change-password-weak",
    "user-attributes/writes": "username-attr-email-to-phone",
    "challenges/sent-code-signs-in": "otp-verifies-attribute",
    "pool-rules/alias-or-username": "alias-vs-username-attr-exclusive",
    "pool-rules/password-is-first-factor": "webauthn-requires-another-factor",
    "pool-schema/custom-attribute-is-optional": "schema-custom-not-required",
    "pool-schema/fifty-custom-attributes": "schema-custom-max-50",
    "pool-schema/adds-custom-attribute": "pool-schema-string-no-constraints",
    "pools/keeps-settings": "pool-message-length-counts-chars pool-create-mfa-on-with-sms-only "
    "pool-alias-order-preserved",
    "clients/keeps-settings": "client-token-units-defaults rotation-client-without-refresh-flow",
    "clients/keeps-lists": "client-callback-http-loopback",
    "client-updates/updates-client": "rotation-disabled-grace-reported-zero",
    "mfa-config/sets-mfa": "mfa-off-webauthn-ok poolmfa-off-plus-webauthn-ok poolmfa-optional-with-webauthn-ok "
    "poolmfa-optional-with-otp-first-factor-ok",
    "mfa-config/shows-mfa": "poolmfa-get-shape pool-default-webauthn-factor",
    "mfa-config/off-has-no-factor": "poolmfa-off-plus-factor-block",
    "mfa-config/on-has-factor": "poolmfa-on-without-factor",
    "mfa-config/required-mfa-needs-password": "poolmfa-on-with-otp-first-factor",
    "mfa-config/required-mfa-needs-verified-passkey": "poolmfa-on-with-webauthn-first-factor",
    "mfa-config/sms-needs-configuration": "poolmfa-sms-disable-while-sms-config",
    "log-delivery/null-is-dropped": "wire-null-list-element",
}
"""By the requirement's slug, the facts that are examples of it."""

NOT_JUDGED: dict[str, str] = {
    "a target is whatever answers at a URL; these say where AWS answers, and what clients send and read": "wire-endpoint "
    "wire-request-content-type wire-request-content-type-params wire-client-type-sanitize wire-null-member-input "
    "wire-operation-count ser-string-for-boolean-lenient",
    "whom AWS knows and what it permits, a target cannot know": "auth-bad-signature auth-clock-skew "
    "auth-incomplete-signature auth-expired-token auth-access-denied auth-access-denied-message-key "
    "auth-vs-validation-order auth-waf-forbidden client-analytics-arn-role",
    "limits of an account, and prices: no run may go there": "thr-class-and-text quota-userpool-read-update "
    "quota-userpool-resource quota-client quota-user-authentication quota-user-creation quota-user-read-update-list "
    "quota-user-resource quota-per-user quota-tag-ops quota-read-provisioned cost-mau-definition "
    "cost-free-tier-classic cost-free-tier-plans cost-m2m cost-control-plane-free cost-linked-user-one-mau pool-limits "
    "client-limits branding-limits ui-size-limit import-limits import-no-mau g-limits",
    "a race or a delay: a walk makes one call after the other, and allows for the delay": "thr-concurrency-class "
    "cons-list-sessions cons-domain cons-idp-update cons-custom-attr-client cons-idp-client pool-update-concurrent "
    "client-attrs-after-addcustom-eventual client-update-concurrent client-cc-client-needs-touch lu-eventual "
    "sign-in-right-after-global-sign-out-race",
    "no call of the API shows it": "pool-schema-immutable pool-username-config-immutable username-immutable "
    "case-immutable deleted-user-jwt-still-valid jwt-still-verifies-offline g-groups-stale-token "
    "token-json-escapes-slashes confirm-code-length",
    "it takes a hosted sign-in, a trigger or a file that no target here has": "access-token-missing-scope getuser-scope "
    "mfa-after-custom-challenge-unsupported import-start-pending "
    "idp-link-existing-source "
    "import-stop import-locks-pool",
    "it takes a page token older than an hour": "lu-token-1h",
    "newer or better evidence says otherwise": "val-before-policy pw-wire-min-length-historical "
    "idp-list-maxresults-zero secret-describe-not-promoted",
    "open: any answer is right": "wire-error-reason-code wire-unknown-member-input wire-server-fault-500 "
    "route-not-understood-404 route-unknown-operation route-wrong-service-prefix ser-message-capital ser-form-body "
    "val-multiple-order val-output-not-model-conform page-clienttype-short lu-sort acr-amr-claims "
    "password-reset-keeps-other-sessions",
}
"""By the reason, the facts that no verdict rests on."""
