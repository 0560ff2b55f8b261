"""Fixtures for packages: a served archive, a store, and a provider that uses both."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from home_manager.packages.names import Entry
from home_manager.packages.package_lock import Locked
from home_manager.packages.providers import PackageRequest, Progress, Realised, SilentProgress, WantedPackage
from home_manager.packages.providers.debian import Archive, DebianProvider
from home_manager.packages.providers.debian.archive_client import Fetcher
from home_manager.store import Store, digest


def _load() -> ModuleType:
    """The neighbouring module; tests are imported by path, so it has no package to be found in."""
    name = "packages_archive_server"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name("archive_server.py"))
        assert spec is not None and spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    return sys.modules[name]


@pytest.fixture(scope="session")
def archives() -> ModuleType:
    return _load()


@pytest.fixture
def world(tmp_path: Path, archives: ModuleType) -> Iterator[SimpleNamespace]:
    """`release` (fill and publish it), `url`, `store`, `provider(...)`, `request(name)`."""
    release = archives.new_release()
    with archives.served(release) as url:
        store = Store(str(tmp_path / "store"), durable=False)

        def provider(names: dict[str, Entry] | None = None, address: str = url) -> DebianProvider:
            return DebianProvider(
                store,
                str(tmp_path / "cache"),
                Archive(address, release.suite, "amd64", "the test"),
                keys=release.certificate,
                names=names or {},
                fetcher=Fetcher(attempts=2, connect_seconds=2.0),
            )

        def request(text: str, **more: object) -> PackageRequest:
            return PackageRequest(tuple(text.split(".")), **more)  # type: ignore[arg-type]

        def path(request: PackageRequest) -> str:
            return f"{store.root}/{digest('test', request.key)}-{request.text}"

        def realise(
            provider: DebianProvider, requests: Sequence[PackageRequest], progress: Progress | None = None
        ) -> list[Realised]:
            """Locks and makes packages, as a first switch does; `Lacking` entries are left out."""
            shown = progress or SilentProgress()
            entries = zip(requests, provider.lock(requests, shown), strict=True)
            wanted = [WantedPackage(each, entry, path(each)) for each, entry in entries if isinstance(entry, Locked)]
            return provider.realise(wanted, shown)

        yield SimpleNamespace(
            release=release,
            url=url,
            store=store,
            provider=provider,
            request=request,
            path=path,
            realise=realise,
            tmp_path=tmp_path,
            archives=archives,
        )
        store.close()


@pytest.fixture
def entry() -> Callable[..., Entry]:
    def make(attribute: str, debian: str = "", main: str = "", renames: dict[str, str] | None = None) -> Entry:
        return Entry(
            attribute, attribute, main or attribute, tuple(debian.split()), tuple((renames or {}).items()), False
        )

    return make
