# The file that Nix brings along describes a download, of which the first hash given counts.
let
  fetch = import <nix/fetchurl.nix>;
  given = fetch { url = "https://example.org/a.tar.gz"; sha1 = "0000000000000000000000000000000000000000"; };
  unpacked = fetch { url = "https://example.org/b"; name = "b"; unpack = true; sha256 = "0000000000000000000000000000000000000000000000000000"; };
in
[ given.name given.outputHashAlgo given.outPath unpacked.outputHashMode unpacked.outPath ]
