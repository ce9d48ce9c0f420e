"""Expo SDK 46 to 54 (https://docs.expo.dev/versions/latest/sdk/expo/): what is registered as the root is a page.

It is found by `frameworks/single_page.py`, and no part of the module that registers it.
"""

from callaudit.libraries.model import Library, Quiet

LIBRARY = Library(name="expo", packages=("expo",), exports={"registerRootComponent": Quiet()})
