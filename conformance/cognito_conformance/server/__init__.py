"""The model made to answer: a faithful Cognito in memory, and the host on which the suite is measured."""
