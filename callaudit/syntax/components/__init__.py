"""Files of components (`.vue`, `.svelte`, `.astro`), written as the module that they stand for."""

from callaudit.syntax.components.translation import Translated, translated

__all__ = ["Translated", "translated"]
