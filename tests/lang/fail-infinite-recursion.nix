let
  first = second + 1;
  second = third + 1;
  third = first + 1;
in
first
