"""Which column is what."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from fader.errors import InputError, listed, nearest

#: Names under which each role is looked for, the first that is there.
DEFAULTS: dict[str, tuple[str, ...]] = {
    "ranking": ("ranking", "ranking_id", "request_id", "impression_id", "list_id"),
    "item": ("item", "item_id"),
    "user": ("user", "user_id"),
    "timestamp": ("timestamp", "time", "ts", "event_time", "event_timestamp"),
    "position": ("position", "rank", "slot"),
    "propensity": ("propensity",),
    "type": ("type", "interaction", "event", "action"),
    "value": ("value",),
}


@dataclass(frozen=True)
class Mapping:
    """What the columns of the two tables are.

    Attributes:
        impressions: role to column, where the names are not the usual ones: ``{"ranking": "request"}``.
        interactions: the same of the other table.
        item_features: columns of impressions that are features of the item; by default all that have
            no other meaning.
        context_features: columns that are features of the list.
        user_features: columns that are features of the user.
        ignored: columns that are passed over.
        type: of all interactions, for a table without such a column.
        ordered: the rows of a ranking stand in the order in which its items were shown, all of them;
            then no ``position`` is needed.
        timezone: of times that name none, such as ``Europe/Berlin``; by default UTC for datetimes, and
            texts without a zone are refused.
    """

    impressions: dict[str, str] = field(default_factory=dict)
    interactions: dict[str, str] = field(default_factory=dict)
    item_features: Collection[str] | None = None
    context_features: Collection[str] = ()
    user_features: Collection[str] = ()
    ignored: Collection[str] = ()
    type: str | None = None
    ordered: bool = False
    timezone: str | None = None


IMPRESSIONS = ("ranking", "item", "timestamp", "position", "user", "propensity")
INTERACTIONS = ("ranking", "item", "type", "timestamp", "value", "user")


def roles(
    table: str, names: Sequence[str], given: dict[str, str], wanted: Sequence[str],
    needed: Collection[str], why: dict[str, str],
) -> dict[str, str]:
    """The column of each role that the table has.

    Args:
        needed: roles that must be there.
        why: per role what to do when it is not.
    """
    for role, column in given.items():
        if role not in wanted:
            raise InputError(
                f"{table}, mapping", f"one of {listed(wanted)}", f'"{role}"', nearest(role, wanted)
            )
        if column not in names:
            raise InputError(
                table, f'the column "{column}" for {role}', f"only {listed(names)}",
                nearest(column, names),
            )
    found = {}
    taken = set(given.values())
    for role in wanted:
        if role in given:
            found[role] = given[role]
            continue
        known = [name for name in DEFAULTS[role] if name in names and name not in taken]
        if len(known) > 1 and known[0] != role:
            raise InputError(
                table, f"one column for {role}", listed(known), f"say which: {role}={known[0]}"
            )
        if known:
            found[role] = known[0]
        elif role in needed:
            usual = " or ".join(DEFAULTS[role])
            raise InputError(
                table, f"a column for {role} ({usual})", f"only {listed(names)}", why.get(role, "")
            )
    return found


@dataclass(frozen=True)
class FeatureColumns:
    """Feature name to column, by what they are features of."""

    item: dict[str, str]
    context: dict[str, str]
    user: dict[str, str]
    #: Named in the mapping, so they must not be left out.
    named: frozenset[str]


def features(table: str, names: Sequence[str], taken: Collection[str], m: Mapping) -> FeatureColumns:
    """Which of the columns that have no role are features of what."""
    named = [*(m.item_features or ()), *m.context_features, *m.user_features]
    for name in [*named, *m.ignored]:
        if name not in names:
            raise InputError(
                table, f'the column "{name}"', f"only {listed(names)}", nearest(name, names)
            )
    sides: dict[str, dict[str, str]] = {"item": {}, "context": {}, "user": {}}

    def add(side: str, name: str) -> None:
        feature = name.removeprefix(f"{side}.") or name
        if feature in sides[side]:
            raise InputError(
                table, f"one column for the feature {feature} of {side}",
                f'"{sides[side][feature]}" and "{name}"', "leave one out",
            )
        sides[side][feature] = name

    for name in names:
        # What pandas writes of its index.
        if name in taken or name in m.ignored or name.startswith("__index_level_"):
            continue
        if name in m.context_features:
            add("context", name)
        elif name in m.user_features:
            add("user", name)
        elif m.item_features is not None:
            if name in m.item_features:
                add("item", name)
        elif name.startswith(("context.", "user.")):
            add(name.split(".")[0], name)
        else:
            add("item", name)
    return FeatureColumns(sides["item"], sides["context"], sides["user"], frozenset(named))
