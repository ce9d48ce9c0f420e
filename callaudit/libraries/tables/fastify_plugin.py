"""fastify-plugin 3 to 5: the plugin is its argument."""

from callaudit.libraries.model import Give, Library

LIBRARY = Library(
    name="fastify-plugin", packages=("fastify-plugin",), exports={"default": Give(), "fastifyPlugin": Give()}
)
