"""Generated programs: ours against a real Nix, and anything at all against the parser."""
