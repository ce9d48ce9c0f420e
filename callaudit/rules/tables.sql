-- What rules ask beside the inventory: what profiles say of each request, and what stands where in call trees.
-- As in schema.sql nothing is NULL, and words stand for what has no value.

-- What is asked for upstream, with what the profile of its provider says: one URL may serve several endpoints, told
-- apart by the body.
CREATE TABLE operations (
  request TEXT NOT NULL, -- method, host and path, as in `guard_endpoints.endpoint`
  method TEXT NOT NULL, -- HTTP method
  host TEXT NOT NULL, -- host, or 'unknown'
  path TEXT NOT NULL, -- path with {name} for what varies, or 'unknown'
  label TEXT NOT NULL, -- what messages call it: the endpoint, or the request where no profile knows it
  provider TEXT NOT NULL, -- id of the provider profile, or 'none'
  endpoint TEXT NOT NULL, -- endpoint of the profile, 'unknown' to it, or 'none' without one
  provider_name TEXT NOT NULL, -- name of the provider, or the host without one
  known INTEGER NOT NULL, -- 1 where a profile has the endpoint, else 0
  path_known INTEGER NOT NULL, -- 1 where a profile has endpoints of this method and path, else 0
  effect TEXT NOT NULL, -- 'read' or 'write', by the profile, else by the method, or 'unknown'
  scope TEXT NOT NULL, -- for whom an answer is the same: 'shared', 'account', 'object' or 'unknown'
  cacheable INTEGER NOT NULL, -- 1 where the profile says how long an answer may be kept, else 0
  ttl_min_ms ANY NOT NULL, -- how long an answer may be kept at least, or 'none'
  ttl_max_ms ANY NOT NULL, -- how long an answer may be kept at most, or 'none'
  channel TEXT NOT NULL, -- the WebSocket channel that pushes the same data, or 'none'
  batch TEXT NOT NULL, -- the endpoint of which one call stands for many of this one, or 'none'
  batch_max ANY NOT NULL, -- how many calls it stands for at most, 'unknown' or 'none'
  safe_again INTEGER NOT NULL, -- 1 where sending it twice does what sending it once does, else 0
  nearest TEXT NOT NULL, -- the endpoint that an unknown one may mean, or 'none'
  why_none TEXT NOT NULL, -- why the path is known to be no endpoint: 'legacy', 'answers_404', 'undocumented', or 'none'
  key_header TEXT NOT NULL, -- the header that charges the call to the key's quota, or 'none'
  alone_ms REAL NOT NULL, -- a caller that comes more often than this spends a whole quota alone; 0 where not known
  PRIMARY KEY (request, endpoint)
) STRICT, WITHOUT ROWID;

-- Where a chain says which endpoint it wants: the call site, or above a wrapper the line that calls it.
CREATE TABLE asks (
  reach INTEGER NOT NULL REFERENCES reaches, -- the reach
  function TEXT NOT NULL, -- qualified name of the function that the line is in
  file TEXT NOT NULL, -- where the endpoint is named
  line INTEGER NOT NULL, -- where the endpoint is named
  near_function TEXT NOT NULL, -- qualified name of the function that the near line is in
  near_file TEXT NOT NULL, -- the line of the chain that is nearest to the entry
  near_line INTEGER NOT NULL, -- the line of the chain that is nearest to the entry
  PRIMARY KEY (reach)
) STRICT, WITHOUT ROWID;

-- A request after another one in the same run: a read after a write that makes it old, the same read again, or a
-- write after a read on which it may depend.
CREATE TABLE afterwards (
  kind TEXT NOT NULL, -- 'read-after-write', 'again' (the same read), or 'write-after-read' of the same host
  entry INTEGER NOT NULL REFERENCES entries, -- whose run it is
  first TEXT NOT NULL, -- the request before, as in `requests`
  request TEXT NOT NULL, -- the request after it
  function TEXT NOT NULL, -- qualified name of the function in which both begin
  file TEXT NOT NULL, -- where the request after it begins
  line INTEGER NOT NULL, -- where the request after it begins
  first_file TEXT NOT NULL, -- where the request before begins
  first_line INTEGER NOT NULL, -- where the request before begins
  retried INTEGER NOT NULL, -- 1 where the request after it stands in a loop that tries again, else 0
  certain INTEGER NOT NULL -- 1 where both have the same URL, or the profile says that one makes the other old, else 0
) STRICT;

-- A route that somebody asks for: live code of the repository, through other routes too, or, where nothing in it asks
-- for any route, others.
CREATE TABLE asked_routes (
  entry INTEGER NOT NULL REFERENCES entries, -- the route, as an entry
  visitors INTEGER NOT NULL, -- 1 where browsers ask for it, or others, 0 where servers and workers of the code do alone
  PRIMARY KEY (entry)
) STRICT, WITHOUT ROWID;

-- A request that live code repeats by a retry.
CREATE TABLE tried_again (
  retry INTEGER NOT NULL REFERENCES retries, -- the retry
  request TEXT NOT NULL -- the request, as in `requests`
) STRICT;

-- What one firing of a trigger sends at most: of ways that exclude each other those of the longest one.
CREATE TABLE firings (
  trigger INTEGER NOT NULL REFERENCES triggers, -- the trigger
  request TEXT NOT NULL -- the request, as in `requests`
) STRICT;

-- What a trigger asks for upstream, and what answers instead.
CREATE TABLE poll_reaches (
  trigger INTEGER NOT NULL REFERENCES triggers, -- the trigger
  request TEXT NOT NULL, -- the request, as in `requests`
  sent_by TEXT NOT NULL, -- where it is sent: 'browser', 'server', 'worker', 'unknown' or 'several'
  kept_ms ANY NOT NULL, -- how long a cache of the server keeps an answer at least, 'unknown', or 'none' without one
  PRIMARY KEY (trigger, request)
) STRICT, WITHOUT ROWID;

-- Which endpoint a trigger asks for at an address that several share, told apart by the body.
CREATE TABLE poll_operations (
  trigger INTEGER NOT NULL REFERENCES triggers, -- the trigger
  request TEXT NOT NULL, -- the request, as in `requests`
  endpoint TEXT NOT NULL, -- the endpoint, as in `operations`
  PRIMARY KEY (trigger, request, endpoint)
) STRICT, WITHOUT ROWID;

-- A request in a loop over data.
CREATE TABLE loops (
  entry INTEGER NOT NULL REFERENCES entries, -- whose run it is
  request TEXT NOT NULL, -- the request, as in `requests`
  over TEXT NOT NULL, -- what the loop goes over, or 'unknown'
  items INTEGER NOT NULL, -- 1 for a loop over items, 0 for one that a condition ends, such as paging
  together INTEGER NOT NULL, -- 1 where no round waits for the one before, else 0
  limited INTEGER NOT NULL, -- 1 where a queue or limiter stands before the request, else 0
  cached INTEGER NOT NULL, -- 1 where a cache stands before the request, else 0
  varies INTEGER NOT NULL, -- 1 where the URL has a part behind its host that varies, or the request has a body, else 0
  later INTEGER NOT NULL, -- 1 where a round only starts it or hands it on: a timer or a callback lies between, else 0
  function TEXT NOT NULL, -- qualified name of the function that has the loop
  file TEXT NOT NULL, -- where the loop is
  line INTEGER NOT NULL -- where the loop is
) STRICT;

-- The URL of a request at a call site, as one entry sends it.
CREATE TABLE sent_urls (
  entry INTEGER NOT NULL REFERENCES entries, -- whose run it is
  request TEXT NOT NULL, -- the request, as in `requests`
  url TEXT NOT NULL, -- the URL with {name} for what varies
  varies INTEGER NOT NULL, -- 1 where a part of it varies, else 0
  file TEXT NOT NULL, -- where the call site is
  line INTEGER NOT NULL -- where the call site is
) STRICT;

-- A trigger that runs only while no WebSocket is up.
CREATE TABLE fallbacks (
  trigger INTEGER NOT NULL REFERENCES triggers, -- the trigger
  PRIMARY KEY (trigger)
) STRICT, WITHOUT ROWID;

-- A read that a write of the same app makes old, by the profile.
CREATE TABLE outdated (
  read TEXT NOT NULL, -- the request that reads, as in `requests`
  write TEXT NOT NULL, -- the request that writes
  write_label TEXT NOT NULL, -- what messages call the write
  app TEXT NOT NULL, -- folder of the package that sends the write, or asks the own route that does
  ttl_max_ms REAL NOT NULL, -- how long an answer of the read may be kept at most
  varies INTEGER NOT NULL, -- 1 where the URL of the read has a part that varies, else 0
  pushed INTEGER NOT NULL, -- 1 where the code opens a WebSocket and the provider pushes what is read, else 0
  read_again INTEGER NOT NULL -- 1 where an event makes a query read it again, else 0
) STRICT;

-- Two polls that ask for the same on one page, each for itself.
CREATE TABLE twins (
  trigger INTEGER NOT NULL REFERENCES triggers, -- the later one in the order of places
  other INTEGER NOT NULL REFERENCES triggers, -- the earlier one
  request TEXT NOT NULL, -- what both ask for, as in `requests`
  page TEXT NOT NULL -- a page that mounts both
) STRICT;

-- Retries around each other: an attempt of the outer one is all attempts of the inner one.
CREATE TABLE stacked (
  request TEXT NOT NULL, -- the request that is repeated, as in `requests`
  outer_attempts INTEGER NOT NULL, -- attempts of the outer one
  outer_mechanism TEXT NOT NULL, -- what repeats outside
  outer_file TEXT NOT NULL, -- where the outer one is
  outer_line INTEGER NOT NULL, -- where the outer one is
  attempts INTEGER NOT NULL, -- attempts of the inner one
  mechanism TEXT NOT NULL, -- what repeats inside
  file TEXT NOT NULL, -- where the inner one is
  line INTEGER NOT NULL, -- where the inner one is
  product INTEGER NOT NULL -- most requests that one call comes to
) STRICT;

-- A budget that the load of a scenario does not keep; empty until budgets are held against a load.
CREATE TABLE breaches (
  budget TEXT NOT NULL, -- name of the budget
  scenario TEXT NOT NULL, -- name of the scenario
  what TEXT NOT NULL, -- what is counted, in words
  max REAL NOT NULL, -- what is allowed
  value REAL NOT NULL, -- what it comes to
  unit TEXT NOT NULL, -- unit of both
  file TEXT NOT NULL, -- the place in the code that has most of it
  line INTEGER NOT NULL, -- the place in the code that has most of it
  change TEXT NOT NULL -- what would help most, or 'none'
) STRICT;

-- A comment that silences findings and does not do so; filled when all other rules have run.
CREATE TABLE suppressions (
  file TEXT NOT NULL, -- where the comment is
  line INTEGER NOT NULL, -- where the comment is
  said TEXT NOT NULL, -- the rules that it names, as it is written
  problem TEXT NOT NULL, -- 'unused' or 'unclear'
  why TEXT NOT NULL -- what is wrong with it
) STRICT;

-- A request as method, host and path, with what holds for all endpoints that its URL serves.
CREATE VIEW requests AS
SELECT
  request, -- method, host and path, as in `guard_endpoints.endpoint`
  method, -- HTTP method
  host, -- host, or 'unknown'
  path, -- path with {name} for what varies, or 'unknown'
  iif(count(*) = 1, min(label), method || ' ' || path) AS label, -- what messages call it
  provider, -- id of the provider profile, or 'none'
  iif(count(*) = 1, min(endpoint), 'several') AS endpoint, -- endpoint of the profile, 'unknown', 'none' or 'several'
  provider_name, -- name of the provider, or the host without one
  min(known) AS known, -- 1 where a profile has every endpoint, else 0
  min(path_known) AS path_known, -- 1 where a profile has endpoints of this method and path, else 0
  iif(count(DISTINCT effect) = 1, min(effect), 'unknown') AS effect, -- 'read', 'write' or 'unknown'
  iif(count(DISTINCT scope) = 1, min(scope), 'unknown') AS scope, -- for whom an answer is the same, or 'unknown'
  min(cacheable) AS cacheable, -- 1 where the profile says how long answers may be kept, else 0
  iif(min(cacheable), min(ttl_min_ms), 'none') AS ttl_min_ms, -- how long an answer may be kept at least, or 'none'
  iif(min(cacheable), max(ttl_max_ms), 'none') AS ttl_max_ms, -- how long an answer may be kept at most, or 'none'
  iif(count(DISTINCT channel) = 1, min(channel), 'none') AS channel, -- the WebSocket channel for it, or 'none'
  iif(count(DISTINCT batch) = 1, min(batch), 'none') AS batch, -- the endpoint that stands for many of it, or 'none'
  min(safe_again) AS safe_again, -- 1 where sending it twice does what sending it once does, else 0
  min(nearest) AS nearest, -- the endpoint that an unknown one may mean, or 'none'
  min(why_none) AS why_none, -- why the path is known to be no endpoint, or 'none'
  min(key_header) AS key_header, -- the header that charges the call to the key's quota, or 'none'
  min(alone_ms) AS alone_ms, -- a caller that comes more often than this spends a whole quota alone; 0: not known
  min(path = 'unknown' AND effect = 'write' AND provider = 'none') AS hook -- 1 for a write to a URL of which a setting holds all, as of a webhook, else 0
FROM operations GROUP BY request;

-- What stands before a reach on all ways there: 1 where it does, else 0.
CREATE VIEW protections AS
SELECT
  reaches.id AS reach, -- number of the reach
  max(ifnull(guards.kind = 'cache', 0)) AS cached, -- 1 where a cache may answer
  max(ifnull(guards.kind = 'dedup', 0)) AS shared, -- 1 where requests in flight are shared
  max(ifnull(guards.kind IN ('queue', 'limiter')
    AND NOT (guards.mechanism = 'lock that skips' AND guards.scope != 'shared'), 0)) AS limited, -- 1 where a queue or limiter holds it back
  max(ifnull(guards.mechanism = 'lock that skips' AND guards.concurrency = 1, 0)) AS exclusive, -- 1 where it is skipped while one is under way
  max(ifnull(guards.kind = 'timeout', 0)) AS timed, -- 1 where a timeout ends it
  max(ifnull(guards.kind = 'metrics', 0)) AS metered, -- 1 where it is counted or traced
  max(ifnull(guards.kind = 'backoff-429', 0)) AS heeds_429 -- 1 where a refusal for too many requests is handled
FROM reaches
LEFT JOIN reach_guards ON reach_guards.reach = reaches.id
LEFT JOIN guards ON guards.id = reach_guards.guard
GROUP BY reaches.id;

-- What a live trigger asks for upstream, through own routes too: one row for a trigger and a request. Webhooks, which
-- are told of what happens, are none of it.
CREATE VIEW polled AS
SELECT
  triggers.id AS trigger, -- number of the trigger
  triggers.kind AS kind, -- 'poll', 'timer', 'loop' or 'cron'
  triggers.mechanism AS mechanism, -- the option or function that repeats it
  triggers.entry AS entry, -- name of the entry that it repeats
  triggers.origin AS origin, -- where it runs: 'browser', 'server', 'worker' or 'unknown'
  triggers.enabled AS enabled, -- the condition under which it runs, or 'always'
  triggers.background AS background, -- 'yes' where it goes on in a hidden tab, 'no', 'unknown' or 'none'
  triggers.key AS key, -- what tells its data from other data, or 'none'
  triggers.period AS period, -- 'interval', or 'interval+run' where the interval begins when a run has ended
  min(trigger_intervals.ms) AS fastest_ms, -- its shortest interval
  max(trigger_intervals.ms) AS slowest_ms, -- its longest interval
  ifnull(poll_reaches.sent_by, 'unknown') AS sent_by, -- where its requests are sent, as in `poll_reaches`
  ifnull(poll_reaches.kept_ms, 'none') AS kept_ms, -- how long a cache of the server answers it, 'unknown', or 'none'
  iif(typeof(poll_reaches.kept_ms) IN ('integer', 'real') AND poll_reaches.kept_ms > min(trigger_intervals.ms),
    min(trigger_intervals.ms) * CAST((poll_reaches.kept_ms + min(trigger_intervals.ms) - 1) / min(trigger_intervals.ms) AS INTEGER),
    min(trigger_intervals.ms)) AS asked_ms, -- how often upstream is asked at its shortest interval, a cache considered
  triggers.id IN (SELECT trigger FROM fallbacks) AS fallback, -- 1 where it runs only while no WebSocket is up
  requests.request AS request, -- method, host and path, as in `requests`
  requests.label AS label, -- what messages call it
  requests.provider AS provider, -- id of the provider profile, or 'none'
  requests.effect AS effect, -- 'read' or 'write'
  requests.scope AS scope, -- for whom an answer is the same
  requests.ttl_min_ms AS ttl_min_ms, -- how long an answer may be kept at least, or 'none'
  requests.alone_ms AS alone_ms, -- a caller that comes more often than this spends a whole quota alone; 0: not known
  requests.channel AS channel, -- the WebSocket channel that pushes the same data, or 'none'
  triggers.function AS function, -- qualified name of the function that sets it up
  triggers.file AS file, -- where the option or the timer is
  triggers.line AS line -- where the option or the timer is
FROM triggers
JOIN trigger_intervals ON trigger_intervals.trigger = triggers.id
JOIN trigger_endpoints ON trigger_endpoints.trigger = triggers.id
JOIN requests ON requests.request
  = trigger_endpoints.method || ' ' || trigger_endpoints.host || trigger_endpoints.path
LEFT JOIN poll_reaches ON poll_reaches.trigger = triggers.id AND poll_reaches.request = requests.request
WHERE triggers.dead = 0 AND triggers.kind IN ('poll', 'timer', 'loop', 'cron') AND requests.hook = 0
GROUP BY triggers.id, requests.request;

-- What a retry of live code repeats: one row for a retry and a request, without webhooks.
CREATE VIEW retried AS
SELECT
  retries.id AS retry, -- number of the retry
  retries.mechanism AS mechanism, -- 'loop', 'recursion' or the library's option
  retries.function AS function, -- qualified name of the function around it
  retries.max_attempts AS max_attempts, -- most attempts, the first one included, or 'unbounded'
  retries.why AS why, -- what is not known of it, or 'none'
  retries.delays AS delays, -- waits in milliseconds, joined by spaces, or 'none'
  retries.backoff AS backoff, -- 'none', 'fixed', 'linear', 'exponential' or 'unknown'
  retries.jitter AS jitter, -- 1 where the waits are random
  retries.in_request_path AS in_request_path, -- 1 where somebody waits for it, else 0
  requests.request AS request, -- method, host and path, as in `requests`
  requests.label AS label, -- what messages call it
  requests.provider AS provider, -- id of the provider profile, or 'none'
  requests.effect AS effect, -- 'read' or 'write'
  requests.safe_again AS safe_again, -- 1 where sending it twice does what sending it once does, else 0
  requests.channel AS channel, -- the WebSocket channel that pushes the same data, or 'none'
  retries.file AS file, -- where it is
  retries.line AS line -- where it is
FROM retries
JOIN tried_again ON tried_again.retry = retries.id
JOIN requests ON requests.request = tried_again.request AND requests.hook = 0;

-- Reads of an account or an object on which a write depends that follows in the same run, or that the run is there
-- for: a balance before a payment. An answer that was kept would decide wrongly.
CREATE VIEW deciding AS
SELECT DISTINCT
  reaches.id AS reach -- number of the reach
FROM reaches
JOIN entries ON entries.id = reaches.entry
JOIN requests ON requests.request = reaches.method || ' ' || reaches.host || reaches.path
  AND requests.effect = 'read' AND requests.scope != 'shared'
LEFT JOIN afterwards ON afterwards.kind = 'write-after-read' AND afterwards.entry = reaches.entry
  AND afterwards.first = requests.request
WHERE afterwards.entry IS NOT NULL OR entries.kind = 'action'
  OR (entries.kind = 'route' AND substr(entries.name, 1, instr(entries.name, ' ') - 1)
    IN ('POST', 'PUT', 'PATCH', 'DELETE'));

-- Reads of an account or an object for which an answer that is kept can serve somebody else: more than one entry or poll
-- asks, on behalf of visitors. One poll alone wants news each time, and jobs come when no answer is good any more.
CREATE VIEW wanted_again AS
SELECT
  operations.request AS request, -- the request, as in `operations`
  operations.endpoint AS endpoint, -- the endpoint, as in `operations`
  entries.app AS app -- folder of the package
FROM reaches
JOIN entries ON entries.id = reaches.entry AND entries.dead = 0
  AND (entries.kind != 'route' OR entries.id IN (SELECT entry FROM asked_routes WHERE visitors = 1))
JOIN operations ON operations.request = reaches.method || ' ' || reaches.host || reaches.path
  AND operations.endpoint = reaches.endpoint AND operations.cacheable = 1
LEFT JOIN polled ON polled.request = operations.request AND polled.fastest_ms < operations.ttl_max_ms
  AND polled.sent_by != 'browser'
  AND EXISTS (SELECT 1 FROM poll_operations WHERE poll_operations.trigger = polled.trigger
    AND poll_operations.request = operations.request AND poll_operations.endpoint = operations.endpoint)
WHERE reaches.through = 'none' AND reaches.origin != 'browser' AND reaches.id NOT IN (SELECT reach FROM deciding)
GROUP BY operations.request, operations.endpoint, entries.app
HAVING count(DISTINCT entries.id) > 1 OR count(DISTINCT polled.trigger) > 1;

-- Reaches whose call stands in a loop of its own function that tries again: it waits for news, which no cache has.
CREATE VIEW waiting AS
SELECT DISTINCT
  reaches.id AS reach -- number of the reach
FROM reaches
JOIN asks ON asks.reach = reaches.id
JOIN retried ON retried.file = reaches.file AND retried.function = asks.function
  AND retried.request = reaches.method || ' ' || reaches.host || reaches.path
WHERE retried.mechanism IN ('loop', 'recursion');

-- Scripts that somebody runs and waits for: no timer goes on in them, and they stand in a folder for scripts, or nothing
-- of their package stays up.
CREATE VIEW scripts_by_hand AS
SELECT
  entries.id AS entry -- number of the script
FROM entries
WHERE entries.kind = 'script'
  AND NOT EXISTS (SELECT 1 FROM trigger_instances JOIN triggers ON triggers.id = trigger_instances.trigger
    WHERE trigger_instances.place = entries.name AND triggers.kind != 'event' AND triggers.dead = 0)
  AND ('/' || entries.file LIKE '%/scripts/%' OR NOT EXISTS (SELECT 1 FROM entries AS others
    WHERE others.app = entries.app AND others.dead = 0 AND others.origin != 'browser'
      AND others.kind IN ('route', 'action', 'job', 'loop', 'socket')));

-- Every request that an entry sends itself, not by asking an own route: the line that names the endpoint and the call.
CREATE VIEW own_calls AS
SELECT
  entries.name AS entry, -- name of the entry
  entries.kind AS kind, -- kind of the entry
  entries.app AS app, -- folder of the entry's package
  entries.dead AS dead, -- 1 where nothing mounts or starts the entry, else 0
  reaches.origin AS sent_by, -- where the request is sent: 'browser', 'server' or 'worker'
  operations.request AS request, -- method, host and path, as in `requests`
  operations.label AS label, -- what messages call it
  operations.provider AS provider, -- id of the provider profile, or 'none'
  operations.provider_name AS provider_name, -- name of the provider, or the host without one
  operations.endpoint AS endpoint, -- endpoint of the profile, 'unknown' to it, or 'none' without one
  operations.effect AS effect, -- 'read', 'write' or 'unknown'
  operations.scope AS scope, -- for whom an answer is the same: 'shared', 'account', 'object' or 'unknown'
  operations.cacheable AS cacheable, -- 1 where the profile says how long an answer may be kept, else 0
  iif(operations.effect = 'read' AND operations.cacheable = 1 AND reaches.origin != 'browser'
    AND entries.kind IN ('route', 'action', 'page', 'socket', 'loop'),
    (operations.scope = 'shared' OR EXISTS (SELECT 1 FROM wanted_again WHERE wanted_again.app = entries.app
      AND wanted_again.request = operations.request AND wanted_again.endpoint = operations.endpoint))
    AND reaches.id NOT IN (SELECT reach FROM waiting) AND ifnull(asked_routes.visitors, 1) = 1
    AND reaches.id NOT IN (SELECT reach FROM deciding), 0) AS keepable, -- 1 for a server's read that a cache would spare
  entries.kind != 'route' OR asked_routes.entry IS NOT NULL AS asked, -- 0 for a route that nobody asks for, else 1
  ifnull(asked_routes.visitors, entries.kind IN ('page', 'action', 'socket')) AS visitors, -- 1 where visitors do
  entries.id IN (SELECT entry FROM scripts_by_hand) AS by_hand, -- 1 for a script that somebody runs and waits for, else 0
  reaches.bucket AS bucket, -- the quota that pays, 'unknown', or 'none' where no profile knows the host
  reaches.min_calls AS min_calls, -- fewest calls in one run
  reaches.max_calls AS max_calls, -- most calls in one run, or 'unbounded'
  asks.function AS function, -- qualified name of the function that names the endpoint
  asks.file AS file, -- where the endpoint is named
  asks.line AS line, -- where the endpoint is named
  asks.near_file AS near_file, -- the line of the chain that is nearest to the entry
  asks.near_line AS near_line, -- the line of the chain that is nearest to the entry
  reaches.file AS call_file, -- where the call site is
  reaches.line AS call_line, -- where the call site is
  protections.cached AS cached, -- 1 where a cache may answer, else 0
  protections.shared AS shared, -- 1 where requests in flight are shared, else 0
  protections.limited AS limited, -- 1 where a queue or limiter holds it back, else 0
  protections.exclusive AS exclusive, -- 1 where it is skipped while one is under way, else 0
  protections.timed AS timed, -- 1 where a timeout ends it, else 0
  protections.metered AS metered, -- 1 where it is counted or traced, else 0
  protections.heeds_429 AS heeds_429, -- 1 where a refusal for too many requests is handled, else 0
  reaches.entry AS entry_id, -- number of the entry
  reaches.id AS reach -- number of the reach, for `chains`
FROM reaches
JOIN entries ON entries.id = reaches.entry
JOIN protections ON protections.reach = reaches.id
JOIN operations ON operations.request = reaches.method || ' ' || reaches.host || reaches.path
  AND operations.endpoint = reaches.endpoint
JOIN asks ON asks.reach = reaches.id
LEFT JOIN asked_routes ON asked_routes.entry = entries.id
WHERE reaches.through = 'none';

-- A call site that live code reaches, with what it asks for when no cache answers: one row for a site and an origin.
CREATE VIEW call_sites AS
SELECT
  call_file AS file, -- where it is
  call_line AS line, -- where it is
  sent_by, -- where its requests are sent: 'browser', 'server' or 'worker'
  provider, -- id of the provider profile, or 'none'
  provider_name, -- name of the provider, or the host without one
  min(app) AS app, -- folder of the package whose entries reach it
  iif(max(asked), json_group_array(DISTINCT label) FILTER (WHERE asked),
    json_group_array(DISTINCT label)) AS labels, -- JSON list of what is asked for, for routes in use if there are some
  count(DISTINCT request) AS requests, -- number of different requests
  count(DISTINCT entry_id) AS entries, -- number of entries that reach it
  max(asked) AS asked, -- 1 where somebody asks for one of them, else 0
  max(effect = 'write') AS writes, -- 1 where one of them writes, else 0
  min(cached) AS cached, -- 1 where a cache may answer for all of them, else 0
  min(shared) AS shared, -- 1 where requests in flight are shared for all of them, else 0
  min(limited) AS limited, -- 1 where a queue or limiter holds all of them back, else 0
  min(timed) AS timed, -- 1 where a timeout ends all of them, else 0
  min(metered) AS metered, -- 1 where all of them are counted or traced, else 0
  min(heeds_429) AS heeds_429, -- 1 where a refusal for too many requests is handled for all of them, else 0
  ifnull(min(reach) FILTER (WHERE asked),
    min(reach)) AS reach -- number of one reach that leads there
FROM own_calls WHERE dead = 0
GROUP BY call_file, call_line, sent_by, provider;

-- What a call site asks for without something: one row for a site, an origin and what its calls lack. Other calls of the
-- same site may have it.
CREATE VIEW lacking AS
SELECT
  what, -- 'timeout', 'limit' (no queue, limiter or cache), 'metrics' or '429' (refusals are not heeded)
  call_file AS file, -- where the call site is
  call_line AS line, -- where the call site is
  sent_by, -- where its requests are sent: 'browser', 'server' or 'worker'
  provider, -- id of the provider profile, or 'none'
  provider_name, -- name of the provider, or the host without one
  iif(max(asked), json_group_array(DISTINCT label) FILTER (WHERE asked),
    json_group_array(DISTINCT label)) AS labels, -- JSON list of what is asked for so, for routes in use if there are some
  count(DISTINCT request) AS requests, -- number of different requests
  max(asked) AS asked, -- 1 where somebody asks for one of them, else 0
  min(by_hand) AS by_hand, -- 1 where only scripts ask that somebody runs and waits for, else 0
  ifnull(min(reach) FILTER (WHERE asked),
    min(reach)) AS reach -- number of one reach that leads there
FROM (
  SELECT 'timeout' AS what, * FROM own_calls WHERE timed = 0
  UNION ALL SELECT 'limit', * FROM own_calls WHERE limited = 0 AND cached = 0
  UNION ALL SELECT 'metrics', * FROM own_calls WHERE metered = 0
  UNION ALL SELECT '429', * FROM own_calls WHERE heeds_429 = 0
)
WHERE dead = 0
GROUP BY what, call_file, call_line, sent_by, provider;

CREATE INDEX reach_guards_by_reach ON reach_guards (reach);
CREATE INDEX trigger_endpoints_by_trigger ON trigger_endpoints (trigger);
