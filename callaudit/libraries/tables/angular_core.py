"""Angular 14 and later: a class that is injected stands for its object.

https://angular.dev/api/core/inject.
"""

from callaudit.libraries.model import Give, Library

LIBRARY = Library(name="angular", packages=("@angular/core",), exports={"inject": Give()})
