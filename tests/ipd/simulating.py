"""Short ways to a simulation, by its action and by its form."""

import uuid
from datetime import date

from django.urls import reverse

from ipd.actions import simulations
from ipd.actions.simulations import Wanted
from ipd.models import Simulation

CONTRACT = date(2026, 12, 31)


def made(plan, **fields) -> Simulation:
    wanted = Wanted(**{"runs": 400, "seed": 7, "contract_on": CONTRACT} | fields)
    return simulations.of_plan(plan, wanted, by=None, key=uuid.uuid4())


def form(**fields):
    return {
        **{"key": str(uuid.uuid4()), "runs": 400, "seed": 7, "shape": "own", "bounds": "limits"},
        **{"rho": "0.3", "rho_group": "0.6", "contract_on": "2026-12-31"},
        **fields,
    }


def post(client, product, **fields):
    return client.post(reverse("ipd:simulation-run", args=[product.pk]), form(**fields))
