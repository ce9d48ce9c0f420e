"""Configuration services that read environment variables: @nestjs/config 2 to 4."""

from callaudit.libraries.model import Library, Quiet

LIBRARY = Library(
    name="configuration",
    packages=("@nestjs/config",),
    exports={"ConfigService": Quiet()},
    clients={"config": {"get": Quiet(), "getOrThrow": Quiet()}},
    types={"ConfigService": "config"},
)
