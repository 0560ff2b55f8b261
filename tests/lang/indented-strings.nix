# The indentation that all lines share goes; blank lines do not count, the last one may be shorter.
let
  x = "X";
in
[
  ''one line''
  ''
    two
    lines
  ''
  ''
    first
      deeper
   least
  ''

  ''
    ends in a word''
  ''   spaces stay on the first line if nothing follows''
  ''

    blank lines

      count for nothing

  ''
  ''
    ${x} at the start
      and ${x} within
  ''
  ''${x}
    after
  ''
  ''
    '''quotes''' and ''${x} and $${x} and ''\n and ''\${x} and ''\x
  ''
  ''
      ''\tescape ends the indentation
    less
  ''
  ''$''
  ''''$''
  ''a''\
b''
  ''''
  ''   ''
  ''
  ''
  ''	tab
  	tab''
  ''
    $'' + "'"
]
