"""What Amazon Cognito user pools must do: an executable specification without I/O, clock or randomness."""
