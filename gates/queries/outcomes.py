"""What a chain's reviews may end in: read once in a while, since a loaded process never changes."""

from functools import partial

from django.core.cache import cache

from gates.models import Chain, Outcome

KEPT = 300  # seconds


def outcomes_of(chain: Chain) -> list[Outcome]:
    """The chain's outcomes in their order, each with its chain."""
    found = cache.get_or_set(f"outcomes:{chain.pk}", partial(_read, chain.pk), KEPT)
    for outcome in found:
        outcome.chain = chain
    return found


def _read(chain_id: int) -> list[Outcome]:
    return list(Outcome.objects.filter(chain=chain_id))
