"""Measures against the budgets; `make bench` prints the table and keeps it in results/."""
