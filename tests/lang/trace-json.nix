builtins.toJSON {
  good = 1;
  list = [
    true
    { text = { __toString = self: 1; }; }
  ];
}
