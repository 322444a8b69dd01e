"""Faults as values: where, which rule, what to do. Stages collect them; one module prints."""

from .diagnostic import Diagnostic, Report, Rule, Severity, Span, did_you_mean
from .environment import EnvironmentLacks

__all__ = ["Diagnostic", "EnvironmentLacks", "Report", "Rule", "Severity", "Span", "did_you_mean"]
