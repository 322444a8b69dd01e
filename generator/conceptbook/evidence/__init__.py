"""Pure: digests, what grounds a claim, which reviews are current, the statuses they add up to."""

from .status import ClaimStatus, assess

__all__ = ["ClaimStatus", "assess"]
