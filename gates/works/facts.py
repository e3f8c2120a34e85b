"""Facts of computed criteria follow the products that were touched."""

from gates.actions import facts
from ipd.kernel.actions import touches

touches.FOLLOWERS.append(facts.refresh)
