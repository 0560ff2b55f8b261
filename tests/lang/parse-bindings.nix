x: rec { b = 1; inherit x; inherit (x) z y; a.c = 2; a.b = 3; ${x} = 4; "q r" = 5; } // let { body = 1; } // (let a = x; inherit (a) u; in with a; assert u; u)
