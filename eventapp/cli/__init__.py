"""Commands for people and cron: serve, work, migrate, import, export, demo."""
