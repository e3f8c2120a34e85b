"""The servers Gatehouse brings along: `manage.py up` runs them, the tests borrow them.

Nothing here needs Django: the servers' addresses have to be known before any setting is read.
"""

from ipd.config.embedded.temporary import broker, database

__all__ = ["broker", "database"]
