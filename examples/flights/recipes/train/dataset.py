"""Reads one split of a dataset: a Parquet file whose key-value metadata says what its columns mean.

Metadata: `features` (JSON list, in the order a model takes them) and `label` (a column of 0 and 1). Column `split` names the split.
"""

import fnmatch
import json
from dataclasses import dataclass

import numpy as np
import pyarrow.compute as pc
import pyarrow.parquet as pq


@dataclass
class Split:
    names: list
    features: np.ndarray  # float32 (rows, features), absent values NaN: what the model is served
    labels: np.ndarray  # int64 (rows,), 0 or 1

    def keep_before_hour(self, hour):
        keep = self.features[:, self.names.index("hour")] < hour
        return Split(self.names, self.features[keep], self.labels[keep])


def read_split(path, split, exclude=()):
    """`exclude` holds patterns of features to leave out. Ends the run when the file or the split is not usable."""
    metadata = pq.read_schema(path).metadata or {}
    if b"features" not in metadata or b"label" not in metadata:
        raise SystemExit(f"{path} does not name its features and label in its Parquet metadata")
    names = json.loads(metadata[b"features"])
    names = [name for name in names if not any(fnmatch.fnmatch(name, pattern) for pattern in exclude)]
    label = metadata[b"label"].decode()
    table = pq.read_table(path, columns=[*names, label], filters=pc.field("split") == split)
    if table.num_rows == 0:
        raise SystemExit(f"{path} has no rows in split {split!r}")
    columns = [table[name].to_numpy(zero_copy_only=False) for name in names]
    return Split(names, np.column_stack(columns).astype(np.float32), table[label].to_numpy().astype(np.int64))
