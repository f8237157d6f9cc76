"""`wortlaut serve`: the ledger in the browser."""

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from wortlaut.cli.options import DEFAULT_LEDGER, LedgerOption, clear_errors, index_with_progress, say_if_only_words

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def serve(
    ledger: LedgerOption = DEFAULT_LEDGER,
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes any that is free.")] = 8765,
    host: Annotated[str, typer.Option(help="Where to listen; by default on this machine only.")] = "127.0.0.1",
    example: Annotated[
        bool, typer.Option("--demo", help="Show the example pages instead, in a ledger that is thrown away.")
    ] = False,
    token: Annotated[
        str | None,
        typer.Option(envvar="WORTLAUT_TOKEN", help="What readers must show; needed for any --host but this machine."),
    ] = None,
) -> None:
    """Show the ledger in the browser, at http://127.0.0.1:8765. Ctrl-C ends it."""
    with clear_errors():
        from wortlaut.cli.demo import fill
        from wortlaut.cli.tables import console
        from wortlaut.errors import ConfigurationError
        from wortlaut.ledger import Ledger

        if host not in _LOOPBACK and not token:
            raise ConfigurationError(f"--host {host} lets others in: give a --token that they must show")
        try:
            import uvicorn

            from wortlaut.web import Rules, make_app
        except ImportError as error:
            raise ConfigurationError(
                f"the reader needs more packages: pip install 'wortlaut[web]' ({error.name} is missing)"
            ) from error
        with (
            tempfile.TemporaryDirectory() as folder,
            Ledger.open(Path(folder) / "demo.ledger" if example else ledger, create=example) as store,
        ):
            if example:
                fill(store, console())
            say_if_only_words(index_with_progress(store))
            config = uvicorn.Config(
                make_app(store, Rules(token=token)), host=host, port=port, log_level="warning", server_header=False
            )
            with config.bind_socket() as listening:
                listening.listen()  # so that whoever reads the line below is not too early
                typer.echo(f"http://{host}:{listening.getsockname()[1]}  (Ctrl-C ends it)")
                uvicorn.Server(config).run(sockets=[listening])
