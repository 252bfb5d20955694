"""Keeps the groundwork beside a generation, so that the next judgement does not make it anew.

::

    ground/
      forms.arrow      the forms, with the node of each
      uses.arrow       one row per statement
      nodes.arrow      what each node is, its group, its cluster, where it is settled
      edges.arrow      nodes that were found to be one
      contexts.arrow   how the compared nodes are used
      left-out.arrow   how much was not compared

Arrow files, not compressed: opening one maps it into memory, and only what is looked at is read from the disk.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

import numpy as np
import pyarrow as pa

from onrecord.resolve.context import Contexts
from onrecord.resolve.forms import Forms
from onrecord.resolve.groundwork import EDGES, Groundwork, LeftOut
from onrecord.resolve.nodes import Nodes

_MADE_BY = {b"onrecord": f"{version('onrecord')} 4".encode()}  # program and format
_NODES = {
    "words": pa.string(), "types": pa.string(), "counts": pa.int64(), "firsts": pa.string(), "ids": pa.string(),
    "own_ids": pa.string(),    "full": pa.bool_(), "families": pa.string(), "singles": pa.bool_(),
}  # fmt: skip
_PLACES = ("group", "home", "settled")


def save(ground: Groundwork, folder: Path) -> None:
    """Write the groundwork into a new folder."""
    folder.mkdir(parents=True)
    nodes = {name: pa.array(getattr(ground.nodes, name), type) for name, type in _NODES.items()}
    tables = {
        "forms": ground.forms.forms.append_column("node", pa.array(ground.node_of)),
        "uses": ground.forms.uses,
        "nodes": pa.table(nodes | {name: pa.array(getattr(ground, name)) for name in _PLACES}),
        "edges": pa.table({name: pa.array(ground.edges[name]) for name in EDGES.names or ()}),
        "contexts": ground.contexts.table,
        "left-out": pa.table({name: [value] for name, value in asdict(ground.left_out).items()}),
    }
    for name, table in tables.items():
        whole = table.unify_dictionaries().combine_chunks().replace_schema_metadata(_MADE_BY)
        with pa.OSFile(str(folder / f"{name}.arrow"), "wb") as file, pa.ipc.new_file(file, whole.schema) as writer:
            writer.write_table(whole)


def load(folder: Path) -> Groundwork | None:
    """Return the groundwork kept in a folder; None where there is none that this version can use."""
    try:
        forms, uses, nodes, edges, contexts, left_out = read = [
            _read(folder / f"{name}.arrow") for name in ("forms", "uses", "nodes", "edges", "contexts", "left-out")
        ]
    except (OSError, pa.ArrowException):
        return None
    if any((table.schema.metadata or {}) != _MADE_BY for table in read):
        return None
    rows = np.empty(edges.num_rows, EDGES)
    for name in EDGES.names or ():
        rows[name] = edges[name].to_numpy()
    group, home, settled = (nodes[name].to_numpy().astype(np.int32) for name in _PLACES)
    return Groundwork(
        Forms(forms.drop_columns("node"), uses, Counter()),
        forms["node"].to_numpy().astype(np.int32),
        Nodes(**{name: nodes[name].to_pylist() for name in _NODES}),
        rows,
        Contexts(contexts),
        group,
        home,
        settled,
        LeftOut(**left_out.to_pylist()[0]),
    )


def _read(path: Path) -> pa.Table:
    return pa.ipc.open_file(pa.memory_map(str(path))).read_all()
