"""The nodes that evaluate, one file for each kind of expression; `lowering.lower` makes them from the IR."""
