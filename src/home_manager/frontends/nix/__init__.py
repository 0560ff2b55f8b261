"""Configurations written in Nix."""
