"""The words that options of the command line accept."""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    TEXT = "text"
    BLOCKS = "blocks"
    TABLES = "tables"
    RECORDS = "records"
    CHUNKS = "chunks"


class ListFormat(StrEnum):
    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"


class RecordFormat(StrEnum):
    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"
    XLSX = "xlsx"


class MeasureStatus(StrEnum):
    OFF_TARGET = "off_target"
    ON_TARGET = "on_target"
    NO_TARGET = "no_target"
    NO_VALUE = "no_value"
    UNDETERMINED = "undetermined"


class ActionStatus(StrEnum):
    COMPLETED = "completed"
    OPEN = "open"
    ONGOING = "ongoing"


class Letter(StrEnum):
    RED = "R"
    AMBER = "A"
    GREEN = "G"
    BLUE = "B"
