"""What `tools/new` is made of: a file for each kind of thing that a contributor adds."""
