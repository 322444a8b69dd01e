"""The rules that need the whole notebook; those of a single file are `load`'s and `markup`'s."""

from ..on_demand import on_demand

__getattr__ = on_demand(__name__, {"runs": "WITNESS_RULES check_runs", "whole": "RULES check"})
