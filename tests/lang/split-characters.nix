# Strings are bytes: a character that was cut in two is whole again where its halves meet.
let
  first = builtins.substring 0 1 "é";
  second = builtins.substring 1 1 "é";
in
[
  (first + second == "é")
  ("${first}${second}" == "é")
  (builtins.concatStringsSep first [ "" second ] == "é")
  (let a = first; b = second; in a + b == "é")
  (builtins.replaceStrings [ first ] [ "" ] "é" == second)
  (first < "é")
  (builtins.stringLength (first + second))
]
