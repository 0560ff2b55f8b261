"""Errors of the option engine: their diagnostics, what they are about, and how all of a configuration's are found at once."""
