"""Configurations: from a request (a file, or a flake's home) to option values, and from these to a manifest."""
