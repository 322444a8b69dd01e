"""The state of the evidence, told: for people, as JSON, SARIF, annotations and Markdown."""

from .findings import findings

__all__ = ["findings"]
