"""Schedules that run once however many processes a program has: a queue's store or a platform starts them.

All others are timers of a process, and each instance runs its own (node-cron, @nestjs/schedule, setInterval). Deno.cron
is one of these outside of Deno Deploy (https://docs.deno.com/examples/cron/).
"""

from __future__ import annotations

ONE_FOR_ALL = ("instances", "one for all")
"""The setting of a trigger that says so."""

RUNS_ONCE = frozenset(
    {
        # One entry in Redis for each repeated job, which one worker takes:
        # https://docs.bullmq.io/guide/job-schedulers, https://github.com/OptimalBits/bull/blob/master/REFERENCE.md#queueadd
        "repeat",
        "upsertJobScheduler",
        # One document, locked by the process that runs it: https://github.com/agenda/agenda#multiple-job-processors
        "agenda.every",
        # "only 1 job is created for each interval": https://github.com/timgit/pg-boss/blob/master/docs/api/scheduling.md
        "pg-boss.schedule",
        # Platforms that call a deployed function: https://www.inngest.com/docs/guides/scheduled-functions,
        # https://trigger.dev/docs/tasks/scheduled, https://docs.convex.dev/scheduling/cron-jobs
        "inngest",
        "schedules.task",
        # https://upstash.com/docs/qstash/features/schedules
        "qstash schedules",
        "crons",
        # https://docs.netlify.com/functions/scheduled-functions/
        "schedule",
        # EventBridge and Cloudflare: https://sst.dev/docs/component/aws/cron,
        # https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_events.Rule.html
        "sst.Cron",
        "events.Rule",
    }
)
"""Mechanisms of triggers as the tables of libraries name them."""
