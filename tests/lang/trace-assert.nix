# An assertion of an equality shows the way to the difference, and both sides of it.
assert
  { list = [ 1 { a = "x"; } ]; }
  == {
    list = [ 1 { a = "y"; } ];
  };
true
