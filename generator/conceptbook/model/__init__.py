"""The schema of the author files, one module a file kind."""

from ..on_demand import on_demand

__getattr__ = on_demand(
    __name__,
    {
        "base": "Quoted Record",
        "claim": "Claim Review",
        "concept": "Concept",
        "settings": "Settings",
        "source": "Source Sources",
        "witness": "Witness",
    },
)
