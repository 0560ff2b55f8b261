let n = 0; in
100 / n
