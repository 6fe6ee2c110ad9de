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
    """One figure, its budget, both in `unit`."""

    name: str
    figure: float
    budget: float
    unit: str = "ms CPU"

    @property
    def ratio(self) -> float:
        """Share of the budget that is used; above 1 it is broken."""
        return self.figure / self.budget


def show(rows: Sequence[Row]) -> None:
    """Print the table."""
    width = max(len(row.name) for row in rows)
    print(f"{'operation':{width}}  {'figure':>9}  {'budget':>7}  {'unit':7}  ratio")
    for row in rows:
        mark = "" if row.ratio <= 1 else "  OVER"
        print(
            f"{row.name:{width}}  {row.figure:9.2f}  {row.budget:7g}  {row.unit:7}  "
            f"{row.ratio:5.2f}{mark}"
        )


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
                "rows": [asdict(row) | {"ratio": round(row.ratio, 3)} for row in rows],
            },
            indent=1,
        )
        + "\n",
        encoding="utf-8",
    )
    return file
