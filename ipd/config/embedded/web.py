"""The application as the web server of `up` loads it, in a process that ends with that server.

Granian answers requests in a child. Were its main process killed, the child would stay and keep
the port, and no new web server could start.
"""

import signal

from ipd.config.embedded.processes import die_with_parent
from ipd.config.wsgi import application

die_with_parent(signal.SIGKILL)

__all__ = ["application"]
