builtins.tryEval ({ } + throw "never")
