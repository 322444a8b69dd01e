"""Pure: digests, what grounds a claim, which reviews are current, the statuses they add up to."""

from ..on_demand import on_demand

__getattr__ = on_demand(__name__, {"status": "ClaimStatus assess"})
