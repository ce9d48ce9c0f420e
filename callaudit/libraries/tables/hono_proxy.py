"""`proxy` of Hono 4 (https://hono.dev/docs/helpers/proxy): a request as fetch sends it."""

from callaudit.libraries.model import Library
from callaudit.libraries.tables.web import FETCH

LIBRARY = Library(name="hono/proxy", packages=("hono/proxy",), exports={"proxy": FETCH}, network=True)
