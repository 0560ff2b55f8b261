# Patterns that can match in many ways, on texts where that does not matter.
[
  (builtins.match "(([a-z]+)-?)*" "ab-cd-e")
  (builtins.match "(([a-z]*)( |))*" "ab cd")
  (builtins.split "(([ab]+)c?)+" "xabcabxcb")
  (builtins.match "((a|ab)(c|bcd)?)*" "abcdab")
  (builtins.split "(a|ab)*" "xaabay")
]
