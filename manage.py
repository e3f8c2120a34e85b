#!/usr/bin/env python
"""Gatehouse's command line; `manage.py up` starts the whole of it."""

import os
import sys

try:
    from django.core.management import execute_from_command_line
except KeyboardInterrupt:  # Ctrl-C while Django is still being read
    sys.exit(130)


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ipd.config.settings")
    try:
        execute_from_command_line(sys.argv)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
