"""Window managers."""
