"""Ten thousand runs of a plan of five hundred activities: in two seconds and half a gigabyte."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import json, random, resource, time
from ipd.calculations.monte_carlo import Options, simulate
from ipd.calculations.simulated import Simulated
from ipd.calculations.spread import Estimate
from ipd.calculations.tasks import Rules, Task, Wait
from ipd.calculations.working_time import WorkingTime

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
network = Simulated(
    tasks, list(waits.values()), Rules(moment=740200 * 1440), clocks[0], estimates
)
begun = time.process_time()
simulate(network, Options(runs=10_000, seed=1))
used = time.process_time() - begun
print(json.dumps([used, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""


def test_it_is_quick_and_lean():
    """Processor seconds of one core, and the most memory the whole program ever held."""
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=True
    )
    seconds, megabytes = json.loads(run.stdout)
    assert seconds < 2
    assert megabytes < 500
