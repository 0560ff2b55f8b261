"""Derivations: the paths that Nix gives them (2.34), and what is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from home_manager.nix.builtins.derivation import Derivation

Show = Callable[..., str]

PLAIN = "derivation { name = ''n''; builder = ''b''; system = ''s''; }"
EMPTY = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="


def test_text_form() -> None:
    derivation = Derivation(
        name="x",
        outputs={"out": "/nix/store/o", "dev": "/nix/store/d"},
        input_drvs={"/nix/store/i.drv": frozenset({"out", "dev"})},
        input_srcs=frozenset({"/nix/store/s"}),
        system="s",
        builder="b",
        args=('a"\\', "\n\t"),
        env={"z": "1", "a": "2"},
    )
    assert derivation.text().decode() == (
        'Derive([("dev","/nix/store/d","",""),("out","/nix/store/o","","")],'
        '[("/nix/store/i.drv",["dev","out"])],["/nix/store/s"],"s","b",["a\\"\\\\","\\n\\t"],'
        '[("a","2"),("z","1")])'
    )


@pytest.mark.parametrize(
    ("expression", "shown"),
    [
        (
            "let d = derivation { name = ''n''; builder = ''b''; system = ''s''; }; in [ d.outPath d.drvPath ]",
            '[ "/nix/store/8qwygm88qsiwpdycf5hhk51zjbh3kgaa-n" "/nix/store/wr1i7p014rsirg48bgmkclzgi393aj0p-n.drv" ]',
        ),
        (
            "let d = derivation { name = ''n''; builder = ''b''; system = ''s''; outputs = [ ''out'' "
            "''dev'' ]; args = [ ''-c'' 1 null true [ 1 2 ] ]; A = true; B = [ ''x'' 1 ]; C = null; }; in [ "
            "d.outPath d.dev.outPath d.drvPath ]",
            '[ "/nix/store/qwllf2373nn34bbb6rk2abf6hwvisnv3-n" '
            '"/nix/store/pj72y6a2cwlb9h7452j1j5s0w3zvlsng-n-dev" '
            '"/nix/store/ipqirpjkhfmkw7sv0hkjcq454jj8yifm-n.drv" ]',
        ),
        (
            "let a = derivation { name = ''a''; builder = ''b''; system = ''s''; outputs = [ ''out'' "
            "''lib'' ]; }; b = derivation { name = ''b''; builder = ''${a.lib}/x''; system = ''s''; dep = "
            "a; file = __toFile ''f'' ''t''; }; in [ b.outPath b.drvPath ]",
            '[ "/nix/store/04h4kspvj1n2nzylkr9fhc1fhi7hph4j-b" "/nix/store/mb0k91fy83609wpfcw9i2id4w2myrw0a-b.drv" ]',
        ),
        (
            "let f = derivation { name = ''f''; builder = ''b''; system = ''s''; outputHash = "
            "''sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=''; outputHashMode = ''recursive''; }; g "
            "= derivation { name = ''g''; builder = ''${f}''; system = ''s''; }; in [ f.outPath f.drvPath "
            "g.outPath g.drvPath ]",
            '[ "/nix/store/f66gffbbljx7hpk8xw2f4ylk355g52as-f" '
            '"/nix/store/pb6cs51bci1j7p26pam1qwcxb3xhq4np-f.drv" '
            '"/nix/store/49drl9lf4m2x43bg64skkni77dgsn9vs-g" '
            '"/nix/store/m2wmy4l72i3a1sxig00jz2d02qxiqzwl-g.drv" ]',
        ),
        (
            "let f = derivation { name = ''f''; builder = ''b''; system = ''s''; outputHash = "
            "''d41d8cd98f00b204e9800998ecf8427e''; outputHashAlgo = ''md5''; }; in [ f.outPath f.drvPath ]",
            '[ "/nix/store/0kj4nzh3l6z4z918280lpf2qy0dgva8d-f" "/nix/store/nkl1a4nsmziir1mqjibafcyfhfhg95hk-f.drv" ]',
        ),
        (
            "let s = derivation { name = ''s''; builder = ''b''; system = ''s''; __structuredAttrs = true; "
            "outputs = [ ''out'' ''doc'' ]; list = [ 1 2.5 ''x'' null ]; set = { a.b = true; }; args = [ "
            "''x'' ]; }; in [ s.outPath s.doc.outPath s.drvPath ]",
            '[ "/nix/store/ijsh7y1s930r5g9gq8ixwcgysmz1fdq0-s" '
            '"/nix/store/bzkjrr1i54jzq9ibxy7cbzsdkm6sjszb-s-doc" '
            '"/nix/store/v1v3d4mqwcpa3v25jg0vwx9wypm6fsid-s.drv" ]',
        ),
        (
            "let i = derivation { name = ''i''; builder = ''b''; system = ''s''; __ignoreNulls = true; gone "
            "= null; }; in [ i.outPath i.drvPath ]",
            '[ "/nix/store/zy89q6jaysjp58zgziccb9wf4f00h2bw-i" "/nix/store/0ijja8ivdvkfz4hp15vp3045qyjhy2lm-i.drv" ]',
        ),
    ],
)
def test_paths(show: Show, expression: str, shown: str) -> None:
    assert show(expression) == shown


def test_shape(show: Show) -> None:
    two = "derivation { name = ''n''; builder = ''b''; system = ''s''; outputs = [ ''bin'' ''out'' ]; }"
    assert show(f"__attrNames ({two})") == (
        '[ "all" "bin" "builder" "drvAttrs" "drvPath" "name" "out" "outPath" "outputName" "outputs" "system" "type" ]'
    )
    assert show(
        f"let d = {two}; in [ d.outputName d.type (map (o: o.outputName) d.all) (d.outPath == d.bin.outPath) ]"
    ) == ('[ "bin" "derivation" [ "bin" "out" ] true ]')


def test_lazy(show: Show) -> None:
    assert show("(derivation { name = throw ''no''; }).type") == '"derivation"'
    assert show("(derivation { name = ''n''; extra = throw ''no''; }).extra or 1") == "error: no"


def test_fixed_outputs_hide_how_they_came(show: Show) -> None:
    fetch = f"u: derivation {{ name = ''f''; system = ''s''; builder = u; outputHash = ''{EMPTY}''; }}"
    use = "f: (derivation { name = ''g''; system = ''s''; builder = ''b''; src = f; }).outPath"
    assert show(f"let fetch = {fetch}; use = {use}; in use (fetch ''1'') == use (fetch ''2'')") == "true"


def test_contexts(show: Show) -> None:
    assert show(f"map (p: __attrValues (__getContext p)) (with {PLAIN}; [ outPath drvPath ])") == (
        '[ [ { outputs = [ "out" ]; } ] [ { allOutputs = true; } ] ]'
    )


def test_import_of_a_derivation(show: Show) -> None:
    assert show(f"let d = {PLAIN}; i = import d.drvPath; in [ i.name (i.outPath == d.outPath) i.type ]") == (
        '[ "n" true "derivation" ]'
    )


@pytest.mark.parametrize(
    ("attributes", "message"),
    [
        (
            "name = ''a b'';",
            "invalid derivation name: name 'a b' contains illegal character ' '. Please pass a different 'name'.",
        ),
        ("name = ''a'';", "required attribute 'builder' missing"),
        ("name = ''a''; builder = ''b'';", "required attribute 'system' missing"),
        ("builder = ''b'';", "attribute 'name' missing"),
        (
            "name = ''a''; builder = ''b''; system = ''s''; outputs = [ ''a'' ''a'' ];",
            "duplicate derivation output 'a'",
        ),
        ("name = ''a''; builder = ''b''; system = ''s''; outputs = [ ];", "'builtins.head' called on an empty list"),
        (
            "name = ''a.drv''; builder = ''b''; system = ''s'';",
            "derivation names are allowed to end in '.drv' only if they produce a single derivation file",
        ),
        (
            "name = ''a''; builder = ''b''; system = ''s''; outputHash = '''';",
            "empty hash requires explicit hash algorithm",
        ),
        (
            "name = ''a''; builder = ''b''; system = ''s''; __contentAddressed = true;",
            "experimental Nix feature 'ca-derivations' is disabled; add '--extra-experimental-features "
            "ca-derivations' to enable it",
        ),
        ("name = ''a''; builder = ''b''; system = ''s''; x = { };", "cannot coerce a set to a string: { }"),
    ],
)
def test_refusals(show: Show, attributes: str, message: str) -> None:
    assert show(f"(derivation {{ {attributes} }}).outPath") == f"error: {message}"


def test_frame_names_the_attribute(show: Show) -> None:
    shown = show("(derivation { name = ''a''; builder = ''b''; system = ''s''; x = { }; }).outPath", frames=True)
    assert "while evaluating attribute 'x' of derivation 'a'" in shown
    assert "while evaluating derivation 'a'" in shown
