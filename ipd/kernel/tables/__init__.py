"""Bringing tables in from files: read, check, compare, apply; all of it or nothing.

Packages describe their tables (`teams.tables`, `ipd.tables`, `gates.tables`) and register them
with `ipd.kernel.tables.register`; the importer itself knows none of them.
"""
