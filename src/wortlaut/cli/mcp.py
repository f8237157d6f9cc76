"""`mcp`: the ledger as tools for assistants."""

from wortlaut.cli.options import DEFAULT_LEDGER, LedgerOption, clear_errors, index_with_progress


def mcp(ledger: LedgerOption = DEFAULT_LEDGER) -> None:
    """Answer assistants (Model Context Protocol, on standard input and output); nothing they ask changes the ledger."""
    with clear_errors():
        from wortlaut.errors import ConfigurationError
        from wortlaut.ledger import Ledger

        try:
            from wortlaut.mcp import server_of
        except ImportError as error:
            raise ConfigurationError("the official SDK is not installed: pip install 'wortlaut[mcp]'") from error
        with Ledger.open(ledger, create=False) as store:
            index_with_progress(store)
            server_of(store).run()
