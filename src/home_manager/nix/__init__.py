"""The Nix language, in Python.

Text becomes tokens (`lexer`), tokens a tree of what was written (`parser`, `syntax`), that tree forms whose variables are
places in environments (`resolve`, `forms`), forms nodes that evaluate (`build`, `ast`), and nodes that evaluate often Python
(`jit`). `evaluation` is the module to import from: the
`Evaluator`, calls, coercions, comparison and printing. `io` is the only way to the machine.
"""
