let or = 1; in f: a: [ (f or) (f or a) (f.x or a) (a.or) f or ]
