"""Which app of a repository a file belongs to."""

from callaudit.flow.apps.apps import app_of

__all__ = ["app_of"]
