# `<nix/fetchurl.nix>`: a file from the network, as a derivation that Nix itself carries out.
{
  url,
  name ? baseNameOf (toString url),
  system ? "",
  hash ? "",
  sha512 ? "",
  sha256 ? "",
  sha1 ? "",
  md5 ? "",
  outputHash ? null,
  outputHashAlgo ? null,
  executable ? false,
  unpack ? false,
  impure ? false,
}:

let
  # The first hash that was given, with its algorithm; `sha256` if there is none.
  known =
    candidates:
    if candidates == [ ] then
      {
        value = sha256;
        algorithm = "sha256";
      }
    else if builtins.elemAt (builtins.head candidates) 0 != "" then
      {
        value = builtins.elemAt (builtins.head candidates) 0;
        algorithm = builtins.elemAt (builtins.head candidates) 1;
      }
    else
      known (builtins.tail candidates);

  given = known [
    [ hash "" ]
    [ sha512 "sha512" ]
    [ sha1 "sha1" ]
    [ md5 "md5" ]
  ];

  content =
    if impure then
      { __impure = true; }
    else
      {
        outputHash = if outputHash == null then given.value else outputHash;
        outputHashAlgo = if outputHashAlgo == null then given.algorithm else outputHashAlgo;
      };
in

derivation (
  content
  // {
    inherit name url executable unpack;
    urls = [ url ];
    builder = "builtin:fetchurl";
    system = "builtin";
    outputHashMode = if executable || unpack then "recursive" else "flat";
    preferLocalBuild = true;
    impureEnvVars = map (kind: "${kind}_proxy") [ "http" "https" "ftp" "all" "no" ];
  }
)
