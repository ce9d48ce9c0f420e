"""SDKs of services: every one of their methods that matters asks an API of the service, by URLs of its own.

By their READMEs and reference pages. What a profile names of an SDK is followed, see `inventory/sdks.py`; of these
nothing is known but that they send requests. Clients of databases, caches and brokers are no such SDKs.
"""

from __future__ import annotations

_ANY = ("*",)
_SCOPES = ("@aws-sdk/client-", "@google-cloud/", "@googleapis/", "@azure/arm-", "@octokit/")
"""Beginnings of names: each such package is the SDK of one service."""
_BESIDES = frozenset({"@octokit/types", "@octokit/webhooks-types", "@google-cloud/functions-framework"})
_SDKS: dict[str, tuple[str, ...]] = {
    # models and search
    "openai": ("default", "OpenAI", "AzureOpenAI"),
    "@anthropic-ai/sdk": ("default", "Anthropic"),
    "@google/generative-ai": ("GoogleGenerativeAI",),
    "@google/genai": ("GoogleGenAI",),
    "@mistralai/mistralai": ("Mistral", "default"),
    "groq-sdk": ("default", "Groq"),
    "cohere-ai": ("CohereClient", "CohereClientV2"),
    "replicate": ("default",),
    "ai": ("generateText", "streamText", "generateObject", "streamObject", "embed", "embedMany", "generateImage",
           "experimental_generateImage"),
    "algoliasearch": ("default", "algoliasearch", "liteClient"),
    # messages
    "telegraf": ("Telegraf", "Telegram"),
    "nestjs-telegraf": ("TelegrafModule",),
    "grammy": ("Bot", "Api"),
    "node-telegram-bot-api": ("default",),
    "telegram": ("TelegramClient",),
    "discord.js": ("Client", "REST", "WebhookClient"),
    "@discordjs/rest": ("REST",),
    "eris": ("default", "Client"),
    "@slack/web-api": ("WebClient",),
    "@slack/webhook": ("IncomingWebhook",),
    "@slack/bolt": ("App", "default"),
    "twilio": ("default", "Twilio"),
    "@sendgrid/mail": _ANY,
    "mailgun.js": ("default",),
    "resend": ("Resend",),
    "postmark": ("ServerClient",),
    "twitter-api-v2": ("TwitterApi", "default"),
    "web-push": _ANY,
    # business
    "stripe": ("default", "Stripe"),
    "googleapis": ("google",),
    "octokit": ("Octokit", "App"),
    "@notionhq/client": ("Client",),
    "airtable": ("default",),
    "contentful": ("createClient",),
    "@shopify/shopify-api": ("shopifyApi",),
    "@supabase/supabase-js": ("createClient",),
    "firebase-admin": _ANY,
    "aws-sdk": _ANY,
    # chains that have no JSON-RPC of Ethereum's kind
    "@mysten/sui/client": ("SuiClient",),
    "@mysten/sui/graphql": ("SuiGraphQLClient",),
    "@mysten/sui/jsonRpc": ("SuiJsonRpcClient",),
    "@mysten/sui/grpc": ("SuiGrpcClient",),
    "@aptos-labs/ts-sdk": ("Aptos",),
    "aptos": ("AptosClient", "Aptos", "FaucetClient"),
    "@cosmjs/stargate": ("StargateClient", "SigningStargateClient"),
    "@cosmjs/cosmwasm-stargate": ("CosmWasmClient", "SigningCosmWasmClient"),
    "@cosmjs/tendermint-rpc": ("Tendermint34Client", "Tendermint37Client", "Comet38Client"),
    "starknet": ("RpcProvider", "Provider"),
    "near-api-js": ("connect", "providers", "JsonRpcProvider"),
    "@ton/ton": ("TonClient", "TonClient4"),
    "tonweb": ("default",),
    "tronweb": ("default", "TronWeb"),
    "xrpl": ("Client",),
    "algosdk": ("Algodv2", "Indexer"),
    "@stellar/stellar-sdk": ("Horizon", "rpc", "SorobanRpc", "Server"),
    "@coral-xyz/anchor": ("AnchorProvider", "Program"),
    "@project-serum/anchor": ("AnchorProvider", "Provider", "Program"),
    "@metaplex-foundation/js": ("Metaplex",),
    "alchemy-sdk": ("Alchemy",),
    "moralis": ("default",),
    # exchanges and prices
    "ccxt": _ANY,
    "binance": ("MainClient", "USDMClient", "CoinMClient", "PortfolioClient"),
    "@binance/connector": ("Spot",),
    "binance-api-node": ("default",),
    "node-binance-api": ("default",),
    "bybit-api": ("RestClientV5",),
    "okx-api": ("RestClient",),
    "bitget-api": ("RestClientV2", "RestClientV3"),
    "kucoin-api": ("SpotClient", "FuturesClient"),
    "coinbase-api": ("CBAdvancedTradeClient", "CBExchangeClient"),
    "@alpacahq/alpaca-trade-api": ("default",),
    "@polymarket/clob-client": ("ClobClient",),
    "yahoo-finance2": ("default",),
    "@pythnetwork/hermes-client": ("HermesClient",),
    "@pythnetwork/price-service-client": ("PriceServiceConnection",),
    "@jup-ag/api": ("createJupiterApiClient",),
    "@drift-labs/sdk": ("DriftClient",),
}  # fmt: skip
"""By package, the exports that make a client or send a request."""


def service_exports(source: str) -> tuple[str, ...]:
    """The exports of what is imported from `source` that send requests, or make something which does."""
    if source in _SDKS:
        return _SDKS[source]
    package = "/".join(source.split("/")[: 2 if source[:1] == "@" else 1])
    if package.startswith(_SCOPES) and package not in _BESIDES:
        return _ANY
    return _SDKS.get(package, ())
