"""The judge: binds the model's terms to what a target answers, compares, and says which requirements held."""
