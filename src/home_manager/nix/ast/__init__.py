"""The nodes that evaluate, one file for each kind of expression; `build` makes them from forms."""
