"""Traces as programs: what a maintainer runs to see a divergence with their own eyes."""
