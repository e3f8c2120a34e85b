"""What is entered about a risk, and what its forms send."""

import uuid


def fields(**more):
    return {
        **{"title": "The engine is late", "category": "supply", "probability_percent": 40},
        **{"days_low": 5, "days_likely": 10, "days_high": 30},
        **more,
    }


def sent(risk=None, **more):
    base = {"key": str(uuid.uuid4()), "version": risk.version if risk else 1}
    if risk is not None:
        base |= {"state": risk.state, "currency": "EUR"}
    return base | fields(**more)
