-- Questions that come up again and again, answered from the tables of schema.sql. No view has a NULL.

-- Every upstream call: one row for an entry, an endpoint and a call site.
CREATE VIEW upstream AS
SELECT
  entries.name AS entry, -- name of the entry
  entries.kind AS kind, -- kind of the entry
  entries.origin AS origin, -- where the entry runs: 'browser', 'server' or 'worker'
  reaches.origin AS sent_by, -- where the request is sent: 'browser', 'server' or 'worker'
  reaches.bucket AS bucket, -- the quota that pays, 'unknown', or 'none' where no profile knows the host
  entries.app AS app, -- folder of the entry's package
  reaches.provider AS provider, -- id of the provider profile, or 'none'
  iif(reaches.endpoint IN ('none', 'unknown'),
    reaches.method || ' ' || reaches.path, reaches.endpoint) AS endpoint, -- method and path
  reaches.host AS host, -- host, or 'unknown'
  reaches.min_calls AS min_calls, -- fewest calls in one run of the entry
  reaches.max_calls AS max_calls, -- most calls in one run of the entry, or 'unbounded'
  reaches.bounded AS bounded, -- 1 where max_calls is a number, else 0
  reaches.through AS through, -- own routes on the ways there, or 'none'
  entries.file AS entry_file, -- where the entry is
  entries.line AS entry_line, -- where the entry is
  reaches.file AS file, -- where the call site is
  reaches.line AS line, -- where the call site is
  reaches.id AS reach -- number of the reach, for `chains`
FROM reaches JOIN entries ON entries.id = reaches.entry;

-- Every upstream endpoint that some entry can call.
CREATE VIEW endpoints AS
SELECT
  provider, -- id of the provider profile, or 'none'
  host, -- host, or 'unknown'
  endpoint, -- method and path
  count(DISTINCT file || ':' || line) AS call_sites, -- number of call sites that ask for it
  count(DISTINCT kind || ' ' || entry || ' ' || entry_file) AS entries -- number of entries that reach it
FROM upstream GROUP BY provider, host, endpoint;

-- Every host that some call site asks, own routes left out.
CREATE VIEW hosts AS
SELECT
  host, -- host, 'same-origin' or 'unknown'
  provider, -- id of the provider profile, or 'none'
  count(DISTINCT call) AS call_sites, -- number of call sites that ask it
  count(DISTINCT method || ' ' || path) AS urls -- number of different methods and paths
FROM call_urls WHERE internal_route = 'none' GROUP BY host, provider;

-- Every route with what one request to it causes upstream.
CREATE VIEW route_calls AS
SELECT
  routes.name AS route, -- method and path
  routes.app AS app, -- folder of the package that serves it
  routes.file AS file, -- where the handler is
  routes.line AS line, -- where the handler is
  ifnull(entries.min_calls, 0) AS min_calls, -- fewest upstream requests
  ifnull(entries.max_calls, 0) AS max_calls, -- most upstream requests, 0 for none, or 'unbounded'
  (SELECT count(DISTINCT reaches.host || ' ' || reaches.method || ' ' || reaches.path)
    FROM reaches WHERE reaches.entry = entries.id) AS endpoints -- number of upstream endpoints
FROM routes LEFT JOIN entries
  ON entries.kind = 'route' AND entries.name = routes.name
  AND entries.file = routes.file AND entries.line = routes.line;

-- Who asks for each of the repository's own routes.
CREATE VIEW callers AS
SELECT DISTINCT
  routes.name AS route, -- the route that is asked for
  routes.app AS app, -- folder of the package that serves it
  calls.file AS file, -- where the call site is
  calls.line AS line, -- where the call site is
  calls.function AS function, -- qualified name of the function around it
  calls.dead AS dead -- 1 where nothing that starts code reaches the call site, else 0
FROM call_urls
JOIN routes ON routes.name = call_urls.internal_route AND routes.file = call_urls.internal_route_file
JOIN calls ON calls.id = call_urls.call;

-- The functions between each entry and each call, in order.
CREATE VIEW chains AS
SELECT
  upstream.entry AS entry, -- name of the entry
  upstream.endpoint AS endpoint, -- method and path of the upstream endpoint
  reach_steps.reach AS reach, -- number of the reach
  reach_steps.step AS step, -- 1 for the function nearest to the entry
  reach_steps.function AS function, -- qualified name of the function
  reach_steps.file AS file, -- where the function is written
  reach_steps.line AS line -- where the function is written
FROM reach_steps JOIN upstream ON upstream.reach = reach_steps.reach;

-- Call sites that nothing reaches.
CREATE VIEW dead_calls AS
SELECT
  calls.file AS file, -- where it is
  calls.line AS line, -- where it is
  calls.function AS function, -- qualified name of the function around it
  call_urls.method AS method, -- HTTP method
  call_urls.host AS host, -- host, 'same-origin' or 'unknown'
  call_urls.path AS path -- path with {name} for what varies, or 'unknown'
FROM calls JOIN call_urls ON call_urls.call = calls.id WHERE calls.dead = 1;

-- What repeats upstream calls by itself: polls, timers, loops and schedules, one row for an interval.
CREATE VIEW polling AS
SELECT
  triggers.kind AS kind, -- 'poll', 'timer', 'loop' or 'cron'
  triggers.mechanism AS mechanism, -- the option or function that repeats it
  triggers.entry AS entry, -- name of the entry that it repeats
  triggers.origin AS origin, -- 'browser', 'server', 'worker' or 'unknown'
  ifnull(trigger_intervals.ms, 'unknown') AS ms, -- the interval, or 'unknown'
  ifnull(trigger_intervals.condition, 'always') AS condition, -- when it holds, or 'always'
  triggers.period AS period, -- 'interval', 'interval+run' or 'none'
  triggers.dead AS dead, -- 1 where nothing mounts or starts it, else 0
  (SELECT count(*) FROM trigger_endpoints WHERE trigger = triggers.id) AS endpoints, -- upstream endpoints of a firing
  triggers.file AS file, -- where the option or the timer is
  triggers.line AS line, -- where the option or the timer is
  triggers.id AS trigger -- number of the trigger
FROM triggers LEFT JOIN trigger_intervals ON trigger_intervals.trigger = triggers.id
WHERE triggers.reaches_upstream = 1 AND triggers.kind IN ('poll', 'timer', 'loop', 'cron');

-- Every cache, with the endpoints that it answers for.
CREATE VIEW caches AS
SELECT
  guards.id AS guard, -- id of the guard
  guards.ttl_ms AS ttl_ms, -- how long an answer is kept, 'several' or 'unknown'
  guards.scope AS scope, -- 'shared', 'per-key' or 'unknown'
  guards.store AS store, -- 'process', 'distributed', 'cdn', 'browser' or 'unknown'
  ifnull(guard_endpoints.endpoint, 'none') AS endpoint, -- method, host and path of what is behind it, or 'none'
  guards.file AS file, -- where it is
  guards.line AS line -- where it is
FROM guards LEFT JOIN guard_endpoints ON guard_endpoints.guard = guards.id WHERE guards.kind = 'cache';

-- Upstream calls of servers and workers that reach the network on every run: no cache may answer for them.
CREATE VIEW uncached AS
SELECT
  upstream.entry AS entry, -- name of the entry
  upstream.kind AS kind, -- kind of the entry
  upstream.endpoint AS endpoint, -- method and path
  upstream.host AS host, -- host
  upstream.file AS file, -- where the call site is
  upstream.line AS line, -- where the call site is
  upstream.reach AS reach -- number of the reach
FROM upstream WHERE NOT EXISTS (
  SELECT 1 FROM reach_guards JOIN guards ON guards.id = reach_guards.guard
  WHERE reach_guards.reach = upstream.reach AND guards.kind = 'cache');
