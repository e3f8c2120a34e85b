"""`manage.py up`: the whole of Gatehouse in one terminal."""

import argparse
import os
from pathlib import Path

from ipd.config.embedded.folders import Folders, default_data
from ipd.config.embedded.interrupts import Interrupts
from ipd.config.embedded.refusals import CannotStart, StopAsked
from ipd.config.embedded.start import Start
from ipd.config.embedded.terminal import complain, say
from ipd.demo.sign_ins import SIGN_INS


def parser() -> argparse.ArgumentParser:
    text = "Starts the whole of Gatehouse in this terminal; Ctrl-C stops it."
    result = argparse.ArgumentParser(prog="manage.py up", description=text)
    result.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    result.add_argument("--port", type=int, default=8000, help="port to listen on (%(default)s)")
    result.add_argument("--data", type=Path, help=f"folder of all data ({default_data()})")
    result.add_argument(
        "--empty", action="store_true", help="first start: without the demonstration company"
    )
    return result


def main(arguments: list[str] | None = None) -> int:
    """0 after a stop that was asked for, 1 after a refusal, which it says in one sentence."""
    options = parser().parse_args(arguments)
    interrupts = Interrupts()
    os.umask(0o022)
    folders = Folders((options.data or default_data()).expanduser().absolute())
    start = Start(folders, interrupts, options.host, options.port)
    try:
        demonstration = start.all(empty=options.empty)
        say(welcome(start, folders, demonstration=demonstration))
        start.supervisor.watch()
        say("\nStopping …")
    except CannotStart as refusal:
        complain(f"\n{refusal}")
        return 1
    except StopAsked:
        say("\nStopping before the start was complete …")
    finally:
        start.end()
    say(f"Gatehouse has stopped; its data stays in {folders.data}.")
    return 0


def welcome(start: Start, folders: Folders, *, demonstration: bool) -> str:
    """Where to go, as whom, and how to stop."""
    lines = ["", f"Gatehouse is ready:  {start.address}", ""]
    if demonstration:
        lines.append("Sign in as one of the demonstration company's people:")
        width = max(len(email) for email, _, _ in SIGN_INS)
        secret = max(len(password) for _, password, _ in SIGN_INS)
        for email, password, who in SIGN_INS:
            lines.append(f"  {email:{width}}  {password:{secret}}  {who}")
        lines.append("")
    if demonstration and start.open_to_others:
        lines.append("Others can reach this address, and these passwords are known to everybody.")
    lines.append(f"Logs: {folders.logs}   Mails: {folders.mails}")
    lines.append("Stop with Ctrl-C; the next start goes on with the same data.")
    return "\n".join(lines)
