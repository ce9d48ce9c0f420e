"""Globals of Bun: https://bun.sh/docs/api/utils#bun-sleep."""

from callaudit.libraries.model import Arg, Library, Wait

LIBRARY = Library(name="bun", packages=("",), exports={"Bun.sleep": Wait(Arg(0))})
