"""The templates of what is published, and the one style sheet that a strict page may hold."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

import jinja2

TEMPLATE = Path(__file__).parent / "sjabloon"


@cache
def page_templates() -> jinja2.Environment:
    """Return our templates for whole pages; a value that is missing is an error."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATE), autoescape=True, undefined=jinja2.StrictUndefined
    )


def read_style(*names: str) -> str:
    """Return these style sheets as one."""
    return "".join((TEMPLATE / name).read_text(encoding="utf-8") for name in names)


def style_hash(style: str) -> str:
    """Return what a Content-Security-Policy says about the one style sheet that it lets through."""
    return f"sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}"
