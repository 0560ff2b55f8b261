# Escapes and interpolation.
let
  x = "X";
in
[
  "plain"
  ""
  "a\nb\tc\rd\\e\"f"
  "\${x} $${x} $x \$x ${x}$"
  "$"
  "$$"
  "\q\$"
  "nested ${"in ${"side ${x}"}"}"
  "two
lines"
  ("a" + "b" + "c")
  "${x}${x}"
  "${"only"}"
  "${{ outPath = "by outPath"; }} ${{ __toString = self: "by ${self.name}"; name = "toString"; }}"
]
