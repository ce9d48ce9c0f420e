"""Jobs that are put into queues: who puts them there reaches what the worker does."""

from __future__ import annotations

from tests.projects import Files, audited, called

_PACKAGE = '{"name": "x", "dependencies": {"bullmq": "5.0.0", "bull": "4.0.0", "express": "4.0.0"}}'


def _bullmq(options: str = "", add: str = '"one", { id: 1 }', queue: str = '"sync"') -> Files:
    return {
        "package.json": _PACKAGE,
        "queue.ts": f"""
import {{ Queue }} from "bullmq";
export const queue = new Queue({queue}{options});
""",
        "worker.ts": """
import { Worker } from "bullmq";
new Worker("sync", async (job) => { await fetch(`https://api.example.com/items/${job.data.id}`); });
""",
        "server.ts": f"""
import express from "express";
import {{ queue }} from "./queue";
const app = express();
app.post("/sync", async (req, res) => {{
  await queue.add({add});
  res.json({{}});
}});
app.listen(3000);
""",
    }


_ITEM = "GET api.example.com/items/{}"


def test_who_adds_a_job_reaches_what_its_worker_does() -> None:
    found = audited(_bullmq())
    assert called(found, "route", "POST /sync") == {_ITEM: (1, 1)}
    assert called(found, "job", "queue 'sync'") == {_ITEM: (1, 1)}
    (reach,) = next(one for one in found.entries if one.kind == "route").reaches
    assert reach.origin == "worker"
    assert found.retries == ()


def test_attempts_of_a_job_are_a_retry_that_nobody_waits_for() -> None:
    add = '"one", { id: 1 }, { attempts: 3, backoff: { type: "exponential", delay: 1000 } }'
    found = audited(_bullmq(add=add))
    assert called(found, "route", "POST /sync") == {_ITEM: (1, 3)}
    (retry,) = found.retries
    assert (retry.mechanism, retry.file, retry.max_attempts) == ("queue attempts", "server.ts", 3)
    assert (retry.delays_ms, retry.backoff, retry.in_request_path) == ((1000, 2000), "exponential", False)


def test_attempts_of_all_jobs_of_a_queue() -> None:
    found = audited(_bullmq(options=", { defaultJobOptions: { attempts: 5, backoff: 200 } }"))
    (retry,) = found.retries
    assert (retry.max_attempts, retry.delays_ms, retry.backoff) == (5, (200,) * 4, "fixed")


def test_a_job_that_is_repeated_is_added_by_nobody() -> None:
    found = audited(_bullmq(add='"one", { id: 1 }, { repeat: { every: 60000 } }'))
    assert called(found, "route", "POST /sync") == {}


def test_another_queue_is_not_reached() -> None:
    assert called(audited(_bullmq(queue='"other"')), "route", "POST /sync") == {}


def test_a_queue_whose_name_is_not_known_is_not_guessed() -> None:
    assert called(audited(_bullmq(queue="process.argv[2]")), "route", "POST /sync") == {}


def test_workers_for_jobs_of_one_name() -> None:
    found = audited(
        {
            "package.json": _PACKAGE,
            "server.ts": """
import Bull from "bull";
import express from "express";
const queue = new Bull("mail");
const app = express();
app.post("/one", async (req, res) => { await queue.add("one", {}); });
app.post("/two", async (req, res) => { await queue.add("two", {}); });
app.post("/none", async (req, res) => { await queue.add("none", {}); });
queue.process("one", async () => { await fetch("https://api.example.com/one"); });
queue.process("two", async () => { await fetch("https://api.example.com/two"); });
app.listen(3000);
""",
        }
    )
    assert called(found, "route", "POST /one") == {"GET api.example.com/one": (1, 1)}
    assert called(found, "route", "POST /two") == {"GET api.example.com/two": (1, 1)}
    assert called(found, "route", "POST /none") == {}


def test_a_processor_of_nest() -> None:
    found = audited(
        {
            "package.json": '{"name": "x", "dependencies": {"@nestjs/bullmq": "10.0.0", "@nestjs/common": "10.0.0"}}',
            "mail.ts": """
import { Processor, WorkerHost, InjectQueue } from "@nestjs/bullmq";
import { Controller, Post } from "@nestjs/common";
import { Queue } from "bullmq";
@Processor("mail")
export class MailProcessor extends WorkerHost {
  async process() { await fetch("https://api.example.com/mail"); }
}
@Controller("mails")
export class MailController {
  constructor(@InjectQueue("mail") private readonly queue: Queue) {}
  @Post()
  async send() { await this.queue.add("send", {}, { attempts: 2 }); }
}
""",
        }
    )
    assert called(found, "route", "POST /mails") == {"GET api.example.com/mail": (1, 2)}
    (retry,) = found.retries
    assert (retry.max_attempts, retry.delays_ms) == (2, (0,))
