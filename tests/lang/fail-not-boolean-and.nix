let n = null; in
true && n
