"""Homes: everything that acts on one, from a preview and a switch to collecting garbage, restoring files and uninstalling."""
