"""From a syntax tree to nodes: names are resolved (`resolve`), the result is the IR (`ir`), and nodes are built of it (`lower`)."""
