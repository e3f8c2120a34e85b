"""`python -m ipd.config.embedded`: the supervisor, as `manage.py up` calls it."""

import sys

from ipd.config.embedded.up import main

if __name__ == "__main__":
    sys.exit(main())
