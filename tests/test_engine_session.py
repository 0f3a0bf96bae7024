"""What a run does before it begins."""

from __future__ import annotations

import threading

from cognito_conformance.engine.session import prepared

WORKERS, TIMES = 4, 300


def test_workers_may_prepare_a_folder_at_once(tmp_path):
    """Several workers find the same folder writable at the same time, and leave nothing in it."""
    problems = []

    def prepare() -> None:
        try:
            for _ in range(TIMES):
                prepared(tmp_path / "parts")
        except Exception as problem:  # noqa: BLE001 - told below
            problems.append(problem)

    threads = [threading.Thread(target=prepare) for _ in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not problems
    assert not list((tmp_path / "parts").iterdir())
