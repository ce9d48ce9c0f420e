"""axios 1.x: https://axios-http.com/docs/api_intro and /docs/instance."""

from callaudit.libraries.model import Arg, Give, Library, Make, Model, Quiet, Request


def _methods() -> dict[str, Model]:
    plain: dict[str, Model] = {
        name: Request(
            method=name.upper(),
            options=Arg(1),
            bases=(Arg(1, "baseURL"), Arg(-2, "0.baseURL")),
            query=(Arg(1, "params"),),
        )
        for name in ("get", "delete", "head", "options")
    }
    body: dict[str, Model] = {
        name: Request(
            method=name.removesuffix("Form").upper(),
            options=Arg(2),
            bases=(Arg(2, "baseURL"), Arg(-2, "0.baseURL")),
            body=(Arg(1),),
            query=(Arg(2, "params"),),
        )
        for name in ("post", "put", "patch", "postForm", "putForm", "patchForm")
    }
    config = Request(
        urls=(Arg(0, "url"), Arg(0)),
        methods=(Arg(0, "method"), Arg(1, "method")),
        options=Arg(-1),
        bases=(Arg(0, "baseURL"), Arg(1, "baseURL"), Arg(-2, "0.baseURL")),
        query=(Arg(0, "params"), Arg(1, "params")),
        body=(Arg(0, "data"),),
    )
    return {**plain, **body, "request": config, "": config, "create": Make("instance"), "getUri": Quiet()}


_STATIC: dict[str, Model] = {**_methods(), "all": Give(), "isAxiosError": Quiet(), "isCancel": Quiet()}

_AXIOS = Library(
    name="axios",
    packages=("axios", "xior", "redaxios", "axios-https-proxy-fix"),
    exports={
        **{f"default.{name}" if name else "default": model for name, model in _STATIC.items()},
        **{name: model for name, model in _STATIC.items() if name},
        "default.Axios": Make("instance"),
        "Axios": Make("instance"),
    },
    clients={"instance": _methods()},
    types={
        "AxiosInstance": "instance",
        "AxiosStatic": "instance",
        "Axios": "instance",
        "XiorInstance": "instance",
    },
    network=True,
)

LIBRARIES = (
    _AXIOS,
    # https://github.com/RasCarlito/axios-cache-adapter#usage: an instance that keeps answers
    Library(
        name="axios",
        packages=("axios-cache-adapter",),
        exports={"setup": Make("instance")},
        clients={"instance": _methods()},
        network=True,
    ),
)
