"""How contracts stand follows the products that were touched."""

from ipd.actions import standings
from ipd.kernel.actions import touches

touches.FOLLOWERS.append(standings.renew)
