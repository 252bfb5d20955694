"""Keeps the groundwork beside a generation, so that the next judgement does not make it anew.

::

    ground/
      forms.parquet      the forms, with the node of each
      uses.parquet       one row per statement
      nodes.parquet      words, type and count of each node
      edges.parquet      nodes that were found to be one
      contexts.parquet   how the compared nodes are used
"""

from __future__ import annotations

from collections import Counter
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.resolve.clusters import Edge
from onrecord.resolve.forms import Forms
from onrecord.resolve.groundwork import Context, Groundwork

_MADE_BY = {b"onrecord": f"{version('onrecord')} 1".encode()}  # program and format


def save(ground: Groundwork, folder: Path) -> None:
    """Write the groundwork into a new folder."""
    folder.mkdir(parents=True)
    forms = ground.forms.forms.append_column("node", pa.array(ground.node_of))
    edges = ground.edges
    contexts = list(ground.contexts.items())
    texts = pa.list_(pa.string())
    tables = {
        "forms": forms,
        "uses": ground.forms.uses,
        "nodes": pa.table({"words": ground.words, "type": pa.array(map(str, ground.types)), "count": ground.counts}),
        "edges": pa.table(
            {
                "a": pa.array([edge.a for edge in edges], pa.int32()),
                "b": pa.array([edge.b for edge in edges], pa.int32()),
                "score": pa.array([edge.score for edge in edges], pa.float64()),
                "certain": pa.array([edge.certain for edge in edges], pa.bool_()),
            }
        ),
        "contexts": pa.table(
            {
                "node": pa.array([node for node, _ in contexts], pa.int32()),
                "organisations": pa.array([sorted(each.organisations) for _, each in contexts], texts),
                "roles": pa.array([sorted(each.roles) for _, each in contexts], texts),
                "articles": pa.array([sorted(each.articles) for _, each in contexts], pa.list_(pa.int32())),
                "first": pa.array([each.first for _, each in contexts], pa.string()),
                "last": pa.array([each.last for _, each in contexts], pa.string()),
            }
        ),
    }
    for name, table in tables.items():
        pq.write_table(table.replace_schema_metadata(_MADE_BY), folder / f"{name}.parquet", compression="zstd")


def load(folder: Path) -> Groundwork | None:
    """Return the groundwork kept in a folder; None where there is none that this version can use."""
    try:
        forms, uses, nodes, edges, contexts = (
            pq.read_table(folder / f"{name}.parquet") for name in ("forms", "uses", "nodes", "edges", "contexts")
        )
    except (OSError, pa.ArrowException):
        return None
    if any(table.schema.metadata.get(b"onrecord") != _MADE_BY[b"onrecord"] for table in (forms, uses, nodes, edges)):
        return None
    columns = (contexts[name].to_pylist() for name in ("node", "organisations", "roles", "articles", "first", "last"))
    return Groundwork(
        Forms(forms.drop_columns("node"), uses, Counter()),
        forms["node"].to_numpy().astype(np.int32),
        nodes["words"].to_pylist(),
        nodes["type"].to_pylist(),
        nodes["count"].to_pylist(),
        tuple(Edge(*row) for row in zip(*(edges[name].to_pylist() for name in edges.column_names), strict=True)),
        {
            node: Context(frozenset(organisations), frozenset(roles), frozenset(articles), first, last)
            for node, organisations, roles, articles, first, last in zip(*columns, strict=True)
        },
    )
