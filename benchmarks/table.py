"""The table of figures beside their budgets."""

import json
import os
import platform
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True)
class Row:
    """One figure, its budget, both in `unit`. A yardstick has no budget: it tells the machine."""

    name: str
    figure: float
    budget: float | None
    unit: str = "ms CPU"

    @property
    def ratio(self) -> float | None:
        """Share of the budget that is used; above 1 it is broken."""
        return round(self.figure / self.budget, 3) if self.budget else None


def show(rows: Sequence[Row]) -> None:
    """Print the table."""
    width = max(len(row.name) for row in rows)
    print(f"{'operation':{width}}  {'figure':>9}  {'budget':>7}  {'unit':7}  ratio")
    for row in rows:
        print(f"{row.name:{width}}  {row.figure:9.2f}  {_judged(row)}")


def _judged(row: Row) -> str:
    if row.budget is None or row.ratio is None:
        return f"{'':7}  {row.unit:7}  yardstick"
    mark = "" if row.ratio <= 1 else "  OVER"
    return f"{row.budget:7g}  {row.unit:7}  {row.ratio:5.2f}{mark}"


def keep(rows: Sequence[Row]) -> Path:
    """Write the figures with a description of the machine to results/."""
    RESULTS.mkdir(exist_ok=True)
    file = RESULTS / "latest.json"
    file.write_text(
        json.dumps(
            {
                "measured_on": time.strftime("%Y-%m-%d", time.gmtime()),
                "machine": {
                    "cores": os.cpu_count(),
                    "processor": platform.machine(),
                    "system": platform.system(),
                    "python": platform.python_version(),
                },
                "rows": [asdict(row) | {"ratio": row.ratio} for row in rows],
            },
            indent=1,
        )
        + "\n",
        encoding="utf-8",
    )
    return file
