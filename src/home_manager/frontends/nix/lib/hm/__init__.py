"""`lib.hm`: what home-manager adds to the library, one module a topic."""
