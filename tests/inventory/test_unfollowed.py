"""Clients of which no table lists the requests are said to be unknown, once for each package."""
# ruff: noqa: E501 - a program on one line is easier to compare with its neighbours

from __future__ import annotations

import pytest

from tests.projects import audited

MADE = {
    "a name": ("ethers", "import { JsonRpcProvider } from 'ethers'; export const made = new JsonRpcProvider('https://a.test');"),
    "a member": ("ethers", "import { ethers } from 'ethers'; export const made = () => new ethers.providers.JsonRpcProvider('x');"),
    "a namespace": ("viem", "import * as viem from 'viem'; export const made = viem.createPublicClient({});"),
    "a default": ("web3", "import Web3 from 'web3'; export const made = new Web3('https://a.test');"),
    "required": ("ethers", "const { JsonRpcProvider } = require('ethers'); exports.made = new JsonRpcProvider('https://a.test');"),
    "a service": ("openai", "import OpenAI from 'openai'; export const made = new OpenAI();"),
    "a service by its registry": ("openai", "import OpenAI from 'npm:openai@4'; export const made = new OpenAI();"),
    "a service by a URL": ("@supabase/supabase-js", "import { createClient } from 'https://esm.sh/@supabase/supabase-js@2.45.1'; export const made = createClient('a', 'b');"),
    "a service of a scope": ("@aws-sdk/client-s3", "import { S3 } from '@aws-sdk/client-s3'; export const made = new S3({});"),
    "a part of a service": ("grammy/web", "import { Bot } from 'grammy/web'; export const made = new Bot('x');"),
    "a part that is listed": ("@mysten/sui/client", "import { SuiClient, getFullnodeUrl } from '@mysten/sui/client'; export const made = new SuiClient({ url: getFullnodeUrl('testnet') });"),
    "a function": ("ai", "import { generateText, tool } from 'ai'; export const said = () => generateText({ tools: { a: tool({}) } });"),
    "a service that is required": ("stripe", "const stripe = require('stripe')('key'); exports.made = stripe;"),
    "a proxy": ("http-proxy-middleware", "import { createProxyMiddleware } from 'http-proxy-middleware'; export const made = createProxyMiddleware({ target: 'https://a.test' });"),
    "a proxy that is required": ("express-http-proxy", "const proxy = require('express-http-proxy'); exports.made = proxy('https://a.test');"),
    "a contract": ("@ts-rest/core", "import { initClient } from '@ts-rest/core'; export const made = initClient({}, { baseUrl: 'https://a.test' });"),
    "a class for a contract": ("@zodios/core", "import { Zodios } from '@zodios/core'; export const made = new Zodios('https://a.test', []);"),
    "a cache around http": ("cacheable-request", "import CacheableRequest from 'cacheable-request'; import http from 'http'; export const made = new CacheableRequest(http.request).request();"),
    "a schedule": ("effect", "import { Effect, Schedule } from 'effect'; export const made = Effect.repeat(Effect.void, Schedule.spaced('10 seconds'));"),
    "activities": ("@temporalio/workflow", "import { proxyActivities } from '@temporalio/workflow'; export const made = proxyActivities({ startToCloseTimeout: '1m' });"),
    "tRPC 9": ("@trpc/react", "import { createReactQueryHooks } from '@trpc/react'; export const made = createReactQueryHooks();"),
    "tRPC without names": ("@trpc/client", "import { createTRPCUntypedClient, httpBatchLink } from '@trpc/client'; export const made = createTRPCUntypedClient({ links: [httpBatchLink({ url: '/trpc' })] });"),
}  # fmt: skip
NOT_MADE = {
    "a contract alone": "import { initContract } from '@ts-rest/core'; export const made = initContract();",
    "an effect alone": "import { Effect } from 'effect'; export const made = Effect.succeed(1);",
    "a helper": "import { formatUnits } from 'ethers'; export const shown = formatUnits(1n);",
    "a helper of a namespace": "import { ethers } from 'ethers'; export const shown = ethers.utils.formatUnits(1n);",
    "procedures": "import { initTRPC } from '@trpc/server'; export const t = initTRPC.create();",
    "an error": "import { TRPCError } from '@trpc/server'; export const made = new TRPCError({ code: 'NOT_FOUND' });",
    "a type": "import type { JsonRpcProvider } from 'ethers'; export const use = (p: JsonRpcProvider) => p;",
    "a client of procedures": "import { createTRPCClient, httpBatchLink } from '@trpc/client'; export const made = createTRPCClient({ links: [httpBatchLink({ url: '/trpc' })] });",
    "a builder of a service": "import { EmbedBuilder } from 'discord.js'; export const made = new EmbedBuilder();",
    "a helper of a service": "import { tool } from 'ai'; export const made = tool({});",
    "types of a scope": "import type { Octokit } from '@octokit/rest'; export const use = (o: Octokit) => o;",
    "another package": "import { JsonRpcProvider } from './own'; export const made = new JsonRpcProvider('x');",
}


@pytest.mark.parametrize("name", MADE)
def test_a_package_whose_clients_are_made_is_not_known(name: str) -> None:
    package, code = MADE[name]
    found = [(one.file, one.line, one.what) for one in audited({"src/a.ts": code, "src/b.ts": code}).unknowns]
    assert found == [("src/a.ts", 1, package)]


def test_how_many_files_make_them_is_said() -> None:
    (_, code) = MADE["a name"]
    (one,) = audited({"src/a.ts": code, "src/b.ts": code}).unknowns
    assert one.why == "its requests are not followed (JSON-RPC to https://a.test); 2 files use it"


NODES = {
    "ethers": "import { ethers } from 'ethers'; const RPC = process.env.RPC ?? 'https://a.test'; new ethers.JsonRpcProvider(RPC);",
    "@solana/web3.js": "import { Connection } from '@solana/web3.js'; new Connection('https://a.test', 'confirmed');",
    "viem": "import { createPublicClient, http } from 'viem'; createPublicClient({ transport: http('https://a.test') });",
    "web3": "import Web3 from 'web3'; new Web3('https://a.test');",
}


@pytest.mark.parametrize("package", NODES)
def test_the_node_is_named(package: str) -> None:
    """Its URL is known, how many requests are sent to it is not; nothing is held open."""
    inventory = audited({"main.ts": NODES[package]})
    (one,) = inventory.unknowns
    assert (one.what, one.why) == (
        package,
        "its requests are not followed (JSON-RPC to https://a.test); one file uses it",
    )
    assert inventory.connections == ()


def test_a_node_that_is_not_known_is_not_named() -> None:
    code = "import { createPublicClient, http } from 'viem'; createPublicClient({ transport: http() });"
    (one,) = audited({"main.ts": code}).unknowns
    assert one.why == "its requests are not followed (JSON-RPC); one file uses it"


@pytest.mark.parametrize("name", NOT_MADE)
def test_what_makes_no_client_is_not_spoken_of(name: str) -> None:
    assert audited({"src/a.ts": NOT_MADE[name], "src/own.ts": "export class JsonRpcProvider {}"}).unknowns == ()


LIKELY = {
    "a class": ("some-sdk", "import { TapClient } from 'some-sdk'; export const made = new TapClient('x');"),
    "a default": ("some-sdk", "import SomeApi from 'some-sdk'; export const made = () => new SomeApi();"),
    "a function": ("@some/commons", "import { executeRequest } from '@some/commons'; export const asked = () => executeRequest({ url: 'x' });"),
    "of another host": ("https://deno.land/x/some/mod.ts", "import { TapClient } from 'https://deno.land/x/some/mod.ts'; export const made = new TapClient('x');"),
    "a required class": ("some-sdk/client", "const { FeedClient } = require('some-sdk/client'); exports.made = new FeedClient();"),
}  # fmt: skip
UNLIKELY = {
    "a type": "import type { TapClient } from 'some-sdk'; export const use = (p: TapClient) => p;",
    "of a database": "import { RedisClient } from 'some-redis'; export const made = new RedisClient();",
    "of a database of another host": "import { RedisClient } from 'https://deno.land/x/some/mod.ts'; export const made = new RedisClient();",
    "of the program": "import { executeRequest } from '~/own'; export const asked = () => executeRequest();",
    "a helper": "import { decodeRequest, requestId } from 'some-sdk'; export const shown = decodeRequest(requestId);",
    "of a package that is known": "import { QueryClient } from '@tanstack/react-query'; export const made = new QueryClient();",
    "nobody uses it": "import { TapClient } from 'some-sdk'; export const made = 1;",
}  # fmt: skip


@pytest.mark.parametrize("name", LIKELY)
def test_a_package_that_may_send_requests_is_said_not_to_be_known(name: str) -> None:
    package, code = LIKELY[name]
    found = audited({"src/a.ts": code, "src/b.ts": code}).unknowns
    assert [(one.file, one.line, one.what) for one in found] == [("src/a.ts", 1, package)]
    assert found[0].why.endswith("may send requests: nothing is known of this package; 2 files use it")


@pytest.mark.parametrize("name", UNLIKELY)
def test_what_may_send_nothing_is_not_spoken_of(name: str) -> None:
    own = {
        "tsconfig.json": '{"compilerOptions": {"paths": {"~/*": ["./src/*"]}}}',
        "src/own.ts": "export const executeRequest = () => 1;",
    }
    assert audited({**own, "src/a.ts": UNLIKELY[name]}).unknowns == ()
