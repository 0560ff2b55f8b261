{ a = rec { b = 1; }; a.c = b2: b2; a.d.e = 2; a.d.f.g = 3; }
