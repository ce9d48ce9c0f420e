"""Facts of TypeScript, TSX, JavaScript and JSX files."""

from callaudit.syntax.typescript.extract import extract_module

__all__ = ["extract_module"]
