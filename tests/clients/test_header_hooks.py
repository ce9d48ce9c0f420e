"""Headers that hooks, middleware and later calls add to requests: libraries that are no axios."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import ENTRY, audited, cases

PACKAGE = '{"dependencies": {"ofetch": "1", "ky": "1", "got": "14", "wretch": "2", "superagent": "9", "bent": "7", "openapi-fetch": "0.13", "@reduxjs/toolkit": "2", "graphql-request": "6"}}'
SURE, PERHAPS = (("header", "x-key"),), (("header-when", "x-key"),)
HANDED_ON = (("headers", "an interceptor hands its request on"),)
OFETCH = "import { ofetch } from 'ofetch';\n"
KY = "import ky from 'ky';\n"
GOT = "import got from 'got';\n"
WRETCH = "import wretch from 'wretch';\n"
AGENT = "import request from 'superagent';\n"
OPENAPI = "import createClient from 'openapi-fetch';\nconst c = createClient({ baseUrl: 'https://a.test' });\n"
GRAPHQL = "import { GraphQLClient } from 'graphql-request';\nconst c = new GraphQLClient('https://a.test/graphql');\n"
RTK = "import { createApi, fetchBaseQuery } from '@reduxjs/toolkit/query/react';\nexport const api = createApi({ baseQuery: fetchBaseQuery({ baseUrl: 'https://a.test', %s }), endpoints: (b) => ({ one: b.query({ query: () => '/one' }) }) });\nexport const { useOneQuery } = api;\nexport function useIt() { return useOneQuery(); }"
XHR = "const x = new XMLHttpRequest();\nx.open('GET', 'https://a.test/one');\n"
ASK = "\nawait c('https://a.test/one');"

SPELLINGS: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    "ofetch, an instance": (OFETCH + "const c = ofetch.create({ onRequest({ options }) { options.headers.set('X-Key', 'k'); } });" + ASK, SURE),
    "ofetch, its own in place of the instance's": (OFETCH + "const c = ofetch.create({ onRequest({ options }) { options.headers.set('X-Other', 'k'); } });\nawait c('https://a.test/one', { onRequest({ options }) { options.headers.set('X-Key', 'k'); } });", SURE),
    "ky, its own beside the instance's": (KY + "const c = ky.create({ hooks: { beforeRequest: [(request) => { request.headers.set('X-Key', 'k'); }] } });\nawait c('https://a.test/one', { hooks: { beforeRequest: [(request) => { count(request.url); }] } });", SURE),
    "ofetch, a list": (OFETCH + "const sign = (context) => { context.options.headers['X-Key'] = 'k'; };\nconst c = ofetch.create({ onRequest: [sign] });" + ASK, SURE),
    "ofetch, all headers": (OFETCH + "const c = ofetch.create({ async onRequest({ options }) { options.headers = { ...options.headers, 'X-Key': 'k' }; } });" + ASK, SURE),
    "ofetch, a call": (OFETCH + "await ofetch('https://a.test/one', { onRequest: ({ options: { headers } }) => { headers.set('X-Key', 'k'); } });", SURE),
    "ofetch, an instance of an instance": (OFETCH + "const base = ofetch.create({ onRequest({ options }) { options.headers.set('X-Key', 'k'); } });\nconst c = base.create({ retry: 0 });" + ASK, SURE),
    "ofetch, createFetch": ("import { createFetch } from 'ofetch';\nconst c = createFetch({ defaults: { onRequest({ options }) { options.headers.set('X-Key', 'k'); } } });" + ASK, SURE),
    "ofetch, on a condition": (OFETCH + "const c = ofetch.create({ onRequest({ options }) { if (token) { options.headers.set('X-Key', token); } } });" + ASK, PERHAPS),
    "ofetch, after an error": (OFETCH + "const c = ofetch.create({ onRequestError({ options }) { options.headers.set('X-Key', 'k'); } });" + ASK, PERHAPS),
    "ofetch, after an answer": (OFETCH + "const c = ofetch.create({ onResponseError: ({ options }) => { options.headers['X-Key'] = 'k'; } });" + ASK, PERHAPS),
    "ofetch, only read": (OFETCH + "const c = ofetch.create({ onRequest({ request, options }) { console.log(request, options.headers); } });" + ASK, ()),
    "ofetch, of answers": (OFETCH + "const c = ofetch.create({ onResponse({ response }) { response.headers.set('X-Key', 'k'); } });" + ASK, ()),
    "ofetch, handed on": (OFETCH + "const c = ofetch.create({ onRequest({ options }) { sign(options); } });" + ASK, HANDED_ON),
    "handed on to the program's own": (OFETCH + "function sign(options) { options.headers.set('X-Key', 'k'); }\nconst c = ofetch.create({ onRequest({ options }) { sign(options); } });" + ASK, SURE),
    "headers handed on": (KY + "const sign = (headers) => { headers.set('X-Key', 'k'); };\nconst c = ky.extend({ hooks: { beforeRequest: [(request) => { sign(request.headers); }] } });" + ASK, SURE),
    "handed on, on a condition": (KY + "const sign = (r) => { r.headers.set('X-Key', 'k'); };\nconst c = ky.extend({ hooks: { beforeRequest: [(request) => { if (token) { sign(request); } }] } });" + ASK, PERHAPS),
    "handed on to what only reads": (KY + "const log = (r) => { count(r.headers.get('X-Key')); };\nconst c = ky.extend({ hooks: { beforeRequest: [(request) => { log(request); }] } });" + ASK, ()),
    "ky, before a retry": (KY + "const c = ky.create({ hooks: { beforeRetry: [({ request }) => { request.headers.set('X-Key', 'k'); }] } });" + ASK, PERHAPS),
    "ky, a variable": (KY + "const c = ky.create({ hooks: { beforeRequest: [(request) => { const headers = request.headers; headers.set('X-Key', 'k'); }] } });" + ASK, SURE),
    "got, before a retry": (GOT + "const c = got.extend({ hooks: { beforeRetry: [(error) => { error.options.headers['X-Key'] = 'k'; }] } });" + ASK, PERHAPS),
    "got, init": (GOT + "const c = got.extend({ hooks: { init: [(raw, options) => { options.headers = { 'X-Key': 'k' }; }] } });" + ASK, SURE),
    "got, after answers": (GOT + "const c = got.extend({ hooks: { beforeError: [(error) => { error.headers['X-Key'] = 'k'; return error; }] } });" + ASK, ()),
    "wretch": (WRETCH + "await wretch('https://a.test').headers({ 'X-Key': 'k' }).get('/one').json();", SURE),
    "wretch, kept": (WRETCH + "const api = wretch('https://a.test').options({ headers: { 'X-Key': 'k' } });\nawait api.url('/one').get().json();", SURE),
    "wretch, auth": (WRETCH + "await wretch('https://a.test').auth('Bearer k').get('/one').json();", (("header", "authorization"),)),
    "wretch, middleware": (WRETCH + "await wretch('https://a.test').middlewares([(next) => (url, options) => next(url, { ...options, headers: { 'X-Key': 'k' } })]).get('/one').json();", (("headers", "its headers are not known"),)),
    "wretch, another's": (WRETCH + "const other = wretch('https://b.test').headers({ 'X-Key': 'k' });\nawait wretch('https://a.test').query({ a: 1 }).get('/one').json();", ()),
    "superagent": (AGENT + "await request.get('https://a.test/one').query({ a: 1 }).set('X-Key', 'k');", SURE),
    "superagent, an object": (AGENT + "const load = () => request.get('https://a.test/one').set({ 'X-Key': 'k' }).then((r) => r.body);\nawait load();", SURE),
    "superagent, a variable": (AGENT + "const asked = request.get('https://a.test/one');\nif (token) { asked.set('X-Key', token); }\nawait asked;", PERHAPS),
    "superagent, auth": (AGENT + "await request.get('https://a.test/one').auth('a', 'b');", (("header", "authorization"),)),
    "superagent, another's": (AGENT + "await request.get('https://a.test/one');\nconst headers = new Map();\nheaders.set('X-Key', 'k');", ()),
    "superagent, an agent": (AGENT + "const agent = request.agent();\nexport function login(key) { agent.set('X-Key', key); }\nawait agent.get('https://a.test/one');", PERHAPS),
    "bent": ("import bent from 'bent';\nconst get = bent('https://a.test', 'json', { 'X-Key': 'k' });\nawait get('/one');", SURE),
    "bent, a call": ("import bent from 'bent';\nconst get = bent('https://a.test', 'GET', 200);\nawait get('/one', null, { 'X-Key': 'k' });", SURE),
    "bent, none": ("import bent from 'bent';\nconst post = bent('https://a.test', 'POST', 'json');\nawait post('/one', { 'X-Key': 'k' });", ()),
    "node, options after the URL": ("import https from 'node:https';\nhttps.get('https://a.test/one', { headers: { 'X-Key': 'k' } }, () => {});", SURE),
    "node, set later": ("import { request } from 'node:https';\nconst asked = request('https://a.test/one');\nasked.setHeader('X-Key', 'k');\nasked.end();", SURE),
    "XMLHttpRequest": (XHR + "x.setRequestHeader('X-Key', 'k');\nx.send();", SURE),
    "XMLHttpRequest, a loop": (XHR + "for (const name of names()) { x.setRequestHeader(name, 'k'); }\nx.send();", (("headers", "it is sent with a header whose name is computed"),)),
    "XMLHttpRequest, another": (XHR + "const y = new XMLHttpRequest();\ny.setRequestHeader('X-Key', 'k');\nx.send();", ()),
    "openapi-fetch": (OPENAPI + "c.use({ async onRequest({ request }) { request.headers.set('X-Key', 'k'); return request; } });\nawait c.GET('/one');", SURE),
    "openapi-fetch, elsewhere": (OPENAPI + "const auth = { onRequest: ({ request }) => { if (token) request.headers.set('X-Key', token); return request; } };\nc.use(auth);\nawait c.GET('/one');", PERHAPS),
    "openapi-fetch, answers": (OPENAPI + "c.use({ onResponse({ response }) { response.headers.set('X-Key', 'k'); } });\nawait c.GET('/one');", ()),
    "graphql-request": ("import { GraphQLClient } from 'graphql-request';\nconst c = new GraphQLClient('https://a.test/graphql', { headers: { 'X-Key': 'k' } });\nawait c.request('{ a }');", SURE),
    "graphql-request, set": (GRAPHQL + "c.setHeader('X-Key', 'k');\nawait c.request('{ a }');", PERHAPS),
    "graphql-request, a call": (GRAPHQL + "await c.request('{ a }', {}, { 'X-Key': 'k' });", SURE),
    "graphql-request, variables": (GRAPHQL + "await c.request('{ a }', { 'X-Key': 'k' });", ()),
    "prepareHeaders": (RTK % "prepareHeaders: (headers) => { headers.set('X-Key', 'k'); return headers; }", SURE),
    "prepareHeaders, by its state": (RTK % "prepareHeaders(h, { getState }) { const token = getState().token; if (token) h.set('X-Key', token); return h; }", PERHAPS),
    "prepareHeaders, reads": (RTK % "prepareHeaders: (headers) => { count(headers.get('X-Key')); return headers; }", ()),
}  # fmt: skip


@pytest.mark.parametrize("name", cases(SPELLINGS))
def test_headers_that_hooks_add(name: str) -> None:
    source, headers = SPELLINGS[name]
    (call,) = audited({"package.json": PACKAGE, ENTRY: source}).calls
    assert not call.dead
    assert tuple(option for option in call.options if option[0].startswith("header")) == headers
