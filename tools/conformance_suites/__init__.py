"""Test suites of other projects, read from checkouts that the user has; nothing of them is kept here."""
