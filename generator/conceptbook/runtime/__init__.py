"""Obtain, verify and prepare the Pyodide distribution that runs in the reader's browser."""
