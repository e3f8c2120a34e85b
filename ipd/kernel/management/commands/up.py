"""`manage.py up`: hands this process over to the supervisor, which needs no Django.

The supervisor stays for hours next to the servers it watches. Replacing this process, rather than
calling it, keeps Django out of its memory and lets it set the servers' addresses in the
environment before any setting is read.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path

from django.core.management.base import BaseCommand

ROOT = Path(__file__).resolve().parents[4]
SUPERVISOR = [sys.executable, "-m", "ipd.config.embedded"]


class Command(BaseCommand):
    help = "Starts PostgreSQL, Valkey, the worker, the clock and the web server; Ctrl-C stops them."

    def run_from_argv(self, argv):
        sys.stdout.flush()
        # A Ctrl-C from here on waits until the supervisor can hear it: the mask is inherited.
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT, signal.SIGTERM])
        os.execve(sys.executable, [*SUPERVISOR, *argv[2:]], importable())  # noqa: S606

    def print_help(self, prog_name, subcommand):
        subprocess.run([*SUPERVISOR, "--help"], env=importable(), check=True)  # noqa: S603

    def handle(self, *args, **options):
        self.run_from_argv(["manage.py", "up"])


def importable() -> dict[str, str]:
    """This environment, with the checkout importable from whatever folder the user stands in."""
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    return {**os.environ, "PYTHONPATH": path}
