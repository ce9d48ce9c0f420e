-- The inventory as tables. Names and meanings are a public interface: a change to one is a new `schema`.
--
-- Nothing is NULL. A word stands for what has no value: 'unknown' where the analysis could not find it out,
-- 'none' where nothing applies, 'several' where one call site has more than one (see `call_urls`).
-- Paths of files are POSIX and relative to the audited root; lines and columns count from 1, times are milliseconds.

-- What this database is and what it was made from.
CREATE TABLE about (
  name TEXT NOT NULL, -- 'schema', 'version', 'files_analyzed', 'files_skipped', 'files_with_errors'
  value TEXT NOT NULL, -- its value; 'schema' is the version of these tables
  PRIMARY KEY (name)
) STRICT, WITHOUT ROWID;

-- An HTTP route that the code serves, one row for each method.
CREATE TABLE routes (
  id INTEGER PRIMARY KEY, -- number of the route
  name TEXT NOT NULL, -- method and path, as in `entries.name`
  framework TEXT NOT NULL, -- 'next-app', 'nest', 'express', ...
  method TEXT NOT NULL, -- 'GET', ..., or 'ANY' where the handler takes all
  path TEXT NOT NULL, -- as the framework writes it, with every prefix
  app TEXT NOT NULL, -- folder of the package that serves it, '.' for the root
  file TEXT NOT NULL, -- where the handler is
  line INTEGER NOT NULL -- where the handler is
) STRICT;

-- A network call site: the `fetch(` or `client.get(` itself.
CREATE TABLE calls (
  id INTEGER PRIMARY KEY, -- number of the call site
  file TEXT NOT NULL, -- where it is
  line INTEGER NOT NULL, -- where it is
  col INTEGER NOT NULL, -- column where it begins
  function TEXT NOT NULL, -- qualified name of the function around it
  client TEXT NOT NULL, -- what sends it: the library, or 'web' for what browsers and Node have built in
  method TEXT NOT NULL, -- HTTP method, or 'several'
  url TEXT NOT NULL, -- the URL with {name} for what varies, 'several' or 'unknown'
  host TEXT NOT NULL, -- host, 'same-origin', 'several' or 'unknown'
  path TEXT NOT NULL, -- path with {name} for what varies, 'several' or 'unknown'
  provider TEXT NOT NULL, -- id of the provider profile, 'none' or 'several'
  endpoint TEXT NOT NULL, -- endpoint of the profile, 'unknown' to it, 'none' without one, or 'several'
  internal_route TEXT NOT NULL, -- the repository's own route that answers, 'none' or 'several'
  why_unknown TEXT NOT NULL, -- why the URL could not be known, or 'none'
  role TEXT NOT NULL, -- role of the file where it is not plain source code, or 'none'
  dead INTEGER NOT NULL -- 1 where nothing that starts code reaches it, else 0
) STRICT;

-- A URL that a call site can reach: one row for most, several for a wrapper.
CREATE TABLE call_urls (
  call INTEGER NOT NULL REFERENCES calls, -- the call site
  method TEXT NOT NULL, -- HTTP method
  host TEXT NOT NULL, -- host, 'same-origin' or 'unknown'
  path TEXT NOT NULL, -- path with {name} for what varies, or 'unknown'
  provider TEXT NOT NULL, -- id of the provider profile, or 'none'
  endpoint TEXT NOT NULL, -- endpoint of the profile, 'unknown' to it, or 'none' without one
  internal_route TEXT NOT NULL, -- the repository's own route that answers, or 'none'
  internal_route_file TEXT NOT NULL -- where that route's handler is, or 'none'
) STRICT;

-- What a call site passes along that matters: headers, cache settings, timeouts.
CREATE TABLE call_options (
  call INTEGER NOT NULL REFERENCES calls, -- the call site
  name TEXT NOT NULL, -- 'header', 'cache', 'timeout', ...; 'env' for an environment variable in the URL
  value TEXT NOT NULL -- name of the header or variable, or the option's value
) STRICT;

-- A connection that is no request: WebSocket, server-sent events.
CREATE TABLE connections (
  id INTEGER PRIMARY KEY, -- number of the connection
  file TEXT NOT NULL, -- where it is opened
  line INTEGER NOT NULL, -- where it is opened
  function TEXT NOT NULL, -- qualified name of the function around it
  client TEXT NOT NULL, -- what opens it
  protocol TEXT NOT NULL, -- 'websocket', 'sse', ...
  url TEXT NOT NULL -- the URL with {name} for what varies, or 'unknown'
) STRICT;

-- Something that starts code: a route, an action, a page, a job, a script, ...
CREATE TABLE entries (
  id INTEGER PRIMARY KEY, -- number of the entry
  kind TEXT NOT NULL, -- 'route', 'action', 'page', 'component', 'hook', 'job', 'loop', 'socket', 'script', 'cli'
  name TEXT NOT NULL, -- 'GET /api/orders' for a route, else the name that the code or the framework gives it
  file TEXT NOT NULL, -- where it is defined; for a job, where it is scheduled
  line INTEGER NOT NULL, -- where it is defined; for a job, where it is scheduled
  origin TEXT NOT NULL, -- where it runs, which decides whose quota pays: 'browser', 'server' or 'worker'
  app TEXT NOT NULL, -- folder of its package, '.' for the root
  framework TEXT NOT NULL, -- what starts it, or 'none'
  min_calls INTEGER NOT NULL, -- fewest upstream requests of one run, to any host
  max_calls ANY NOT NULL, -- most upstream requests of one run, or 'unbounded' where data decides
  dead INTEGER NOT NULL -- 1 where nothing mounts or starts it, else 0
) STRICT;

-- An upstream endpoint that a run of an entry can call, one row for each call site.
-- 'unbounded' is greater than every number (max_calls > 3 finds it), but sum() takes it as 0: see `bounded`.
CREATE TABLE reaches (
  id INTEGER PRIMARY KEY, -- number of the reach
  entry INTEGER NOT NULL REFERENCES entries, -- what starts it
  provider TEXT NOT NULL, -- id of the provider profile, or 'none'
  endpoint TEXT NOT NULL, -- endpoint of the profile, 'unknown' to it, or 'none' without one
  host TEXT NOT NULL, -- host, or 'unknown'
  method TEXT NOT NULL, -- HTTP method
  path TEXT NOT NULL, -- path with {name} for what varies, or 'unknown'
  min_calls INTEGER NOT NULL, -- fewest calls in one run
  max_calls ANY NOT NULL, -- most calls in one run, or 'unbounded' where data decides
  bounded INTEGER NOT NULL, -- 1 where max_calls is a number, else 0
  conditional INTEGER NOT NULL, -- 1 where a run can go without the call, else 0
  file TEXT NOT NULL, -- where the call site is
  line INTEGER NOT NULL, -- where the call site is
  through TEXT NOT NULL, -- the repository's own routes on the ways there, joined by ' > ', or 'none'
  origin TEXT NOT NULL, -- where the request is sent: 'browser', 'server' or 'worker'
  bucket TEXT NOT NULL, -- the quota that pays, 'unknown', or 'none' where no profile knows the host
  bucket_why TEXT NOT NULL -- when it is another quota, or why it is not known, or 'none'
) STRICT;

-- The functions that lead from an entry to a call: the evidence for a reach.
CREATE TABLE reach_steps (
  reach INTEGER NOT NULL REFERENCES reaches, -- the reach
  step INTEGER NOT NULL, -- 1 for the function nearest to the entry
  function TEXT NOT NULL, -- qualified name; '→ GET /api/x' where the chain crosses an own route
  file TEXT NOT NULL, -- where the function is written
  line INTEGER NOT NULL, -- where the function is written
  called_at INTEGER NOT NULL, -- line of the step before that calls it, 0 for a route
  PRIMARY KEY (reach, step)
) STRICT, WITHOUT ROWID;

-- Where a hook or component is mounted: one row for each page.
CREATE TABLE mounts (
  entry INTEGER NOT NULL REFERENCES entries, -- the hook or component
  page TEXT NOT NULL, -- path of the page that mounts it
  PRIMARY KEY (entry, page)
) STRICT, WITHOUT ROWID;

-- Something that repeats an entry: a poll, a schedule, a timer, an event.
CREATE TABLE triggers (
  id INTEGER PRIMARY KEY, -- number of the trigger
  kind TEXT NOT NULL, -- 'poll', 'cron', 'timer', 'loop', 'focus', 'load', 'event'
  mechanism TEXT NOT NULL, -- 'refetchInterval', 'setInterval', 'cron', 'while+sleep', ...
  entry TEXT NOT NULL, -- name of the entry that it repeats
  function TEXT NOT NULL, -- qualified name of the function that sets it up
  origin TEXT NOT NULL, -- where it runs: 'browser', 'server', 'worker' or 'unknown'
  ms ANY NOT NULL, -- its interval, 'several' (see trigger_intervals), 'unknown' or 'none' for an event
  why TEXT NOT NULL, -- why the interval is not known, or 'none'
  period TEXT NOT NULL, -- 'interval', 'interval+run' where the interval begins when a run has ended, or 'none'
  enabled TEXT NOT NULL, -- the condition under which it runs, 'always' where there is none
  background TEXT NOT NULL, -- 'yes' where it goes on in a hidden tab, 'no' where it pauses, 'unknown' or 'none'
  stale_ms ANY NOT NULL, -- how long what it fetched counts as fresh, 'several' or 'none'
  key TEXT NOT NULL, -- what tells its data from other data, or 'none'
  reaches_upstream INTEGER NOT NULL, -- 1 where a firing can reach an upstream endpoint, through own routes too
  calls_network INTEGER NOT NULL, -- 1 where a firing sends any request
  dead INTEGER NOT NULL, -- 1 where nothing mounts or starts it, else 0
  file TEXT NOT NULL, -- where the option or the timer is
  line INTEGER NOT NULL -- where the option or the timer is
) STRICT;

-- An interval of a trigger: several where a condition chooses.
CREATE TABLE trigger_intervals (
  trigger INTEGER NOT NULL REFERENCES triggers, -- the trigger
  ms ANY NOT NULL, -- milliseconds
  condition TEXT NOT NULL -- when it holds, or 'always'
) STRICT;

-- Where several instances of a trigger may run at once, each of which fires by itself.
CREATE TABLE trigger_instances (
  trigger INTEGER NOT NULL REFERENCES triggers, -- the trigger
  place TEXT NOT NULL, -- path of the page, or name of the entry that starts it
  min_instances INTEGER NOT NULL, -- fewest of them
  max_instances ANY NOT NULL -- most of them, or 'unbounded' where data decides
) STRICT;

-- An upstream endpoint that one firing of a trigger can reach.
CREATE TABLE trigger_endpoints (
  trigger INTEGER NOT NULL REFERENCES triggers, -- the trigger
  host TEXT NOT NULL, -- host
  method TEXT NOT NULL, -- HTTP method
  path TEXT NOT NULL -- path with {name} for what varies, or 'unknown'
) STRICT;

-- What a trigger's library is told, or does by default, beside the interval.
CREATE TABLE trigger_settings (
  trigger INTEGER NOT NULL REFERENCES triggers, -- the trigger
  name TEXT NOT NULL, -- 'retry', 'refetchOnWindowFocus', 'overlap', 'instances', ...
  value TEXT NOT NULL -- its value in words
) STRICT;

-- A loop or option that sends a request again.
CREATE TABLE retries (
  id INTEGER PRIMARY KEY, -- number of the retry
  mechanism TEXT NOT NULL, -- 'loop', 'recursion', 'retry', ...
  function TEXT NOT NULL, -- qualified name of the function around it
  max_attempts ANY NOT NULL, -- most attempts, the first one included, or 'unbounded'
  why TEXT NOT NULL, -- what is not known of it, or 'none'
  delays TEXT NOT NULL, -- waits in milliseconds, joined by spaces, or 'none'
  delay_position TEXT NOT NULL, -- 'between' attempts, 'before' each one, or 'none'
  backoff TEXT NOT NULL, -- 'none', 'fixed', 'linear', 'exponential' or 'unknown'
  jitter INTEGER NOT NULL, -- 1 where the waits are random
  in_request_path INTEGER NOT NULL, -- 1 where somebody waits for it, else 0
  file TEXT NOT NULL, -- where it is
  line INTEGER NOT NULL -- where it is
) STRICT;

-- An upstream endpoint that a retry repeats.
CREATE TABLE retry_endpoints (
  retry INTEGER NOT NULL REFERENCES retries, -- the retry
  endpoint TEXT NOT NULL -- method, host and path
) STRICT;

-- Something between an entry and the network: a cache, a queue, a limiter, a timeout.
CREATE TABLE guards (
  id TEXT NOT NULL, -- id of the guard, as `guards` in the JSON inventory
  kind TEXT NOT NULL, -- 'cache', 'dedup', 'queue', 'limiter', 'timeout', 'backoff-429', 'metrics'
  mechanism TEXT NOT NULL, -- what does it, in words
  scope TEXT NOT NULL, -- 'shared', 'per-key' or 'unknown'
  store TEXT NOT NULL, -- 'process', 'distributed', 'cdn', 'browser' or 'unknown'
  key TEXT NOT NULL, -- what tells one kept answer from another, in words, or 'unknown'
  ttl_ms ANY NOT NULL, -- how long an answer is kept (of a timeout: how long it waits), 'several' or 'unknown'
  concurrency ANY NOT NULL, -- how many calls a queue or limiter runs at once, or 'unknown'
  per_second ANY NOT NULL, -- how many calls a queue or limiter starts a second in each process, or 'unknown'
  why TEXT NOT NULL, -- what is not certain about it, or 'none'
  function TEXT NOT NULL, -- qualified name of the function around it
  file TEXT NOT NULL, -- where it is
  line INTEGER NOT NULL, -- where it is
  PRIMARY KEY (id)
) STRICT, WITHOUT ROWID;

-- An upstream endpoint behind a guard.
CREATE TABLE guard_endpoints (
  guard TEXT NOT NULL REFERENCES guards, -- the guard
  endpoint TEXT NOT NULL -- method, host and path
) STRICT;

-- A guard that stands on every way of an entry to a call.
CREATE TABLE reach_guards (
  reach INTEGER NOT NULL REFERENCES reaches, -- the reach
  guard TEXT NOT NULL -- id of the guard
) STRICT;

-- Something that the analysis gave up on.
CREATE TABLE unknowns (
  id INTEGER PRIMARY KEY, -- number of the unknown
  file TEXT NOT NULL, -- where it is
  line INTEGER NOT NULL, -- where it is
  what TEXT NOT NULL, -- what is not known
  why TEXT NOT NULL -- the reason
) STRICT;

-- What a comment in the code says that no analysis can know.
CREATE TABLE annotations (
  file TEXT NOT NULL, -- where the comment is
  line INTEGER NOT NULL, -- where the comment is
  name TEXT NOT NULL, -- 'interval', 'attempts', 'calls' or 'mounted'
  value TEXT NOT NULL, -- what it says
  used INTEGER NOT NULL -- 1 where it speaks of something, else 0
) STRICT;

-- Something about a file or the configuration that a reader of the numbers should know.
CREATE TABLE notices (
  id INTEGER PRIMARY KEY, -- number of the notice
  file TEXT NOT NULL, -- the file
  line INTEGER NOT NULL, -- the line, 0 for the whole file
  what TEXT NOT NULL, -- what happened
  why TEXT NOT NULL -- the reason
) STRICT;
