# `<` and its relatives, for every kind of value that has an order.
{
  numbers = [ (1 < 2) (2 < 1) (1 <= 1) (2 > 1.5) (1.0 >= 1) ];
  strings = [ ("a" < "b") ("a" < "B") ("" < "a") ("abc" < "abd") ("é" > "z") ];
  paths = [ (/a < /b) (/a/b < /a) ];
  lists = [ ([ 1 2 ] < [ 1 3 ]) ([ 1 ] < [ 1 0 ]) ([ ] < [ ]) ([ 2 ] < [ 1 9 ]) ([ "a" [ 1 ] ] < [ "a" [ 2 ] ]) ];
  lazily = [ 1 (throw "not looked at") ] < [ 2 (throw "nor this") ];
}
