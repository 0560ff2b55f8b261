"""Commands that run at once in one home: switches, rollbacks, the removal of generations, the collection of garbage."""

from __future__ import annotations

import os
import random
import traceback
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from disaster import Tally, texts_of_the_user
from homes import Home, Real
from killing import in_child

from home_manager.activation import System, recover
from home_manager.activation.facts import links_of
from home_manager.diagnostics import Failure
from home_manager.home.collect_garbage import collect_garbage, remove_generations
from home_manager.manifest import load
from home_manager.store import Lock, Store, verify

ALLOWED = {"home-locked", "store-busy", "generation-missing", "generation-current"}
"""What a command may say that came too late."""

AT_ONCE = 4


def variant(number: int) -> dict[str, str | Real]:
    """The files of one of four configurations; each wants something of the user's."""
    return {
        **{f"d/{n}": f"{number} {n}" for n in range(6)},
        f"own/{number}": f"{number}",
        f"mine/{number}": Real(f"ours {number}", "copy" if number % 2 else "link", more={"force": True}),
        "mine/same": "<mine same>",
        "merged.json": Real(f'{{"k{number}": {number}}}', "merge"),
    }


def begin(top: Path) -> Home:
    home = Home(top)
    for n in range(4):
        home.put(f"mine/{n}", f"<mine {n}>")
    home.put("mine/same", "<mine same>")
    home.put("merged.json", '{"theirs": "<mine merged>"}')
    switch(home, 0)
    return home


def switch(home: Home, number: int) -> None:
    """Builds and activates as the command does: the home is locked, and the store kept from collecting."""
    with Lock(home.layout.lock, "switch") as lock, Store(home.layout.store, durable=False) as store, store.hold():
        manifest, path = home.generation(variant(number))
        activate(home, (manifest, path), lock)


def activate(home: Home, generation: tuple[object, str], lock: Lock, number: int | None = None) -> None:
    from home_manager.activation import Options
    from home_manager.activation import activate as carry_out

    manifest, path = generation
    options = Options(skip_sanity_checks=True, number=number)
    carry_out(manifest, path, layout=home.layout, options=options, system=System(durable=False), lock=lock)  # type: ignore[arg-type]


def back(home: Home, chance: random.Random) -> None:
    with Lock(home.layout.lock, "rollback") as lock, Store(home.layout.store, durable=False) as store, store.hold():
        entry = chance.choice(home.profile.generations())
        manifest = load(Path(entry.path, "manifest.json").read_bytes())
        activate(home, (manifest, entry.path), lock, entry.number)


def expire(home: Home, chance: random.Random) -> None:
    keep = chance.randint(1, 3)
    remove_generations(home.layout, lambda entries: [e.number for e in entries[:-keep]], command="expire")


def commands(home: Home, chance: random.Random) -> list[tuple[str, Callable[[], object]]]:
    """A few commands, at random."""
    every: list[tuple[str, Callable[[], object]]] = []
    for _ in range(AT_ONCE):
        number, own = chance.randrange(4), random.Random(chance.random())
        every.append(
            chance.choice(
                [
                    ("switch", lambda number=number: switch(home, number)),
                    ("switch", lambda number=number: switch(home, number)),
                    ("rollback", lambda own=own: back(home, own)),
                    ("expire", lambda own=own: expire(home, own)),
                    ("gc", lambda: collect_garbage(home.layout)),
                ]
            )
        )
    return every


def carry_out(work: Callable[[], object], report: str) -> None:
    """In a process of its own: what a command says that it may not say is left in a file."""
    try:
        work()
    except Failure as failed:
        if failed.diagnostic.code not in ALLOWED:
            Path(report).write_text(f"{failed.diagnostic.code}: {failed.diagnostic.message} {failed.diagnostic.notes}")
    except BaseException:
        Path(report).write_text(traceback.format_exc())


def wrong_in(home: Home, texts: frozenset[str]) -> list[str]:
    """What is not as it has to be when nobody is at work."""
    wrong = []
    system = System(durable=False)
    if recover(home.layout, system=system) is not None:
        wrong.append("something was left to recover")
    current = home.profile.current
    if current is None:
        return [*wrong, "there is no current generation"]
    for entry in home.profile.generations():
        if not os.path.isfile(f"{entry.path}/manifest.json"):
            wrong.append(f"generation {entry.number} is not in the store")
    with Store(home.layout.store, durable=False) as store:
        wrong += [f"{damage.path} is {damage.kind}" for damage in verify(store)]
    for target, text in links_of(system, current.path).items():
        if system.link_text(f"{home.path}/{target}") != text or not os.path.exists(f"{home.path}/{target}"):
            wrong.append(f"{target} is not as generation {current.number} has it")
    lost = texts - texts_of_the_user(home)
    return [*wrong, *(f"lost {text}" for text in sorted(lost))]


def at_once(top: Path, rounds: int, seed: int = 0) -> Tally:
    """Rounds of commands that run at once; after each, everything is as one of them after the other leaves it."""
    tally, chance = Tally("commands at once"), random.Random(seed)
    home = begin(top)
    texts = texts_of_the_user(home)
    for number in range(rounds):
        chosen = commands(home, chance)
        reports = [f"{top}/report-{each}" for each in range(len(chosen))]
        children = [
            in_child(lambda work=work, report=report: carry_out(work, report))  # type: ignore[misc]
            for (_, work), report in zip(chosen, reports, strict=True)
        ]
        for child in children:
            os.waitpid(child, 0)
        names = ", ".join(name for name, _ in chosen)
        wrong = [f"round {number} ({names}): {each}" for each in wrong_in(home, texts)]
        for report in reports:
            if os.path.exists(report):
                wrong.append(f"round {number} ({names}): {Path(report).read_text()}")
                os.unlink(report)
        lost = sum(": lost " in each for each in wrong)
        tally = replace(
            tally, points=tally.points + 1, whole=tally.whole + 1, lost=tally.lost + lost, wrong=(*tally.wrong, *wrong)
        )
    return tally
