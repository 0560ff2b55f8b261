"""The Nix language, in Python.

Text becomes tokens (`lexer`), tokens a tree of what was written (`parser`, `syntax`), that tree nodes whose variables
are places in environments (`resolve`), and those are evaluated (`ast`). `evaluation` is the module to import from: the
`Evaluator`, calls, coercions, comparison and printing. `io` is the only way to the machine.
"""
