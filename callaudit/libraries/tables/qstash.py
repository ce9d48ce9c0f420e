"""QStash: a service that asks for a URL whenever a cron expression says.

@upstash/qstash 2 (https://upstash.com/docs/qstash/sdks/ts/examples/schedules: `client.schedules.create({ destination,
cron })`; https://upstash.com/docs/qstash/api/schedules/create: POST by default).
"""

from callaudit.libraries.model import Arg, Library, Make, Part, Schedule

_CREATE = Schedule(
    callback=Arg(0, "destination"), when=Arg(0, "cron"), mechanism="qstash schedules", overlap="", asks=True
)

LIBRARY = Library(
    name="qstash",
    packages=("@upstash/qstash", "@upstash/qstash/nextjs", "@upstash/qstash/cloudflare"),
    exports={"Client": Make("client")},
    clients={"client": {"schedules": Part("schedules")}, "schedules": {"create": _CREATE}},
    types={"Client": "client"},
    serves=True,
)
