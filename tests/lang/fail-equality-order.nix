# Both sets are walked along at once: `a` is compared before it shows that `b` and `c` differ.
{ a = throw "compared"; b = 1; } == { a = 1; c = 1; }
