"""What to try next: rule machines whose commands are short functions over the model's world."""
