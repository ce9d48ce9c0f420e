"""bree 7 to 9: https://github.com/breejs/bree. To make it runs nothing: its jobs are entries of their own."""

from callaudit.libraries.model import Library, Make

LIBRARY = Library(name="bree", packages=("bree",), exports={"default": Make("bree")}, clients={"bree": {}})
