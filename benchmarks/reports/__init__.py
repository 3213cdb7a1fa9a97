"""How well drafts agree with what people coded from the same reports: MUC-3/4 and the releases of CENTCOM."""
