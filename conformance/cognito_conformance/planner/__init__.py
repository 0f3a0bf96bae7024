"""Looking ahead on the model: which calls would exercise what no call has exercised yet?

Requests are what a run spends, and the model is free. So before a stretch of a walk, calls are tried on the model
alone, what each would exercise is compared with what was exercised before, and the best are sent. Hypothesis asks
for them as an alternative backend (`backend`), so that they are ordinary choices: a stored example, a replay and
`@reproduce_failure` do not need the planner.
"""
