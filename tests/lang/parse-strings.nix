x: [ "a${x}b" ''
  two ${x}
  lines
'' /a/${x}/b /c http://e.f <nixpkgs/lib> "\${q}" 1.50 007 ]
