# A carriage return in a string becomes the end of a line.
[
  "a
bc"
]
