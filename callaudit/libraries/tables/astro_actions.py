"""Actions of Astro 4 and 5: https://docs.astro.build/en/reference/modules/astro-actions/#defineaction."""

from callaudit.libraries.model import Give, Library

LIBRARY = Library(name="astro", packages=("astro:actions",), exports={"defineAction": Give()})
