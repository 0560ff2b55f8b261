"""The nodes that evaluate, one file for each kind of expression; `resolve` makes them from syntax trees."""
