let f = { name, shell ? "bash" }: name; in
f { shell = "fish"; }
