"""Flakes: references, fetchers, the lock file, and calling `outputs` with the inputs.

`fetchers.Fetchers` brings trees and keeps them in a cache by content; `locking.lock` computes what each input is;
`outputs.Flakes` makes values of them. What nixpkgs and home-manager are is decided above: see `replaced`.
"""
