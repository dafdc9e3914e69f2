"""Trials with real clients: clients.py URL.

Over http: the Open Inference Protocol; the server calls its model feed. Over https: HTTP/2. One line
per trial; ends with 1 on a fault. A client that is not installed is skipped.
"""

import asyncio
import importlib
import json
import sys

url = sys.argv[1]
address = url.split("//")[1]
faults = 0
text = json.dumps(
    {"user": {"id": "u"}, "items": [{"id": f"i{i}", "features": {}} for i in range(20)]})


def items(answer):
    """Items in the first of the answers."""
    return len(json.loads(answer)["items"])


def trial(what, module, run):
    """What `run` gives has to be 10, the items of a list by default."""
    global faults
    try:
        importlib.import_module(module)
    except Exception as error:  # not there, or beside packages that it cannot bear
        print(f"skipped 13: {what}: {type(error).__name__} at the import of {module}")
        return
    try:
        came = run()
    except Exception as error:  # whatever a client throws is what its user sees
        came = f"{type(error).__name__}: {error}"
    faults += came != 10
    print(f"{'ok' if came == 10 else 'FAULT'} 13: {what}: {came}", flush=True)


def triton_input(client, numpy, shape=(1,), **more):
    data = numpy.full(shape, text.encode(), dtype=numpy.object_)
    tensor = client.InferInput("request", list(shape), "BYTES")
    tensor.set_data_from_numpy(data, **more)
    return [tensor]


def triton(request=None, response=None, outputs=None, shape=(1,), **more):
    import numpy
    import tritonclient.http as client

    with client.InferenceServerClient(address) as server:
        assert server.is_server_live() and server.is_server_ready()
        assert server.is_model_ready("feed")
        assert server.get_server_metadata()["name"] == "fader"
        assert server.get_model_metadata("feed")["name"] == "feed"
        wanted = [client.InferRequestedOutput("response", **outputs)] if outputs is not None else None
        result = server.infer(
            "feed", triton_input(client, numpy, shape, **more), outputs=wanted,
            request_compression_algorithm=request, response_compression_algorithm=response)
        return items(result.as_numpy("response").flatten()[0])


def triton_refused():
    import numpy
    import tritonclient.http as client
    from tritonclient.utils import InferenceServerException

    with client.InferenceServerClient(address) as server:
        try:
            server.infer(
                "feed", triton_input(client, numpy),
                outputs=[client.InferRequestedOutput("scores")])
        except InferenceServerException as error:
            return 10 if "response" in error.message() else error.message()
    return "no refusal"


def triton_aio():
    import numpy
    import tritonclient.http.aio as client

    async def run():
        async with client.InferenceServerClient(address) as server:
            result = await server.infer("feed", triton_input(client, numpy))
            return items(result.as_numpy("response")[0])

    return asyncio.run(run())


def kserve(binary):
    from kserve import InferenceRESTClient, InferInput, InferRequest, RESTConfig

    import numpy

    async def run():
        client = InferenceRESTClient(RESTConfig(protocol="v2"))
        tensor = InferInput("request", [1], "BYTES", data=None if binary else [text])
        if binary:
            tensor.set_data_from_numpy(
                numpy.array([text.encode()], dtype=numpy.object_), binary_data=True)
        assert await client.is_server_live(f"http://{address}")
        assert await client.is_model_ready(f"http://{address}", "feed")
        answer = await client.infer(
            f"http://{address}", InferRequest(model_name="feed", infer_inputs=[tensor]),
            model_name="feed")
        return items(answer.outputs[0].as_numpy().flatten()[0] if binary else answer.outputs[0].data[0])

    return asyncio.run(run())


def mlserver(use_bytes):
    import urllib.request

    from mlserver.codecs import StringCodec
    from mlserver.types import InferenceRequest, InferenceResponse

    tensor = StringCodec.encode_input("request", [text, text], use_bytes=use_bytes)
    assert tensor.shape == [2, 1]
    body = InferenceRequest(inputs=[tensor]).model_dump_json(exclude_none=True)
    request = urllib.request.Request(
        f"http://{address}/v2/models/feed/infer", body.encode(),
        {"Content-Type": "application/json"})
    with urllib.request.urlopen(request) as answer:
        response = InferenceResponse.model_validate_json(answer.read())
    return items(StringCodec.decode_output(response.outputs[0])[0])


def httpx_two():
    import httpx

    with httpx.Client(http2=True, verify=False) as client:
        answers = [client.post(f"{url}/v1/rerank", json=json.loads(text)) for _ in range(3)]
    versions = {answer.http_version for answer in answers}
    return len(answers[-1].json()["items"]) if versions == {"HTTP/2"} else versions


def requests_one():
    import requests

    requests.packages.urllib3.disable_warnings()
    return len(requests.post(f"{url}/v1/rerank", data=text, verify=False,
                             headers={"Content-Type": "application/json"}).json()["items"])


if url.startswith("https:"):
    trial("httpx over HTTP/2", "h2", httpx_two)
    trial("requests over TLS", "requests", requests_one)
    sys.exit(faults > 0)
for what, run in (
    ("its defaults", triton), ("[2, 1]", lambda: triton(shape=(2, 1))),
    ("gzip both ways", lambda: triton("gzip", "gzip")),
    ("deflate both ways", lambda: triton("deflate", "deflate")),
    ("JSON both ways", lambda: triton(outputs={"binary_data": False}, binary_data=False)),
    ("output named", lambda: triton(outputs={})),
    ("unknown output is refused", triton_refused),
):
    trial(f"tritonclient, {what}", "tritonclient.http", run)
trial("tritonclient.http.aio, its defaults", "tritonclient.http.aio", triton_aio)
trial("kserve, JSON", "kserve", lambda: kserve(False))
trial("kserve, bytes", "kserve", lambda: kserve(True))
trial("mlserver's StringCodec, texts", "mlserver.codecs", lambda: mlserver(False))
trial("mlserver's StringCodec, bytes", "mlserver.codecs", lambda: mlserver(True))
sys.exit(faults > 0)
