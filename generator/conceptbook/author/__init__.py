"""The only code that writes into content/ and claims/."""

from .difference import CurveChange, Point
from .record import RecordResult, WitnessRecord, record

__all__ = ["CurveChange", "Point", "RecordResult", "WitnessRecord", "record"]
