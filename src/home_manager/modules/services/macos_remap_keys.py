from home_manager.authoring import *

KEYS = 0x700000000
"""The page of keyboards in the tables of usages of USB's human interface devices."""


def page(*runs, **more):
    """Usages of keys: each run has the first number and the names from there on, in order."""
    numbers = {name: KEYS + first + place for first, names in runs for place, name in enumerate(names.split())}
    return numbers | more


KEYBOARD = page(
    (0x04, " ".join("ABCDEFGHIJKLMNOPQRSTUVWXYZ")),
    (0x1E, "One Two Three Four Five Six Seven Eight Nine Zero"),
    (0x28, "Enter Escape Backspace Tab Spacebar Minus Equal SquareBracketOpen SquareBracketClose Backslash Hash"),
    (0x33, "Semicolon SingleQuote GraveAccent Comma Dot Slash Capslock"),
    (0x3A, "F1 F2 F3 F4 F5 F6 F7 F8 F9 F10 F11 F12"),
    (0x46, "PrintScreen ScrollLock Pause Insert Home PageUp ForwardDelete End PageDown"),
    (0x4F, "RightArrow LeftArrow DownArrow UpArrow NumLock"),
    (0x64, "NonUSBackslash"),
    (0x68, "F13 F14 F15 F16 F17 F18 F19 F20 F21 F22 F23 F24"),
    (0x90, "Kana Eisuu"),
    (0xE0, "Control Shift Option Command RightControl RightShift RightOption RightCommand"),
    Fn=0xFF00000003,  # on Apple's own page
)

KEYPAD = page(
    (0x54, "Slash Asterisk Minus Plus Enter One Two Three Four Five Six Seven Eight Nine Zero Dot"),
    (0x64, "BashSlash Application Power Equal"),
)


class MacosRemapKeys(Service):
    """keys of macOS that stand for others"""

    platforms = ("darwin",)

    keyboard = option(
        t.attrs_of(t.str),
        default={},
        example={"Capslock": "Escape", "SquareBracketOpen": "SquareBracketClose"},
        doc="Keys of the keyboard, and those that they become.",
    )
    keypad = option(
        t.attrs_of(t.str),
        default={},
        example={"Enter": "Equal", "Plus": "Minus"},
        doc="Keys of the keypad, and those that they become.",
    )

    def _pairs(self):
        for place, keys, table in (("keyboard", self.keyboard, KEYBOARD), ("keypad", self.keypad, KEYPAD)):
            for source, target in sorted(keys.items()):
                yield place, table, source, target

    @check
    def known_keys(self):
        for place, table, *keys in self._pairs():
            for key in keys:
                if key not in table:
                    known = ", ".join(table)
                    yield f"services.macos-remap-keys.{place}: there is no key `{key}`; the keys are {known}."

    def _mapping(self):
        # Numbers have to be hexadecimal, which JSON knows not: macOS takes neither decimal ones nor texts.
        pairs = [
            f'{{ "HIDKeyboardModifierMappingSrc": 0x{table[source]:X}, "HIDKeyboardModifierMappingDst": 0x{table[target]:X} }}'
            for _, table, source, target in self._pairs()
            if source in table and target in table
        ]
        return ["/usr/bin/hidutil", "property", "--set", f'{{ "UserKeyMapping": [ {", ".join(pairs)} ] }}']

    @activation_step("macosRemapKeys", after="writeBoundary")
    def at_once(self):
        return formats.shell.script("run --silence @command@\n", command=self._mapping())

    @defines("launchd.agents")
    def at_login(self):
        config = {
            "ProgramArguments": self._mapping(),
            "KeepAlive": {"SuccessfulExit": False},
            "RunAtLoad": True,
        }
        return {"remap-keys": {"enable": True, "config": config}}
