builtins.fromTOML ''
  small = 1
  big = 9_300_000_000_000_000_000
''
