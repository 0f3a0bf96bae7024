"""The run: a budget, machines that spend it, a ledger of what was judged, findings made short, and the results."""
