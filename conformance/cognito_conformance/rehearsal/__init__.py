"""Where the planner's recipes come from: long walks on the model alone, and the shortest way to all that they exercised.

No target is asked, and nothing is known of any. `python -m cognito_conformance.rehearsal` writes the file anew; it is
worth that whenever commands, profiles or the model have changed much. What no longer holds is skipped in a run, since the
model is asked before a call is sent.
"""
