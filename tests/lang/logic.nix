# Logic is short: what is not needed is not evaluated.
[
  (true || throw "no")
  (false && throw "no")
  (false -> throw "no")
  (!true == false)
  (!(true && false))
  (true -> false || true)
  (false && true || true)
  (true -> true -> false)
  (if true then "yes" else throw "no")
]
