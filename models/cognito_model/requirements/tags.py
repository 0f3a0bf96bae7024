"""Tags of user pools."""

from cognito_model.requirement import MUST, documented, requirement

TAG = ("TagResource", "UntagResource", "ListTagsForResource")

resource_exists = requirement(
    "tags/resource-exists",
    "An operation on the tags of a user pool that does not exist is refused.",
    MUST,
    *TAG,
    raises="ResourceNotFoundException InvalidParameterException NotAuthorizedException",
    evidence=(documented("API_TagResource: errors", 0.8),),
)
tags_are_merged = requirement(
    "tags/tags-are-merged",
    "TagResource adds its tags to those that the pool has, and replaces those with the same key.",
    MUST,
    "TagResource",
    "ListTagsForResource",
    "DescribeUserPool",
    facts="tags-merge",
)
tags_are_removed = requirement(
    "tags/tags-are-removed",
    "UntagResource takes away the tags with these keys, and ignores keys that the pool does not have.",
    MUST,
    "UntagResource",
    "ListTagsForResource",
    "DescribeUserPool",
    facts="tags-untag",
)
lists_tags = requirement(
    "tags/lists-tags",
    "ListTagsForResource answers with the pool's tags.",
    MUST,
    "ListTagsForResource",
    facts="tags-merge tags-untag pool-default-tags-empty",
)
fifty_tags = requirement(
    "tags/fifty-tags",
    "More than fifty tags for one pool are refused.",
    MUST,
    "TagResource",
    "CreateUserPool",
    "UpdateUserPool",
    raises="InvalidParameterException UserPoolTaggingException LimitExceededException",
    facts="tags-limits",
)
prefix_is_reserved = requirement(
    "tags/prefix-is-reserved",
    "A tag whose key begins with aws: is refused.",
    MUST,
    "TagResource",
    "CreateUserPool",
    "UpdateUserPool",
    raises="InvalidParameterException UserPoolTaggingException",
    facts="tags-limits",
    disputed=True,  # the page says not to use it, and not what becomes of who does
)
tags_may_linger = requirement(
    "tags/tags-may-linger",
    "The tags of a deleted pool may still be listed.",
    MUST,
    "ListTagsForResource",
    facts="tags-after-delete-linger cons-tags-after-delete",
)
