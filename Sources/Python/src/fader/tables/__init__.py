"""Two tables, impressions and interactions, as events: what a warehouse exports.

``events_from_tables("impressions.parquet", "interactions.parquet", "events.jsonl.gz")``

Impressions have a row for each candidate of each list: the ``ranking`` it belongs to, the ``item``, the
``timestamp``, the ``position`` (none for a candidate that was not shown), and where known ``user`` and
``propensity``. Interactions have the ``ranking`` and ``item``, a ``type``, a ``timestamp`` and where
there is an amount a ``value``. All other columns of impressions are features of the item, or of the
list where they are called ``context.NAME``, or of the user where they are called ``user.NAME``.
"""

from fader.tables.columns import Mapping
from fader.tables.convert import events_from_tables
from fader.tables.report import Report

__all__ = ["Mapping", "Report", "events_from_tables"]
