"""Ratios of speed and of bug-finding, each within one run; see docs/benchmarks.md."""
