"""From text to a syntax tree: tokens (`lexer`), the parser with its parts, the tree (`ast`), and the tree as text (`unparse`)."""
