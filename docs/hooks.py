"""Reference pages that are made from the code when the site is built: commands, errors, the contract's JSON Schema."""

import json
import textwrap

import click
import msgspec
import typer
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from wortlaut import errors, model
from wortlaut.cli import app


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages."""
    made = {"commands": commands(), "errors": error_tree(), "schema": schema()}
    for name, content in made.items():
        files.append(File.generated(config, f"reference/{name}.md", content=content))
    return files


def commands() -> str:
    """Return every command with its help, arguments and options."""
    lines = ["# Commands", "", "`wortlaut --help` and `wortlaut COMMAND --help` say the same.", ""]

    def describe(command: click.Command, name: str, depth: int) -> None:
        context = click.Context(command, info_name=name)
        lines.extend([f"{'#' * depth} {name}", "", (command.help or "").split("\f")[0].strip(), ""])
        if isinstance(command, click.Group):
            for each, own in command.commands.items():
                describe(own, f"{name} {each}", depth + 1)
            return
        lines.extend(["```text", command.get_usage(context), "```", "", "| option | meaning |", "|---|---|"])
        for parameter in command.params:
            record = parameter.get_help_record(context)
            if record:
                lines.append("| `{}` | {} |".format(*(part.replace("|", "\\|") for part in record)))
        lines.append("")

    for name, command in typer.main.get_group(app).commands.items():
        describe(command, f"wortlaut {name}", 2)
    return "\n".join(lines)


def error_tree() -> str:
    """Return the errors as their module draws them, with what each means."""
    lines = ["# Errors", "", textwrap.dedent(errors.__doc__ or ""), ""]
    for name, kind in vars(errors).items():
        if isinstance(kind, type) and issubclass(kind, errors.WortlautError):
            lines.extend([f"## {name}", "", (kind.__doc__ or "").strip(), ""])
    return "\n".join(lines)


def schema() -> str:
    """Return the JSON Schema of a Reading and of a Rejection."""
    kinds = (model.Reading, model.Rejection)
    either, parts = msgspec.json.schema_components(kinds, ref_template="#/$defs/{name}")
    both = {"$schema": "https://json-schema.org/draft/2020-12/schema", "anyOf": [*either], "$defs": parts}
    return f"# JSON Schema\n\n```json\n{json.dumps(both, indent=2, ensure_ascii=False)}\n```\n"
