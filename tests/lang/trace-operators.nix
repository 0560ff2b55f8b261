# Each operator says which of its operands had no value.
let
  no = throw "nothing here";
in
[ 1 ] ++ (if !(no.x + 1 <= 2) -> true && "${no}" == "" then [ ] else [ ])
