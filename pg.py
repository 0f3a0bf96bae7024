import sys

exec(open("/tmp/me/one.py").read().split("e = ReferenceEndpoint")[0])
e = ReferenceEndpoint.of(Ref(m, seed=1), Budget(n))
run = Run(
    Model(service.description()),
    e,
    e.budget,
    Options(seed=1, minimise=False, functions=frozenset(ROLES)),
    until=lambda f: is_about(f, m),
)
orec = run.record


def rec(step, steps):
    if step.request.operation == op and (
        "NextToken" in step.request.params or "PaginationToken" in step.request.params
    ):
        print(
            num[0],
            step.request.params,
            step.fate,
            [r.requirement.slug for r in step.outcome.refusals],
            str(step.answer.output)[:400],
            step.outcome.events,
            [c.requirement.slug for c in step.broken],
        )
    return orec(step, steps)


run.record = rec
run.explore()
