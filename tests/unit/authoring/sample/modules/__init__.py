"""A small set of modules, for the tests of the module language."""
