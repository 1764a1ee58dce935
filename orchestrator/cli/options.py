"""Arguments and options that several commands have, each told in one way."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
ShowFolder = Annotated[Path, typer.Option("--show", help="The show's folder.")]
Build = Annotated[Path, typer.Argument(help="A checkpoint folder: my-show/builds/s01e01.")]
Episode = Annotated[Path, typer.Argument(help="A .fountain file, or a Script as .json/.yaml.")]
