"""The test harness: `.case` files, what a configuration produces, and programs that read their own files."""
