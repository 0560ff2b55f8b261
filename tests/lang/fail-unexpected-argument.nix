let f = { name, shell ? "bash" }: name; in
f { name = "x"; shel = "fish"; }
