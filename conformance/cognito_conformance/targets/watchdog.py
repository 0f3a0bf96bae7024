"""A program between us and a target: it ends the target when we are gone, however we went.

Started as `python watchdog.py FOLDER WORDS…`, at the head of a process group of its own, with a pipe from us as
its standard input. The pipe closes when we end, by `kill -9` too; then the whole group goes, and the working
folder with it. A death signal of the kernel's would do that on Linux alone, for the first process alone, and when
a mere thread of ours ends. Imports little, because it stands before every start.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading

GRACE = 2.0
"""Seconds that the target has to end by itself."""


def main(folder: str, words: list[str]) -> int:
    """Run the target; its exit status, with that of a signal as a shell would say it."""
    # A handler, because a signal that is ignored would be ignored by the target too.
    signal.signal(signal.SIGTERM, lambda *_: None)
    try:
        target = subprocess.Popen(words, stdin=subprocess.DEVNULL)
    except OSError as problem:
        print(f"cannot start {words[0]}: {problem.strerror}", flush=True)
        return 127
    alone = threading.Event()
    watcher = threading.Thread(target=_watch, args=(target, folder, alone), daemon=True)
    watcher.start()
    status = target.wait()
    if alone.is_set():
        watcher.join()
    return status if status >= 0 else 128 - status


def _watch(target: subprocess.Popen[bytes], folder: str, alone: threading.Event) -> None:
    while os.read(0, 1):
        pass
    alone.set()
    # The group's number is this process's own: it was started as the head of the group.
    os.killpg(os.getpid(), signal.SIGTERM)
    with contextlib.suppress(subprocess.TimeoutExpired):
        target.wait(GRACE)
    import shutil

    shutil.rmtree(folder, ignore_errors=True)
    os.killpg(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
