# Names and paths of names, and sets that are written in pieces.
{
  a = 1;
  "b c" = 2;
  "if" = 3;
  or = 4;
  d' = 5;
  e-f = 6;
  "" = 7;
  "1" = 8;
  "x\ny" = 9;
  nested.one.two = 10;
  nested.one.three = 11;
  nested = { four = 12; };
  nested."five.six" = 13;
  whole = { x = 1; };
  whole.y = { z = 2; };
  whole.y.w = 3;
}
