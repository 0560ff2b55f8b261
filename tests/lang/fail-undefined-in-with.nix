# Only known when it is looked up.
with { alpha = 1; };
alhpa
