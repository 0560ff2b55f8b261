let s = { colour = 1; color-scheme = 2; }; in
s.color
