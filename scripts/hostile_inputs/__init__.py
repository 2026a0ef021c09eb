"""Packages made to do harm, for `scripts/hostile`: each grows with one number."""
from . import archives, descriptors, disks, integrity  # noqa: F401 — they register their kinds
from .kinds import KINDS, Input

__all__ = ["KINDS", "Input"]
