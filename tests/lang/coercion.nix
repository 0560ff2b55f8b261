# `toString` converts more than interpolation does.
[
  (toString 1)
  (toString 1.5)
  (toString (-0.25))
  (toString true)
  (toString false)
  (toString null)
  (toString [ 1 [ 2 [ ] 3 ] "a" null true ])
  (toString [ ])
  (toString /a/b)
  (toString { outPath = { outPath = "deep"; }; })
  (toString { __toString = self: 5; outPath = "unused"; })
  ("" + { outPath = "left"; })
]
