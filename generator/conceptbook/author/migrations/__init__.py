"""From an older version of the author files' format to the newest, one step a version."""

from .plan import CannotMigrate, Plan, plan, write
from .steps import STEPS, Step

__all__ = ["STEPS", "CannotMigrate", "Plan", "Step", "plan", "write"]
