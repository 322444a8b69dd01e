"""Notebooks in the record format of the Continuous Function, brought into this one."""

from .plan import Plan, plan

__all__ = ["Plan", "plan"]
