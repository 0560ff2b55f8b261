assert { a = 1; } == { a = "1"; };
true
