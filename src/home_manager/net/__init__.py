"""The network: the one HTTP client, for flakes, fetchers and providers of packages."""
