"""Angular 14 and later: `inject` gives what the injector holds. https://angular.dev/api/core/inject."""

from callaudit.libraries.model import Inject, Library

LIBRARY = Library(name="angular", packages=("@angular/core",), exports={"inject": Inject()})
