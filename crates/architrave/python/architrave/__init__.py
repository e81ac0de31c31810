"""Architrave, a language server and linter for the architecture of Python backends.

The program is written in Rust; this package brings it, and `python -m architrave` starts it.
"""
