"""Rosters: files of accounts, read into staged rows, compared with what is there by the database, and applied.

One engine behind the commands, the admin and the API: `stage`, `compare`, `apply_load` and `discard` in loads.py.
"""
