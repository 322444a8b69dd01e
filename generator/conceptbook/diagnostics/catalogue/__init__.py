"""Every rule, in groups: CB1 files, CB2 fields, CB3 references, CB4 prose, CB5 witnesses,
CB6 evidence, CB7 audit, CB8 imports. A code keeps its meaning for ever; a retired code is not used
again."""

from ..diagnostic import Rule
from . import audit, changes, evidence, fields, files, imports, prose, references, witnesses

RULES: dict[str, Rule] = {
    rule.code: rule
    for group in (files, fields, references, prose, witnesses, evidence, audit, changes, imports)
    for rule in vars(group).values()
    if isinstance(rule, Rule)
}
