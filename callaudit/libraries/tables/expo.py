"""Expo: what is registered as the root is a page of its own, found by `frameworks/single_page.py`."""

from callaudit.libraries.model import Library, Quiet

LIBRARY = Library(name="expo", packages=("expo",), exports={"registerRootComponent": Quiet()})
