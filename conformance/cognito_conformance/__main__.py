"""`python -m cognito_conformance` is the command line."""

from cognito_conformance.cli import main

main()
