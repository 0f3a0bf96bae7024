"""Tells a person what a conformance run means."""
