"""`python -m conceptbook`."""

from .cli import main

main()
