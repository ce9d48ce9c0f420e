"""`resolve(from, to)` of Node's module url, whose exports stand among the globals as most of them are some.

https://nodejs.org/api/url.html#urlresolvefrom-to.
"""

from callaudit.libraries.model import Join, Library

LIBRARY = Library(name="node-url", packages=("",), exports={"resolve": Join(resolves=True)})
