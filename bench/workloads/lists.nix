# Chains of genList, map, filter, concatMap, sort, elem, all, any.
let
  inherit (builtins) genList map filter concatMap sort elem all any length elemAt foldl';
  spread = n: n * 7919 - n * 7919 / 10007 * 10007;
  numbers = map spread (genList (n: n) 25000);
  sorted = sort (a: b: a < b) numbers;
  pairs = concatMap (n: [ n { inherit n; double = n * 2; } ]) (filter (n: n / 3 * 3 != n) sorted);
  sets = filter builtins.isAttrs pairs;
  known = genList (n: n * 5) 40;
in
foldl' (sum: each: sum + each.double + (if elem each.n known then 1 else 0)) 0 sets
+ (if all (n: n >= 0) sorted && any (n: n == 10006) sorted then elemAt sorted 17 else length sorted)
