"""People points: a Parquet table, whose size is read before it is unpacked."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from sixes_geo.base import limits
from sixes_geo.base.errors import DataError, Problem
from sixes_geo.city.contents import fail, number_faults
from sixes_geo.city.table_checks import refuse

TEXTS = ("id", "district", "zone")
NUMBERS = ("lon", "lat", "people")

LONGEST_ID = 200
"""Characters of an id: compressed, half a million long ones fit into a few bytes."""

BROKEN = (pa.ArrowException, OSError, ValueError, TypeError, LookupError, NotImplementedError)


def people_points(path: Path, content: bytes) -> pd.DataFrame:
    """Return the people points of a Parquet file; columns that nobody reads are left out.

    Raises
    ------
    DataError
        If it is no such table, exceeds a limit, or has numbers that nothing can be.
    """
    try:
        file = pq.ParquetFile(pa.BufferReader(content), read_dictionary=list(TEXTS))
        names = file.schema_arrow.names
        missing = [name for name in (*TEXTS, *NUMBERS) if names.count(name) != 1]
        problem = _size_fault(path, file.metadata)
        if missing or problem:
            lacking = Problem("missing_columns", {"got": ", ".join(missing)})
            fail(path, problem or lacking)
        wanted = [name for name in names if name in (*TEXTS, *NUMBERS)]
        found = file.read(columns=wanted, use_threads=False, use_pandas_metadata=False)
        table = pa.table({name: _plain(found[name], name) for name in wanted})
        frame: pd.DataFrame = table.to_pandas(ignore_metadata=True)
    except DataError:  # it is an error of files as well
        raise
    except (*BROKEN, MemoryError):
        fail(path, Problem("no_table", {"path": path.name}))
    refuse(path, number_faults(path, frame, NUMBERS))
    return frame


def _size_fault(path: Path, told: pq.FileMetaData) -> Problem | None:
    """Return why a table is too large to be unpacked, if it is."""
    if told.num_rows > limits.PEOPLE_ROWS:
        return Problem("too_many_rows", {"got": told.num_rows, "allowed": limits.PEOPLE_ROWS})
    size = sum(
        told.row_group(group).column(column).total_uncompressed_size
        for group in range(told.num_row_groups)
        for column in range(told.num_columns)
    )
    fields = {"path": path.name, "got": size, "allowed": limits.PARQUET_MEMORY}
    return Problem("too_large", fields) if size > limits.PARQUET_MEMORY else None


def _plain(column: pa.ChunkedArray, name: str) -> pa.ChunkedArray:
    """Return a column of texts or numbers; texts are looked at before they are written out."""
    if name in NUMBERS:
        if not (pa.types.is_integer(column.type) or pa.types.is_floating(column.type)):
            raise TypeError(name)
        return column
    if not pa.types.is_dictionary(column.type):
        raise TypeError(name)
    for chunk in column.chunks:
        longest = pc.max(pc.binary_length(chunk.dictionary)).as_py()
        if (longest or 0) > LONGEST_ID:
            raise ValueError(name)
    return column.cast(pa.large_string())
