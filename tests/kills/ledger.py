"""`python -m tests.kills.ledger`: what is wrong with the ledger, told as JSON."""

import json
import sys

import django

if __name__ == "__main__":
    django.setup()
    from ipd.kernel.actions import ledger

    json.dump(ledger.verify(), sys.stdout)
