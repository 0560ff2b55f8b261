"""Configurations in flakes: the home that is chosen, `homeManagerConfiguration`, and the inputs that this program brings itself."""
