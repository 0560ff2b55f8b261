"""Modules written as classes of parts: what they declare, and what they define."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from home_manager.authoring import Options, Removed, Renamed, option, t
from home_manager.authoring.catalogue import Catalogue, order_of, scan
from home_manager.authoring.index import IndexedPackage
from home_manager.authoring.module_entry import level_of, position_of
from home_manager.authoring.reading import PackagesView, seen
from home_manager.diagnostics import Failure
from home_manager.options import Evaluation, ModuleSpec, Option, Shared, evaluate
from home_manager.options.documentation import document
from home_manager.options.frontend import PythonFrontend
from home_manager.values import Attrs, Value
from home_manager.values.lazy import Delayed
from unit.options.build import mistakes

SAMPLE = "unit.authoring.sample.modules"


class Packages(Attrs):
    """A package, or a set of them, that turns into its path."""

    def __str__(self) -> str:
        return str(self["outPath"])


def package(name: str) -> Packages:
    return Packages({"type": "derivation", "name": name, "outPath": f"/nix/store/{'a' * 32}-{name}"})


def packages(*, darwin: bool = False) -> Attrs:
    host = Attrs({"isLinux": not darwin, "isDarwin": darwin})
    return Attrs({"bat": package("bat"), "ticker": package("ticker"), "stdenv": Attrs({"hostPlatform": host})})


@pytest.fixture(params=["scanned", "from its index"])
def catalogue(request: pytest.FixtureRequest, tmp_path: Path) -> Catalogue:
    scanned = scan(SAMPLE)
    return scanned if request.param == "scanned" else reread(scanned, tmp_path)


def reread(scanned: Catalogue, folder: Path) -> Catalogue:
    """The catalogue that a trusted index of it gives."""
    index = IndexedPackage(SAMPLE, str(Path(__file__).parent), {}, str(folder / "index"))
    index.write(scanned, None)
    return index.catalogue()


def configured(catalogue: Catalogue, config: dict[str, Any], *, darwin: bool = False) -> Evaluation:
    return evaluate(
        [ModuleSpec("home.nix", "home.nix", config=config)], {"pkgs": packages(darwin=darwin)}, catalogue=catalogue
    )


def value(evaluation: Evaluation, path: str) -> Any:
    return seen(evaluation.value(path))


def bat(**settings: Value) -> dict[str, Any]:
    return {"programs": {"bat": {"enable": True, **settings}}}


def files(evaluation: Evaluation) -> dict[str, str]:
    return {name: file["source"] for name, file in value(evaluation, "home.file").items()}


def test_modules_stand_where_the_original_has_their_files() -> None:
    positions = ["programs/bat.nix", "services/x.nix", "misc/xdg/mime.nix", "manual.nix", "nixos/assertions.nix"]
    in_order = ["manual.nix", "misc/xdg/mime.nix", "nixos/assertions.nix", "services/x.nix", "programs/bat.nix"]
    assert sorted(positions, key=order_of) == in_order
    levels = {"manual.nix": 0, "misc/xdg/default.nix": 0, "misc/xdg/mime.nix": 1, "programs/bat.nix": 0}
    assert {position: level_of(position) for position in levels} == levels
    assert position_of("home_manager.modules.programs.git_cliff") == "programs/git-cliff.nix"


def test_later_modules_define_first(catalogue: Catalogue) -> None:
    config = bat()
    config["services"] = {"ticker": {"enable": True}}
    names = [each["name"] for each in value(configured(catalogue, config), "home.packages")]
    assert names == ["bat", "ticker"]


def test_nothing_is_defined_where_nothing_is_named(catalogue: Catalogue) -> None:
    evaluation = configured(catalogue, {})
    assert value(evaluation, "home.packages") == []
    assert files(evaluation) == {}
    assert value(evaluation, "home.sessionVariables") == {}
    assert value(evaluation, "programs.bat.enable") is False


def test_a_program_that_is_not_enabled_defines_nothing(catalogue: Catalogue) -> None:
    evaluation = configured(catalogue, {"programs": {"bat": {"config": {"theme": "bad"}}}})
    assert value(evaluation, "home.packages") == []
    assert files(evaluation) == {}
    assert value(evaluation, "assertions") == []


def test_only_what_is_named_is_loaded(catalogue: Catalogue, tmp_path: Path) -> None:
    fresh = reread(catalogue, tmp_path)
    evaluation = configured(fresh, bat())
    value(evaluation, "home.packages")
    value(evaluation, "home.file")
    loaded = {entry.module.removeprefix(f"{SAMPLE}.") for entry in fresh.entries if entry.classes_ is not None}
    assert loaded == {"core.home", "programs.bat"}


def test_a_package_is_installed_unless_it_is_null(catalogue: Catalogue) -> None:
    assert [str(each) for each in value(configured(catalogue, bat()), "home.packages")] == [str(package("bat"))]
    assert value(configured(catalogue, bat(package=None)), "home.packages") == []


def test_settings_are_written_unless_they_are_empty(catalogue: Catalogue) -> None:
    assert "bat/settings.toml" not in value(configured(catalogue, bat()), "xdg.configFile")
    evaluation = configured(catalogue, bat(settings={"b": [1]}))
    file = value(evaluation, "xdg.configFile")["bat/settings.toml"]
    assert file.text == "b = [1]\n" and file.onChange == "bat cache"
    assert files(evaluation) == {".config/bat/settings.toml": "/text/b = [1]\n"}


def test_bodies_yield_definitions_and_read_submodules(catalogue: Catalogue) -> None:
    themes = {"one": {"path": "/1"}, "two": {"path": "/2"}}
    assert files(configured(catalogue, bat(themes=themes, config={"theme": "x"}))) == {
        ".config/bat/config": "/text/--theme=x\n",
        ".config/bat/themes/one.tmTheme": "/1",
        ".config/bat/themes/two.tmTheme": "/2",
    }


def test_contents_of_files_are_not_computed_for_their_names(catalogue: Catalogue) -> None:
    evaluation = configured(catalogue, bat(settings={"b": 1}, config={"theme": 12}))
    assert set(evaluation.value("xdg.configFile")) == {"bat/settings.toml", "bat/config"}  # type: ignore[call-overload]


def test_shells_run_what_a_program_gives_them(catalogue: Catalogue) -> None:
    config = bat()
    config["programs"] |= {"bash": {"enable": True}, "zsh": {"enable": True}}
    evaluation = configured(catalogue, config)
    assert value(evaluation, "programs.bash.initExtra") == "eval bat"
    assert value(evaluation, "programs.zsh.initContent") == f"begin\neval {package('bat')}\nHISTSIZE=10"
    config["home"] = {"shell": {"enableShellIntegration": False}}
    assert value(configured(catalogue, config), "programs.bash.initExtra") == ""


def test_variables_are_left_out_where_they_are_null(catalogue: Catalogue) -> None:
    assert value(configured(catalogue, bat()), "home.sessionVariables") == {"PAGER": "bat"}
    evaluation = configured(catalogue, bat(config={"theme": "x"}))
    assert value(evaluation, "home.sessionVariables") == {"PAGER": "bat", "BAT_THEME": "x"}


def test_checks_and_warnings(catalogue: Catalogue) -> None:
    evaluation = configured(catalogue, bat(config={"theme": "bad", "plain": True}))
    assert value(evaluation, "assertions") == [{"assertion": False, "message": "this theme is bad"}]
    assert value(evaluation, "warnings") == ["plain is plain"]


def test_an_old_name_forwards_and_warns(catalogue: Catalogue) -> None:
    evaluation = configured(catalogue, bat(conf={"theme": "x"}, fontSize=12))
    assert mistakes(evaluation) == []
    assert value(evaluation, "programs.bat.config") == {"theme": "x"}
    assert value(evaluation, "programs.bat.conf") == {"theme": "x"}
    assert value(evaluation, "programs.bat.settings") == {"font": {"size": 12}}
    assert value(evaluation, "warnings") == [
        "The option `programs.bat.conf' defined in `home.nix' has been renamed to `programs.bat.config'.",
        "The option `programs.bat.fontSize' defined in `home.nix' has been renamed to"
        " `programs.bat.settings.font.size'.",
    ]


def test_an_old_name_may_have_another_type(catalogue: Catalogue) -> None:
    evaluation = configured(catalogue, bat(theme="dark"))
    assert value(evaluation, "programs.bat.config") == {"theme": "dark"}
    (warning,) = value(evaluation, "warnings")
    assert warning.startswith("The option `programs.bat.theme' defined in `home.nix' has been changed to")


def test_an_old_name_may_stand_in_another_module(catalogue: Catalogue) -> None:
    evaluation = configured(catalogue, {"programs": {"cat": {"enable": True}}})
    assert mistakes(evaluation) == []
    assert len(value(evaluation, "home.packages")) == 1


def test_a_mistake_under_an_old_name_is_told_with_the_new_one(catalogue: Catalogue) -> None:
    (problem,) = mistakes(configured(catalogue, bat(conf=3)))
    assert problem.message.startswith("`programs.bat.config` must be of type")


def test_an_option_that_is_gone_says_what_to_do(catalogue: Catalogue) -> None:
    evaluation = configured(catalogue, bat(gone=1))
    (failed,) = value(evaluation, "assertions")
    assert failed["message"] == (
        "The option definition `programs.bat.gone' in `home.nix' no longer has any effect; please remove it.\n"
        "Use `config` instead.\n"
    )
    with pytest.raises(Failure) as caught:
        evaluation.value("programs.bat.gone")
    assert caught.value.diagnostic.code == "option-removed"


def test_a_program_may_enable_another(catalogue: Catalogue) -> None:
    evaluation = configured(catalogue, {"programs": {"shells": {"enable": True}, "bash": {"initExtra": "x"}}})
    assert files(evaluation) == {".bashrc": "/text/x"}
    evaluation = configured(catalogue, {"programs": {"shells": {"enable": True}}})
    assert value(evaluation, "programs.bash.enable") is True


def test_extra_text_goes_into_its_file(catalogue: Catalogue) -> None:
    evaluation = configured(catalogue, {"programs": {"bash": {"enable": True, "profileExtra": "x"}}})
    assert files(evaluation) == {".profile": "/text/x"}


def test_submodules_of_others_are_extended(catalogue: Catalogue) -> None:
    accounts = {"a": {"mail-tool": {"enable": True}}, "b": {"address": "b@example.org"}}
    config = {"accounts": {"email": {"accounts": accounts}}, "programs": {"mail-tool": {"enable": True}}}
    evaluation = configured(catalogue, config)
    assert mistakes(evaluation) == []
    found = value(evaluation, "accounts.email.accounts")
    assert found["a"].address == "someone@example.org" and found["b"].address == "b@example.org"
    assert found["b"]["mail-tool"].alias == "b!"
    assert value(evaluation, "home.sessionVariables") == {"MAIL": "a"}


def test_one_description_makes_a_unit_and_an_agent(catalogue: Catalogue) -> None:
    config = {"services": {"ticker": {"enable": True, "arguments": ["a b", "50%"]}}}
    evaluation = configured(catalogue, config)
    assert value(evaluation, "systemd.user.services") == {
        "ticker": {
            "Unit": {"Description": "Ticker", "After": ["network.target"]},
            "Service": {
                "ExecStart": f'{package("ticker")}/bin/ticker "a b" "50%%"',
                "Restart": "always",
                "Environment": ["A=1"],
                "RestartSec": 3,
            },
            "Install": {"WantedBy": ["default.target"]},
        }
    }
    assert value(evaluation, "systemd.user.timers") == {
        "ticker": {
            "Unit": {"Description": "Tick"},
            "Timer": {"OnCalendar": "daily"},
            "Install": {"WantedBy": ["timers.target"]},
        }
    }
    assert value(evaluation, "launchd.agents") == {}
    agent = value(configured(catalogue, config, darwin=True), "launchd.agents")["ticker"]
    assert agent == {
        "enable": True,
        "config": {
            "ProgramArguments": [f"{package('ticker')}/bin/ticker", "a b", "50%"],
            "EnvironmentVariables": {"A": 1},
            "KeepAlive": True,
        },
    }


def test_a_service_says_where_it_runs(catalogue: Catalogue) -> None:
    config = {"services": {"linux-only": {"enable": True}, "ticker": {"enable": True}}}
    assert value(configured(catalogue, config), "assertions") == []
    (failed,) = value(configured(catalogue, config, darwin=True), "assertions")
    assert "services.linux-only" in failed["message"] and failed["assertion"] is False


def test_the_documentation_needs_no_configuration(catalogue: Catalogue) -> None:
    docs = {doc.name: doc for doc in document(catalogue)}
    assert docs["programs.bat.enable"].description == "Whether to enable bat, a cat clone with wings."
    assert docs["programs.bat.package"].default == "pkgs.bat"
    assert docs["programs.bat.package"].type == "null or package"
    assert docs["programs.bat.config"].example == '{\n  theme = "TwoDark";\n}'
    assert docs["programs.bat.themes.<name>.path"].default is None
    assert docs["home.file.<name>.target"].default == "name"
    assert docs["programs.zsh.history.size"].declared_in == ("unit/authoring/sample/modules/programs/zsh/history.py",)
    assert docs["accounts.email.accounts.<name>.mail-tool.alias"].type == "string"
    assert docs["programs.bat.conf"].visible is False


def test_a_mistyped_name_is_found_in_modules_that_are_not_loaded(catalogue: Catalogue) -> None:
    (problem,) = mistakes(configured(catalogue, {"programs": {"bat": {"enabel": True}}}))
    assert problem.code == "unknown-option"
    assert "`programs.bat.enable`" in problem.hints[0]
    (problem,) = mistakes(configured(catalogue, {"programs": {"initContent": ""}}))
    assert problem.hints == ("did you mean `programs.zsh.initContent`?",)


def test_options_of_submodules_may_be_renamed() -> None:
    class Site(Options):
        port = option(t.port, default=80)
        old = Renamed("listen", "port")
        gone = Removed("speed", "It is fast now.")

    told: list[str] = []

    class Telling(PythonFrontend):
        def warn(self, text: str) -> None:
            told.append(text)

    shared = Shared(Telling())
    tree = {"sites": Option(t.attrs_of(t.submodule(Site)))}
    config = Attrs({"sites": Attrs({"a": Attrs({"listen": 8080}), "b": Attrs({"port": 1}), "c": Attrs({"speed": 3})})})
    evaluation = evaluate([ModuleSpec("home.nix", "home.nix", options=tree, config=config)], shared=shared)
    assert [value(evaluation, f"sites.{name}.port") for name in "abc"] == [8080, 1, 80]
    assert len(told) == 1 and "`sites.a.listen'" in told[0] and "`sites.a.port'" in told[0]
    assert value(evaluation, "sites.a.listen") == 8080
    assert [each.code for each in mistakes(evaluation)] == ["option-removed"]


def test_an_alias_is_documented_with_the_type_of_its_option() -> None:
    class Site(Options):
        port = option(t.port, default=80)
        listen = Renamed("listen", "port", visible=True)

    documented = {each.name: each.type for each in document({"sites": Option(t.submodule(Site))})}
    assert documented["sites.listen"] == documented["sites.port"]


def test_names_of_the_framework_are_reserved() -> None:
    with pytest.raises(Failure) as caught:
        type("Site", (Options,), {"_file": None, "__module__": "somebody"})
    assert caught.value.diagnostic.code == "reserved-name"


def test_classes_with_several_bases_are_one_module() -> None:
    entries = scan(SAMPLE).entries
    assert all(len(entry.classes()[0]) == len(set(entry.classes()[0])) for entry in entries)


def test_modules_of_files_can_be_left_out(catalogue: Catalogue) -> None:
    spec = ModuleSpec("home.nix", "home.nix", disabled=["programs/bat.nix"])
    evaluation = evaluate([spec], {"pkgs": packages(), "modulesPath": "/modules"}, catalogue=catalogue)
    assert evaluation.find(("programs", "bat")) is None
    assert configured(catalogue, {}).find(("programs", "bat")) is not None
    own = ModuleSpec("own", "own", options={"programs": {"bat": {"enable": Option(t.int, 3)}}})
    replaced = evaluate([spec, own], {"pkgs": packages(), "modulesPath": "/modules"}, catalogue=catalogue)
    assert value(replaced, "programs.bat.enable") == 3


def test_a_package_that_is_a_plain_set_is_its_path_in_texts() -> None:
    plain = {"type": "derivation", "name": "bat", "outPath": "/nix/store/changed-bat", "version": "1"}
    found = PackagesView(Attrs({"sets": Attrs({"bat": Delayed(lambda: plain)})}))["sets"]["bat"]
    assert found and f"{found}" == "/nix/store/changed-bat"
    assert sorted(found) == ["name", "outPath", "type", "version"]
    assert f"{found}" == "/nix/store/changed-bat"
