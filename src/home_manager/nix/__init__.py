"""The Nix language, in Python.

A file becomes tokens and a syntax tree (`syntax`), IR in which variables are slots of environments (`lowering`), nodes that
evaluate (`nodes`), and Python functions where evaluation comes often (`jit`). `evaluation` is the module to import from: the
`Evaluator`, and the operations on values. `io` is the only way to the machine. README.md here follows one expression through
all of it.
"""
