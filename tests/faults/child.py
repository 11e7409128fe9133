"""Run the command line in a forked child, so that hundreds of runs share the slow imports."""

from __future__ import annotations

import io
import os
import sys
import tempfile
import time

SECONDS = 300


def run_in_child(words: list[str], seconds: float = SECONDS) -> tuple[int, str]:
    """Run ``python -m nsoc_lib`` with these words in a forked child; return exit code and what it showed.

    A child that takes longer than ``seconds`` is ended, and its code is then -9.
    """
    with tempfile.TemporaryFile() as shown:
        child = os.fork()
        if child == 0:
            _become_command(shown.fileno(), words)
        code = _wait(child, seconds)
        shown.seek(0)
        return code, shown.read().decode("utf-8", errors="replace")


def _become_command(output: int, words: list[str]) -> None:
    try:
        os.setsid()  # so that a run that hangs is ended with the workers it started
        os.dup2(output, 1)
        os.dup2(output, 2)
        sys.stdout, sys.stderr = (io.TextIOWrapper(io.FileIO(n, "w", closefd=False), "utf-8") for n in (1, 2))
        sys.__stdout__, sys.__stderr__ = sys.stdout, sys.stderr
        sys.argv = ["nsoc_lib", *words]
        from nsoc_lib.__main__ import main

        code = main()
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException:  # noqa: BLE001 (a child has nobody to raise to; the parent judges what it showed)
        import traceback

        os.write(2, traceback.format_exc().encode())
        code = 70
    os._exit(code)


def _wait(child: int, seconds: float) -> int:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.01)
    os.killpg(child, 9)
    os.waitpid(child, 0)
    return -9
