"""The central server: tickets, calls, pushes and management."""
