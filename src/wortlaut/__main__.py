"""`python -m wortlaut` is the command line."""

from wortlaut.cli import main

main()
