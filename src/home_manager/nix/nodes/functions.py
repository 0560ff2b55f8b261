"""Functions and calls.

`x: y: body` is one function of two arguments: called with both, it makes one environment and no function in between.
Called with fewer, it gives a `Partial`.
"""

from __future__ import annotations

from dataclasses import replace

from home_manager.diagnostics import Failure, Label, Source, Span
from home_manager.nix.errors import did_you_mean, stack_overflow, type_error, wrong_argument
from home_manager.nix.nodes.formula import Formula
from home_manager.nix.nodes.node import Constant, Env, Expr, Slot, Thunk, framed, located, slots
from home_manager.nix.nodes.set_patterns import Pattern
from home_manager.nix.printer import preview, show_type
from home_manager.nix.quoting import quote_name
from home_manager.nix.runtime import Runtime
from home_manager.nix.type_errors import wrong_type
from home_manager.values.classes import MISSING, Attrs, Builtin, Function, Value, attribute, has_attribute
from home_manager.values.lazy import InfiniteRecursion, Lazy, force


class Code(Expr):
    """The expression of a function. `arity` is 0 for a set pattern, else how many plain arguments it takes in a row.

    `starts` are the offsets of the functions in the row; `names` those of the arguments. `formula` is for `cheap_eagerness`.
    """

    __slots__ = ("arity", "body", "examined", "formula", "name", "names", "pattern", "run", "starts")

    def __init__(
        self,
        source: Source,
        start: int,
        end: int,
        run: Runtime,
        name: str,
        names: list[str],
        starts: list[int],
        pattern: Pattern | None,
        body: Expr,
    ) -> None:
        self.source = source
        self.start = start
        self.end = end
        self.run = run
        self.name = name
        self.names = names
        self.starts = starts
        self.arity = len(names)
        self.pattern = pattern
        self.body = body
        self.examined = False
        self.formula: Formula | None = None

    def eval(self, env: Env) -> Value:
        return Lambda(self, env)

    def thunk(self, env: Env) -> Value:
        return Lambda(self, env)

    def bind(self, env: Env, argument: Value) -> Env:
        """The environment of a call with a set pattern; `argument` is not lazy."""
        pattern = self.pattern
        assert pattern is not None
        if not isinstance(argument, dict):
            raise wrong_type("a set", argument)
        inner: Env = [env, argument] if pattern.whole else [env]
        for name in pattern.required:
            try:
                inner.append(argument[name])
            except KeyError:
                raise self._missing(name) from None
        used = len(pattern.required)
        for name, default in pattern.optional:
            value = argument.get(name, MISSING) if type(argument) is Attrs else attribute(argument, name)
            if value is MISSING:
                inner.append(default.thunk(inner))
            else:
                used += 1
                inner.append(value)
        if not pattern.ellipsis and used != len(argument):
            raise self._unexpected(argument)
        return inner

    def title(self) -> str:
        return self.name or "anonymous lambda"

    def _missing(self, name: str) -> Failure:
        message = f"function '{self.title()}' called without required argument '{name}'"
        return wrong_argument(message, Label(self.head(), f"`{name}` has no default"))

    def _unexpected(self, argument: dict[str, Value]) -> Failure:
        assert self.pattern is not None
        known = self.pattern.names
        name = min(name for name in argument if name not in known)
        message = f"function '{self.title()}' called with unexpected argument '{quote_name(name)}'"
        written = argument.position(name) if isinstance(argument, Attrs) else None
        labels: tuple[Label, ...] = (Label(self.head(), "the function takes no more than these"),)
        if written is not None:
            labels = (Label(written, "this is not expected"), *labels)
        return wrong_argument(message, *labels, hints=did_you_mean(name, known))

    def head(self) -> Span:
        """The pattern, or of several plain arguments the last, without the body."""
        start = self.starts[-1] if self.starts else self.start
        text = self.source.text[start : max(start + 1, self.body.start)].rstrip("( \t\r\n")
        return Span(self.source, start, start + len(text.removesuffix(":")))


class Lambda(Function):
    """A function written in Nix, with the environment that it was made in."""

    __slots__ = ("code", "env")

    def __init__(self, code: Code, env: Env) -> None:
        self.code = code
        self.env = env

    def shown(self) -> str:
        return _shown(self.code, self.code.start)


class Partial(Lambda):
    """A function of several arguments that has been given some of them."""

    __slots__ = ("given",)

    def __init__(self, code: Code, env: Env, given: tuple[Value, ...]) -> None:
        self.code = code
        self.env = env
        self.given = given

    def shown(self) -> str:
        return _shown(self.code, self.code.starts[len(self.given)])


def _shown(code: Code, start: int) -> str:
    line, column = code.source.byte_position(start)
    name = f" {code.name}" if code.name else ""
    return f"lambda{name} @ {code.source.name}:{line}:{column}"


def enter(code: Code, env: Env) -> Value:
    """Evaluates the body of a function whose arguments are in place."""
    run = code.run
    if run.depth >= run.limit:
        raise stack_overflow(code.span())
    run.depth += 1
    try:
        value = code.body.eval(env)
    except BaseException as error:
        run.depth -= 1
        if isinstance(error, Failure):
            framed(error, f"while calling {_called(code)}", code.head())
        raise
    run.depth -= 1
    return value


def _called(code: Code) -> str:
    return f"'{code.name}'" if code.name else "anonymous lambda"


def call(function: Value, *arguments: Value) -> Value:
    """The value of a function (of any kind) for arguments that may be lazy; never lazy itself."""
    return call_values(function, arguments)


def call_values(function: Value, arguments: tuple[Value, ...]) -> Value:
    """As `call`, with the arguments as a tuple."""
    if isinstance(function, Lazy):
        function = function.force()
    while arguments:
        if isinstance(function, Lambda):
            code = function.code
            arity = code.arity
            if arity == 0:
                argument = arguments[0]
                if isinstance(argument, Lazy):
                    argument = argument.force()
                function = enter(code, code.bind(function.env, argument))
                arguments = arguments[1:]
                continue
            if type(function) is Partial:
                arguments = function.given + arguments
            given = len(arguments)
            if given == arity:
                return enter(code, [function.env, *arguments])
            if given < arity:
                return Partial(code, function.env, arguments)
            function = enter(code, [function.env, *arguments[:arity]])
            arguments = arguments[arity:]
        elif isinstance(function, Builtin):
            if function.arguments:
                arguments = function.arguments + arguments
            arity = function.arity
            if len(arguments) < arity:
                return Builtin(function.name, arity, function.run, arguments)
            function = function.run(*arguments[:arity])
            if isinstance(function, Lazy):
                function = function.force()
            arguments = arguments[arity:]
        elif isinstance(function, dict) and has_attribute(function, "__functor"):
            function = call_values(function["__functor"], (function, arguments[0]))
            arguments = arguments[1:]
        else:
            raise not_a_function(function)
    return function


def not_a_function(value: Value, span: Span | None = None) -> Failure:
    """The error for calling something else."""
    message = f"attempt to call something which is not a function but {show_type(value)}: {preview(value)}"
    return type_error(message, span, label=f"this is {show_type(value)}")


class LazyCall(Lazy):
    """A call that is made when its value is needed."""

    __slots__ = ("arguments", "function")

    def __init__(self, function: Value, *arguments: Value) -> None:
        self.state = 0
        self.function = function
        self.arguments = arguments

    def force(self) -> Value:
        if self.state == 2:
            return self.value
        if self.state == 1:
            raise InfiniteRecursion(self)
        self.state = 1
        try:
            value = call_values(self.function, self.arguments)
        except BaseException as error:
            self.state = 0
            if isinstance(error, InfiniteRecursion):
                error.passes(self)
            raise
        self.value = value
        self.state = 2
        self.function = None
        self.arguments = ()
        return value

    def compute(self) -> Value:
        return call_values(self.function, self.arguments)


class Call1(Expr):
    """`f a`."""

    __slots__ = ("argument", "at", "delay", "function")

    def __init__(self, source: Source, start: int, end: int, at: int, function: Expr, argument: Expr) -> None:
        self.source = source
        self.start = start
        self.end = end
        self.at = at
        self.function = function
        self.argument = argument
        self.delay = type(argument).thunk is Expr.thunk

    def eval(self, env: Env) -> Value:
        function = self.function.eval(env)
        argument = self.argument
        if type(function) is Lambda:
            code = function.code
            run = code.run
            if code.arity == 1:
                inner = [function.env, Thunk(argument, env) if self.delay else argument.thunk(env)]
            elif code.arity == 0:
                try:
                    inner = code.bind(function.env, argument.eval(env))
                except Failure as failure:
                    self.refused(failure, function)
                    raise
            else:
                return Partial(code, function.env, (argument.thunk(env),))
            if run.depth >= run.limit:
                raise stack_overflow(self.span())
            run.depth += 1
            try:
                value = code.body.eval(inner)
            except BaseException as error:
                run.depth -= 1
                if isinstance(error, Failure):
                    self.unwound(error, code)
                raise
            run.depth -= 1
            return value
        if type(function) is Builtin and function.arity == 1:
            try:
                value = function.run(argument.thunk(env))
                if type(value) is not str and isinstance(value, Lazy):
                    value = value.force()
            except Failure as failure:
                self.failed(failure, function)
                raise
            return value
        return self.apply(function, (argument.thunk(env),))

    def refused(self, failure: Failure, function: Lambda) -> None:
        """The argument does not fit the function's pattern: shows both."""
        located(failure, self.argument)
        labels = failure.diagnostic.labels
        if failure.diagnostic.code == "nix-argument" and len(labels) == 1 and labels[0].span == function.code.head():
            here = Label(self.argument.span(), "the argument")
            failure.diagnostic = replace(failure.diagnostic, labels=(here, *labels))
        framed(failure, "from call site", self.span())

    def called(self, function: Value, arguments: tuple[Value, ...]) -> Value:
        """The call of anything but a function of exactly so many plain arguments."""
        if type(function) is Partial and function.code.arity == len(function.given) + len(arguments):
            return self.entered(function.code, [function.env, *function.given, *arguments])
        if type(function) is not Lambda or function.code.arity or len(arguments) > 1:
            return self.apply(function, arguments)
        code = function.code
        try:
            inner = code.bind(function.env, force(arguments[0]))
        except Failure as failure:
            self.refused(failure, function)
            raise
        return self.entered(code, inner)

    def entered(self, code: Code, inner: Env) -> Value:
        """The value of a function's body."""
        run = code.run
        if run.depth >= run.limit:
            raise stack_overflow(self.span())
        run.depth += 1
        try:
            value = code.body.eval(inner)
        except BaseException as error:
            run.depth -= 1
            if isinstance(error, Failure):
                self.unwound(error, code)
            raise
        run.depth -= 1
        return value

    def apply(self, function: Value, arguments: tuple[Value, ...]) -> Value:
        """The call of anything that is not the most frequent case."""
        at, count = 0, len(arguments)
        while at < count:
            if not isinstance(function, Function) and not (
                isinstance(function, dict) and has_attribute(function, "__functor")
            ):
                raise not_a_function(function, self.function_span())
            end = count
            if isinstance(function, Builtin):
                end = min(count, at + function.arity - len(function.arguments))
            try:
                value = call_values(function, arguments[at:end])
            except Failure as failure:
                self.failed(failure, function)
                raise
            function, at = value, end
        return function

    def failed(self, failure: Failure, function: Value) -> None:
        """A function of another kind than `Lambda` has failed: gives the failure a place and says which it was."""
        located(failure, self)
        if isinstance(function, Builtin):
            # `addErrorContext` is there to add one step, not two.
            if function.name != "addErrorContext":
                framed(failure, f"while calling the '{function.name}' builtin", self.span())
            return
        if isinstance(function, dict):
            text = "while calling a functor (an attribute set with a '__functor' attribute)"
            framed(failure, text, self.span())
        framed(failure, "from call site", self.span())

    def unwound(self, failure: Failure, code: Code) -> None:
        framed(failure, f"while calling {_called(code)}", code.head())
        framed(failure, "from call site", self.span())

    def function_span(self) -> Span:
        return self.function.span()


class Call2(Call1):
    """`f a b`."""

    __slots__ = ("second", "second_delay")

    def __init__(
        self, source: Source, start: int, end: int, at: int, function: Expr, argument: Expr, second: Expr
    ) -> None:
        super().__init__(source, start, end, at, function, argument)
        self.second = second
        self.second_delay = type(second).thunk is Expr.thunk

    def eval(self, env: Env) -> Value:
        function = self.function.eval(env)
        argument = self.argument
        second = self.second
        first_value = Thunk(argument, env) if self.delay else argument.thunk(env)
        second_value = Thunk(second, env) if self.second_delay else second.thunk(env)
        if type(function) is Lambda and function.code.arity == 2:
            code = function.code
            run = code.run
            if run.depth >= run.limit:
                raise stack_overflow(self.span())
            run.depth += 1
            try:
                value = code.body.eval([function.env, first_value, second_value])
            except BaseException as error:
                run.depth -= 1
                if isinstance(error, Failure):
                    self.unwound(error, code)
                raise
            run.depth -= 1
            return value
        if type(function) is Builtin and function.arity == 2 and not function.arguments:
            try:
                value = function.run(first_value, second_value)
                if type(value) is not str and isinstance(value, Lazy):
                    value = value.force()
            except Failure as failure:
                self.failed(failure, function)
                raise
            return value
        return self.apply(function, (first_value, second_value))


class CallMany(Call1):
    """A call with three arguments or more. `row` is what its environment is made of."""

    __slots__ = ("arguments", "row")

    def __init__(self, source: Source, start: int, end: int, at: int, function: Expr, arguments: list[Expr]) -> None:
        super().__init__(source, start, end, at, function, arguments[0])
        self.arguments = slots(arguments)
        self.row = [Slot(Constant(source, start, end, None)), *self.arguments]

    def eval(self, env: Env) -> Value:
        function = self.function.eval(env)
        inner: Env = [Thunk(each.expr, env) if each.delay else each.expr.thunk(env) for each in self.row]
        if type(function) is Lambda and function.code.arity == len(inner) - 1:
            inner[0] = function.env
            code = function.code
            run = code.run
            if run.depth >= run.limit:
                raise stack_overflow(self.span())
            run.depth += 1
            try:
                value = code.body.eval(inner)
            except BaseException as error:
                run.depth -= 1
                if isinstance(error, Failure):
                    self.unwound(error, code)
                raise
            run.depth -= 1
            return value
        if type(function) is Builtin and len(inner) == 4 and function.arity == 3 and not function.arguments:
            try:
                value = function.run(inner[1], inner[2], inner[3])
                if type(value) is not str and isinstance(value, Lazy):
                    value = value.force()
            except Failure as failure:
                self.failed(failure, function)
                raise
            return value
        return self.apply(function, tuple(inner[1:]))


def function_arguments(value: Value) -> dict[str, bool] | None:
    """The attributes that a function expects and whether each has a default; `None` for what is not written in Nix."""
    if not isinstance(value, Lambda):
        return None
    pattern = value.code.pattern
    return {} if pattern is None else {each.name: each.default is not None for each in pattern.parameters}


def formal_positions(value: Value) -> dict[str, Span]:
    """Where a function's pattern names each attribute."""
    if not isinstance(value, Lambda) or value.code.pattern is None:
        return {}
    source = value.code.source
    return {each.name: Span(source, each.start, each.end) for each in value.code.pattern.parameters}
