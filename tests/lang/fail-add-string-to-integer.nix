# The operand at fault is marked.
1 + "a"
