"""Options that modules define and whose own modules are still to be written; the audit keeps the list as short as it can be."""

OWED_SINKS = frozenset({"targets.darwin.defaults"})
