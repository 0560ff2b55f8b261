a: { b, c ? 1, ... }@d: e@{ ... }: if a then b.c or d else !e ? f."g h".${a} && -a < 1 || a >= 2 -> a // b ++ c == d * e / a - b
