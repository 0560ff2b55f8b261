"""`lib.systems`: names of platforms, what they consist of, and what follows from that."""
