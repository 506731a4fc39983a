"""The one rule by which a value is on or off its target, in exact arithmetic, and its wording for readers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ingest.types import Comparator, Status

Number = Decimal | float | int


@dataclass(frozen=True, slots=True)
class _Interval:
    """What a printed value says: from `low` to `high`, None for no end; `open` where the end itself is not meant ("above 95%")."""

    low: Decimal | None
    high: Decimal | None
    open: bool = False


def status_of(
    value: Number | None,
    value_high: Number | None = None,
    qualifier: str | None = None,
    target: Number | None = None,
    target_high: Number | None = None,
    comparator: Comparator | None = None,
    previous: Number | None = None,
) -> Status:
    """Where a value stands against its target.

    `no_target` without a target, `no_value` without a value (not reported is not zero). A target that is only a direction is judged
    against `previous`, the document's earlier value: no change is off target; without an earlier value it is undetermined.
    A range or qualified value ("17 to 25", "above 95%") is judged only where the whole of it lies on one side, else undetermined.
    """
    directional = comparator in ("increase", "decrease")
    if target is None and not directional:
        return "no_target"
    if value is None:
        return "no_value"
    said = _interval(exact(value), None if value_high is None else exact(value_high), qualifier)
    if directional:
        if previous is None:
            return "undetermined"
        return _judge(said, ">" if comparator == "increase" else "<", exact(previous), None)
    assert target is not None
    return _judge(said, comparator or ">=", exact(target), None if target_high is None else exact(target_high))


def rule_text(comparator: Comparator | None = None) -> str:
    """The rule in plain English, as printed with answers; for one comparator, or the whole rule."""
    rules: dict[Comparator, str] = {
        ">=": "below target means the value is less than the target",
        ">": "below target means the value is not more than the target",
        "<=": "for 'no more than' targets, off target means the value is more than the target",
        "<": "for 'fewer than' targets, off target means the value is not less than the target",
        "=": "for exact targets, off target means the value differs from the target",
        "between": "for range targets, off target means the value lies outside the range",
        "increase": "where only an increase is asked for, off target means the value is not above the earlier value in the document",
        "decrease": "where only a decrease is asked for, off target means the value is not below the earlier value in the document",
    }
    if comparator is not None:
        return rules[comparator]
    return (
        "; ".join(rules[c] for c in (">=", "<=", "between", "increase", "decrease"))
        + "; a value that is not reported is not counted as zero"
    )


def exact(number: Number) -> Decimal:
    """The number as printed: 17.4 is 17.4, not the nearest binary fraction."""
    return number if isinstance(number, Decimal) else Decimal(str(number))


def _interval(low: Decimal, high: Decimal | None, qualifier: str | None) -> _Interval:
    if qualifier in (">", ">="):
        return _Interval(low, None, qualifier == ">")
    if qualifier in ("<", "<="):
        return _Interval(None, low if high is None else high, qualifier == "<")
    return _Interval(low, low if high is None else high)


def _judge(said: _Interval, comparator: Comparator, target: Decimal, target_high: Decimal | None) -> Status:
    met, missed = _sides(said, comparator, target, target_high)
    return "on_target" if met else "off_target" if missed else "undetermined"


def _sides(said: _Interval, comparator: Comparator, target: Decimal, target_high: Decimal | None) -> tuple[bool, bool]:
    """(all of the value meets the target, all of it misses)."""
    low, high = said.low, said.high
    below = high is not None and (high < target or (high == target and said.open))  # wholly under the target
    above = low is not None and (low > target or (low == target and said.open))
    at_least = low is not None and low >= target
    at_most = high is not None and high <= target
    if comparator == ">=":
        return at_least, below
    if comparator == "<=":
        return at_most, above
    if comparator == ">":
        return above, at_most
    if comparator == "<":
        return below, at_least
    if comparator == "between" and target_high is not None:
        over = low is not None and (low > target_high or (low == target_high and said.open))
        return at_least and high is not None and high <= target_high, below or over
    return low == high == target, below or above
