"""Where tables come from: Parquet and CSV files, folders of them, and tables in memory.

Files are read batch by batch, Parquet by row groups. CSV is read twice: first for the types of its
columns, so that the first block does not decide for the whole file, and ids stay texts.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Union

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet

from fader.errors import InputError, MissingError

BATCH_ROWS = 1 << 16
#: A path, several, or anything that gives Arrow data: tables of PyArrow, Polars and pandas.
Source = Union[str, Path, Sequence[Union[str, Path]], Any]

_NULLS = ["", "NULL", "null", "\\N", "NaN", "nan"]
_ENDINGS = (".parquet", ".csv", ".csv.gz", ".tsv", ".tsv.gz")


class Table:
    """A table that can be read once or more, batch by batch.

    Attributes:
        name: for messages.
        names: of the columns.
        size: bytes that its rows take as Python objects, estimated.
    """

    def __init__(self, name: str, names: list[str], size: int) -> None:
        self.name = name
        self.names = names
        self.size = size

    def batches(self, columns: Sequence[str], texts: Sequence[str]) -> Iterator[Any]:
        """Record batches of these columns.

        Args:
            texts: of the columns, those that are ids: CSV keeps their characters.
        """
        raise NotImplementedError


def open_table(source: Source, name: str) -> Table:
    """The table of a source; ``name`` is what messages call one in memory."""
    if isinstance(source, (str, Path)):
        return _open_path(Path(source))
    if isinstance(source, Sequence) and not isinstance(source, (bytes, bytearray)):
        paths = [Path(path) for path in source]
        if not paths:
            raise InputError(name, "at least one file", "none")
        return _Several([_open_path(path) for path in paths])
    if hasattr(source, "collect") and not hasattr(source, "__arrow_c_stream__"):
        source = source.collect()
    if hasattr(source, "__arrow_c_stream__"):
        return _Memory(name, pa.table(source))
    raise InputError(
        name, "a path, several paths, or a table of PyArrow, Polars or pandas", type(source).__name__
    )


def _open_path(path: Path) -> Table:
    if path.is_dir():
        files = sorted(
            file for file in path.rglob("*")
            if file.name.endswith(_ENDINGS) and not file.name.startswith((".", "_"))
        )
        if not files:
            raise InputError(str(path), "a folder with .parquet or .csv files", "none of them")
        return _Several([_open_path(file) for file in files])
    if not path.is_file():
        raise MissingError(str(path), "a file or a folder", "none", "give its path")
    with path.open("rb") as file:
        is_parquet = file.read(4) == b"PAR1"
    if is_parquet:
        return _Parquet(path)
    if not path.name.endswith(_ENDINGS[1:]):
        raise InputError(
            str(path), "a Parquet file, or CSV whose name ends in .csv, .tsv or these and .gz",
            "another file", "convert it to Parquet",
        )
    return _CSV(path)


def _size(rows: int, columns: int, stored: int) -> int:
    """Measured: ids and times of a row, a reference to each value, distinct values with their names."""
    return rows * (500 + 16 * columns) + 4 * stored


class _Memory(Table):
    def __init__(self, name: str, table: Any) -> None:
        super().__init__(name, list(table.column_names), _size(table.num_rows, table.num_columns, table.nbytes))
        self._table = table

    def batches(self, columns: Sequence[str], texts: Sequence[str]) -> Iterator[Any]:
        yield from self._table.select(columns).to_batches(max_chunksize=BATCH_ROWS)


class _Parquet(Table):
    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            with pa.parquet.ParquetFile(path) as file:
                schema, meta = file.schema_arrow, file.metadata
                size = sum(meta.row_group(g).total_byte_size for g in range(meta.num_row_groups))
        except (pa.ArrowException, OSError) as error:
            raise InputError(str(path), "a sound Parquet file", str(error)) from None
        super().__init__(str(path), list(schema.names), _size(meta.num_rows, len(schema), size))

    def batches(self, columns: Sequence[str], texts: Sequence[str]) -> Iterator[Any]:
        try:
            with pa.parquet.ParquetFile(self._path) as file:
                yield from file.iter_batches(BATCH_ROWS, columns=list(columns))
        except (pa.ArrowException, OSError) as error:
            raise InputError(str(self._path), "a sound Parquet file", str(error)) from None


class _CSV(Table):
    def __init__(self, path: Path) -> None:
        self._path = path
        self._delimiter = "\t" if ".tsv" in path.suffixes else ","
        try:
            with pa.input_stream(str(path), compression="detect") as stream:
                head = stream.read(1 << 20).decode("utf-8-sig", "replace")
        except (pa.ArrowException, OSError) as error:
            raise InputError(str(path), "a sound CSV file", str(error)) from None
        header = next(csv.reader(io.StringIO(head), delimiter=self._delimiter), [])
        if not header:
            raise InputError(str(path), "a first line that names the columns", "an empty file")
        twice = sorted({name for name in header if header.count(name) > 1})
        if twice:
            raise InputError(str(path), "columns with names of their own", f"{twice[0]!r} twice")
        # A row of text grows by about as much as one of Parquet; text packs to about a sixth.
        size = path.stat().st_size * (30 if path.name.endswith(".gz") else 5)
        super().__init__(str(path), header, size)
        #: Of the columns that are no ids, as far as they are known.
        self.types: dict[str, Any] = {}

    def _read(self, columns: Sequence[str], types: dict[str, Any]) -> Iterator[Any]:
        parse = pa.csv.ParseOptions(delimiter=self._delimiter, newlines_in_values=True)
        convert = pa.csv.ConvertOptions(
            column_types=types, include_columns=list(columns), null_values=_NULLS,
            strings_can_be_null=True, quoted_strings_can_be_null=False,
        )
        try:
            with pa.input_stream(str(self._path), compression="detect") as stream:
                yield from pa.csv.open_csv(stream, parse_options=parse, convert_options=convert)
        except (pa.ArrowException, OSError) as error:
            raise InputError(
                str(self._path), "lines of CSV with as many values as the first one", str(error)
            ) from None

    def batches(self, columns: Sequence[str], texts: Sequence[str]) -> Iterator[Any]:
        unknown = [name for name in columns if name not in texts and name not in self.types]
        if unknown:
            self.types |= self.inferred(unknown)
        types = {name: pa.string() if name in texts else self.types[name] for name in columns}
        yield from self._read(columns, types)

    def inferred(self, columns: Sequence[str]) -> dict[str, Any]:
        """The narrowest type that holds every value: nothing, whole numbers, numbers, flags, texts."""
        left = {name: [pa.int64(), pa.float64(), pa.bool_()] for name in columns}
        seen: set[str] = set()
        for batch in self._read(columns, dict.fromkeys(columns, pa.string())):
            for name, types in left.items():
                values = batch.column(name).drop_null()
                if len(values):
                    seen.add(name)
                # A number that begins with 0 is a code, such as a postal one.
                if types and types[-1] != pa.string() and pc.any(
                    pc.match_substring_regex(values, r"^-?0[0-9]")
                ).as_py():
                    types.clear()
                while types and not _casts(values, types[0]):
                    types.pop(0)
        return {
            name: pa.null() if name not in seen else types[0] if types else pa.string()
            for name, types in left.items()
        }


def _widest(types: Iterable[Any]) -> Any:
    """A type for the values of all of these, as ``_CSV.inferred`` gives them."""
    kinds = set(types) - {pa.null()}
    if kinds == {pa.int64(), pa.float64()}:
        return pa.float64()
    return kinds.pop() if len(kinds) == 1 else pa.string() if kinds else pa.null()


def _casts(values: Any, type_: Any) -> bool:
    if type_ == pa.bool_():
        allowed = pa.array(["true", "false", "True", "False", "TRUE", "FALSE"])
        return bool(pc.all(pc.is_in(values, allowed)).as_py() in (True, None))
    try:
        pc.cast(values, type_)
    except pa.ArrowInvalid:
        return False
    return True


class _Several(Table):
    """Files of one table, one after the other."""

    def __init__(self, tables: list[Table]) -> None:
        first = tables[0]
        for table in tables[1:]:
            lacking = sorted(set(first.names) - set(table.names))
            if lacking:
                raise InputError(
                    table.name, f"the columns of {first.name}", f"no column {lacking[0]!r}",
                    "export both with one schema",
                )
        name = f"{first.name} and {len(tables) - 1} more" if len(tables) > 1 else first.name
        super().__init__(name, first.names, sum(table.size for table in tables))
        self._tables = tables

    def batches(self, columns: Sequence[str], texts: Sequence[str]) -> Iterator[Any]:
        files = [table for table in self._tables if isinstance(table, _CSV)]
        unknown = [name for name in columns if name not in texts]
        found = [file.inferred(unknown) for file in files]
        for file in files:
            file.types = {name: _widest(types[name] for types in found) for name in unknown}
        for table in self._tables:
            yield from table.batches(columns, texts)


def batches(table: Table, columns: Iterable[str], texts: Sequence[str]) -> Iterator[Any]:
    """Batches of a table, dictionaries and extension types resolved."""
    for batch in table.batches(list(columns), texts):
        yield [_plain(batch.column(name)) for name in columns]


def _plain(column: Any) -> Any:
    if isinstance(column.type, pa.BaseExtensionType):
        column = column.storage
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    settled = _settled(column.type)
    return column if settled == column.type else column.cast(settled)


def _settled(type_: Any) -> Any:
    """Without views of texts, as Polars writes them: Arrow cannot yet do everything with these."""
    if getattr(pa.types, "is_string_view", lambda _: False)(type_):
        return pa.large_string()
    if getattr(pa.types, "is_binary_view", lambda _: False)(type_):
        return pa.large_binary()
    if pa.types.is_list(type_) or pa.types.is_large_list(type_):
        inner = _settled(type_.value_type)
        return type_ if inner == type_.value_type else pa.large_list(inner)
    return type_
