"""Lists: `map`, `filter`, `foldl'`, `sort` and the like.

What `map`, `genList` return is a list of applications not yet made; the folds and searches apply at once, in order.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from home_manager.diagnostics import Failure
from home_manager.nix.builtins.application import applied_later, folded, order, plain_body, unary
from home_manager.nix.builtins.numbers import less_than
from home_manager.nix.coercion import expect_bool, expect_function, expect_int, expect_list, expect_plain_string
from home_manager.nix.comparison import less, merge_sort, same
from home_manager.nix.errors import eval_error, out_of_memory
from home_manager.nix.nodes.functions import Lambda
from home_manager.nix.nodes.operators import Less
from home_manager.nix.type_errors import wrong_type
from home_manager.values.classes import Attrs, Builtin, Value
from home_manager.values.lazy import Lazy, force

if TYPE_CHECKING:
    from home_manager.nix.builtins.evaluator_services import EvaluatorServices


_PLAIN: Final = frozenset((int, float, str, type(None)))
_EXACT: Final = 1 << 53
"""Among these, integers nearer to zero equal what they equal in Python."""

_MOST = 1 << 25
"""A longer list would not fit into memory, here sooner than in Nix: better said at once than found out."""


def _map(function: Value, items: Value) -> Value:
    elements = expect_list(items, "while evaluating the second argument passed to builtins.map")
    if not elements:
        return elements
    apply = expect_function(function, "while evaluating the first argument passed to builtins.map")
    return applied_later(apply, elements)


def _filter(predicate: Value, items: Value) -> Value:
    elements = expect_list(items, "while evaluating the second argument passed to builtins.filter")
    if not elements:
        return elements
    test = unary(expect_function(predicate, "while evaluating the first argument passed to builtins.filter"))
    kept: list[Value] = []
    keep = kept.append
    for element in elements:
        answer = test.of(element)
        if answer is True:
            keep(element)
        elif answer is not False:
            expect_bool(answer, "while evaluating the return value of the filtering function passed to builtins.filter")
    return elements if len(kept) == len(elements) else kept


def _elem(needle: Value, items: Value) -> Value:
    elements = expect_list(items, "while evaluating the second argument passed to builtins.elem")
    if not elements:
        return False
    wanted = force(needle)
    try:
        if isinstance(wanted, str):
            for element in elements:
                if isinstance(element, Lazy):
                    element = element.force()
                if isinstance(element, str) and element == wanted:
                    return True
            return False
        return any_equal(wanted, elements)
    except Failure as error:
        error.add_frame("while searching for the presence of the given element in the list", nix=True)
        raise


def any_equal(wanted: Value, elements: list[Value]) -> bool:
    """Whether one of the elements equals a value; looks from the left and stops there."""
    if type(wanted) is int:
        if -_EXACT < wanted < _EXACT and _PLAIN.issuperset(map(type, elements)):
            return wanted in elements
        for at, element in enumerate(elements):
            if isinstance(element, Lazy):
                # A list is never changed, but what is known of it may be kept.
                element = elements[at] = element.force()
            if (type(element) is int and element == wanted) or (type(element) is float and element == float(wanted)):
                return True
        return False
    for element in elements:  # noqa: SIM110  (a generator would cost a frame per element)
        if same(wanted, element):
            return True
    return False


def _concat_lists(lists: Value) -> Value:
    result: list[Value] = []
    for part in expect_list(lists, "while evaluating the first argument passed to builtins.concatLists"):
        result.extend(expect_list(part, "while evaluating a value of the list passed to builtins.concatLists"))
    return result


def _length(items: Value) -> Value:
    return len(expect_list(items, "while evaluating the first argument passed to builtins.length"))


def _fold(operator: Value, start: Value, items: Value) -> Value:
    step = expect_function(operator, "while evaluating the first argument passed to builtins.foldlStrict")
    return folded(
        step,
        start,
        expect_list(items, "while evaluating the third argument passed to builtins.foldlStrict"),
    )


def _any(predicate: Value, items: Value) -> Value:
    test = unary(expect_function(predicate, "while evaluating the first argument passed to builtins.any"))
    for element in expect_list(items, "while evaluating the second argument passed to builtins.any"):
        answer = test.of(element)
        if answer is True:
            return True
        if answer is not False:
            expect_bool(answer, "while evaluating the return value of the function passed to builtins.any")
    return False


def _all(predicate: Value, items: Value) -> Value:
    test = unary(expect_function(predicate, "while evaluating the first argument passed to builtins.all"))
    for element in expect_list(items, "while evaluating the second argument passed to builtins.all"):
        answer = test.of(element)
        if answer is False:
            return False
        if answer is not True:
            expect_bool(answer, "while evaluating the return value of the function passed to builtins.all")
    return True


def _gen_list(generator: Value, length: Value) -> Value:
    count = expect_int(length, "while evaluating the second argument passed to builtins.genList")
    if count < 0:
        raise eval_error(f"cannot create list of size {count}")
    if count > _MOST:
        raise out_of_memory()
    apply = expect_function(generator, "while evaluating the first argument passed to builtins.genList")
    return applied_later(apply, range(count))


def _is_less_than(function: Value) -> bool:
    """Whether a function is `builtins.lessThan`, or `a: b: a < b`."""
    if isinstance(function, Builtin):
        return function.run is less_than and not function.arguments
    body = plain_body(function, 2)
    return isinstance(body, Less) and not body.negated and body.left_slot == 1 and body.right_slot == 2


def _sort(comparator: Value, items: Value) -> Value:
    elements = expect_list(items, "while evaluating the second argument passed to builtins.sort")
    if not elements:
        return elements
    before = expect_function(comparator, "while evaluating the first argument passed to builtins.sort")
    forced = [force(element) for element in elements]
    if _is_less_than(before) and all(type(element) is int for element in forced):
        return sorted(forced)  # type: ignore[type-var]
    if isinstance(before, Builtin) and before.run is less_than and not before.arguments:
        if all(isinstance(element, str) and element.isascii() for element in forced):
            return sorted(forced)  # type: ignore[type-var]

        def in_order(left: Value, right: Value) -> bool:
            try:
                return less(left, right)
            except Failure as error:
                error.add_frame("while evaluating the ordering function passed to builtins.sort", nix=True)
                raise

        return merge_sort(forced, in_order)
    doing = "while evaluating the return value of the sorting function passed to builtins.sort"
    return merge_sort(forced, order(before, doing).of)


def _partition(predicate: Value, items: Value) -> Value:
    test = unary(expect_function(predicate, "while evaluating the first argument passed to builtins.partition"))
    right: list[Value] = []
    wrong: list[Value] = []
    for element in expect_list(items, "while evaluating the second argument passed to builtins.partition"):
        value = force(element)
        answer = expect_bool(
            test.of(value),
            "while evaluating the return value of the partition function passed to builtins.partition",
        )
        (right if answer else wrong).append(value)
    return Attrs({"right": right, "wrong": wrong})


def _group_by(function: Value, items: Value) -> Value:
    apply = unary(expect_function(function, "while evaluating the first argument passed to builtins.groupBy"))
    groups: dict[str, Value] = {}
    for element in expect_list(items, "while evaluating the second argument passed to builtins.groupBy"):
        name = expect_plain_string(
            apply.of(element),
            "while evaluating the return value of the grouping function passed to builtins.groupBy",
        )
        group = groups.get(name)
        if isinstance(group, list):
            group.append(element)
        else:
            groups[name] = [element]
    return Attrs(groups)


def returned_no_list(function: Value, part: Value) -> Failure:
    """The error for a function of `concatMap`, with its place."""
    function = force(function)
    span = function.code.head() if isinstance(function, Lambda) else None
    failure = wrong_type("a list", part, span)
    doing = "while evaluating the return value of the function passed to builtins.concatMap"
    failure.add_frame(doing, span, nix=True)
    return failure


def _concat_map(function: Value, items: Value) -> Value:
    apply = unary(expect_function(function, "while evaluating the first argument passed to builtins.concatMap"))
    result: list[Value] = []
    extend = result.extend
    for element in expect_list(items, "while evaluating the second argument passed to builtins.concatMap"):
        part = apply.of(element)
        if not isinstance(part, list):
            raise returned_no_list(function, part)
        else:
            extend(part)
    return result


def _elem_at(items: Value, index: Value) -> Value:
    at = expect_int(index, "while evaluating the second argument passed to 'builtins.elemAt'")
    elements = expect_list(items, "while evaluating the first argument passed to 'builtins.elemAt'")
    if not 0 <= at < len(elements):
        raise eval_error(f"'builtins.elemAt' called with index {at} on a list of size {len(elements)}")
    return elements[at]


def _head(items: Value) -> Value:
    elements = expect_list(items, "while evaluating the first argument passed to 'builtins.head'")
    if not elements:
        raise eval_error("'builtins.head' called on an empty list")
    return elements[0]


def _tail(items: Value) -> Value:
    elements = expect_list(items, "while evaluating the first argument passed to 'builtins.tail'")
    if not elements:
        raise eval_error("'builtins.tail' called on an empty list")
    return elements[1:]


def builtins(ev: EvaluatorServices) -> Iterable[Builtin | tuple[str, Value]]:
    """The built-ins of this topic."""
    return (
        Builtin("map", 2, _map),
        Builtin("filter", 2, _filter),
        Builtin("elem", 2, _elem),
        Builtin("concatLists", 1, _concat_lists),
        Builtin("length", 1, _length),
        Builtin("foldl'", 3, _fold),
        Builtin("any", 2, _any),
        Builtin("all", 2, _all),
        Builtin("genList", 2, _gen_list),
        Builtin("sort", 2, _sort),
        Builtin("partition", 2, _partition),
        Builtin("groupBy", 2, _group_by),
        Builtin("concatMap", 2, _concat_map),
        Builtin("elemAt", 2, _elem_at),
        Builtin("head", 1, _head),
        Builtin("tail", 1, _tail),
    )
