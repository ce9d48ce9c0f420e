"""fastify-cron 1: a plugin that is given jobs as `cron` takes them. https://github.com/47ng/fastify-cron#usage."""

from callaudit.libraries.model import Arg, Library, Schedule

_JOBS = Schedule(callback=Arg(0, "onTick"), when=Arg(0, "cronTime"), among=Arg(0, "jobs"))

LIBRARY = Library(
    name="scheduler",
    packages=("fastify-cron",),
    exports={"default": _JOBS, "fastifyCron": _JOBS},
    serves=True,
)
