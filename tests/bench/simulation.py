"""`python -m tests.bench.simulation`: ten thousand runs of a plan of five hundred activities.

Asked for are two seconds of one core, and half a gigabyte at the most.
"""

import random
import sys
import time
from pathlib import Path

from ipd.calculations.monte_carlo import Options, simulate
from ipd.calculations.simulated import Simulated
from ipd.calculations.spread import Estimate
from ipd.calculations.tasks import Rules, Task, Wait
from ipd.calculations.working_time import WorkingTime


def network() -> Simulated:
    """Five hundred activities on four calendars, about two links each; the same every time."""
    luck = random.Random(1)
    clocks = [WorkingTime.of(exceptions={740300 + 7 * n: []}) for n in range(4)]
    tasks, waits, estimates = [], {}, {}
    for number in range(500):
        key, minutes = f"T{number}", luck.randint(5, 20) * 480
        tasks.append(Task(key=key, minutes=minutes, clock=clocks[number % 4]))
        shape, group = luck.choice(["pert", "triangular"]), luck.choice(["", "a", "b"])
        estimates[key] = Estimate(minutes * 0.7, minutes, minutes * 1.8, shape, group)
        for first in {luck.randint(max(0, number - 30), number - 1) for _n in range(2) if number}:
            kind = luck.choice(["fs", "fs", "ss", "ff"])
            waits[first, number] = Wait(f"T{first}", key, kind, luck.choice([0, 480]))
    rules = Rules(moment=740200 * 1440)
    return Simulated(tasks, list(waits.values()), rules, clocks[0], estimates)


def most_memory() -> int:
    """Megabytes that this program held at the most (Linux; unlike maxrss, not its parent's)."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) // 1024


def main() -> None:
    plan = network()
    begun = time.process_time()
    simulate(plan, Options(runs=10_000, seed=1))
    seconds = time.process_time() - begun
    sys.stdout.write(f"{seconds:.2f} s of one core, {most_memory()} MB at the most\n")


if __name__ == "__main__":
    main()
