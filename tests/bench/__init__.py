"""How fast pages are with a large company: `uv run python -m tests.bench --scale group`."""
