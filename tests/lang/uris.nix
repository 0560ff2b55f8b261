# A URI is a string; so is a colon without a blank after it.
[
  http://example.org/a?b=c&d=%20
  x:x
  mailto:alice@example.org
  (x: x) 
  git+ssh://host/~a/b
]
