"""Home Manager in Python: a declared user environment, switched to as one transaction."""

__version__ = "26.11.0"
