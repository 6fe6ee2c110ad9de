"""The small vocabulary of downloads."""

from enum import StrEnum


class FileFormat(StrEnum):
    """What kind of file a list becomes."""

    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"
