"""The store: objects named by a hash, made once and never changed; profiles and locks beside it."""

from home_manager.store.command import Command, Completed
from home_manager.store.faults import machine, os_failure
from home_manager.store.garbage_collection import Collected, Damage, closure, collect, verify
from home_manager.store.hashing import digest
from home_manager.store.home_files import FileSource, HomeFiles
from home_manager.store.lock import Lock
from home_manager.store.mounted import Mounted, SourceTree
from home_manager.store.objects import Progress, Store
from home_manager.store.pins import Pins
from home_manager.store.profile import GenerationEntry, Profile
from home_manager.store.recipes import Copy, Files, Link, LinkFarm, Recipe, Recipes, Text
from home_manager.store.site import Site
from home_manager.store.tree import Filter

__all__ = [
    "Collected",
    "Command",
    "Completed",
    "Copy",
    "Damage",
    "FileSource",
    "Files",
    "Filter",
    "GenerationEntry",
    "HomeFiles",
    "Link",
    "LinkFarm",
    "Lock",
    "Mounted",
    "Pins",
    "Profile",
    "Progress",
    "Recipe",
    "Recipes",
    "Site",
    "SourceTree",
    "Store",
    "Text",
    "closure",
    "collect",
    "digest",
    "machine",
    "os_failure",
    "verify",
]
