"""Labels as plain text, for SVG and for sentences: no dollars, no TeX, no emphasis."""

from __future__ import annotations

import re

COMMANDS = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε",
    "zeta": "ζ", "eta": "η", "theta": "θ", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν",
    "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ", "varphi": "φ",
    "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ",
    "Lambda": "Λ", "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω", "ell": "ℓ",
    "times": "×", "cdot": "·", "pm": "±", "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥",
    "neq": "≠", "approx": "≈", "sim": "∼", "to": "→", "infty": "∞", "sum": "Σ", "partial": "∂",
    "nabla": "∇", "sqrt": "√", "|": "‖", "lVert": "‖", "rVert": "‖", "Vert": "‖", "%": "%",
    ",": " ", ";": " ", " ": " ", "!": "", "quad": " ", "left": "", "right": "",
}  # fmt: skip
RAISED = dict(zip("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ", strict=True))
LOWERED = dict(zip("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋", strict=True))
ACCENTS = {"hat": "\u0302", "bar": "\u0304", "tilde": "\u0303"}


def plain(text: str) -> str:
    """The label without markup; `$\\lambda^2$` becomes λ²."""
    text = re.sub(r"\$([^$]*)\$", lambda found: _math(found.group(1)), text)
    text = re.sub(r"\*\*?([^*]+)\*\*?|`([^`]+)`", lambda found: found[1] or found[2], text)
    return " ".join(text.split())


def _math(tex: str) -> str:
    tex = re.sub(r"\\(hat|bar|tilde)\s*\{?(\w)\}?", lambda m: m[2] + ACCENTS[m[1]], tex)
    tex = re.sub(r"\\([A-Za-z]+|.)\s*", lambda m: COMMANDS.get(m[1], ""), tex)
    tex = re.sub(r"\^(\{[^{}]*\}|.)", lambda m: _set(m[1], RAISED, "^"), tex)
    tex = re.sub(r"_(\{[^{}]*\}|.)", lambda m: _set(m[1], LOWERED, "_"), tex)
    return tex.replace("{", "").replace("}", "").replace("-", "−")


def _set(part: str, letters: dict[str, str], sign: str) -> str:
    """The part in small letters where every one exists; else after its sign."""
    part = part.strip("{}")
    if all(letter in letters for letter in part):
        return "".join(letters[letter] for letter in part)
    return f"{sign}{part}"
