"""`python -m ipd.config.embedded`: the supervisor, as `manage.py up` calls it."""

import sys

try:
    from ipd.config.embedded.up import main
except KeyboardInterrupt:  # Ctrl-C while the modules are still being read
    sys.exit(130)

if __name__ == "__main__":
    sys.exit(main())
