"""The unmodified tritonclient against a served model: python triton_client.py HOST:PORT TOKEN MODEL. Prints OK."""

import sys

import numpy as np
import tritonclient.http as http
from tritonclient.utils import InferenceServerException

url, token, model = sys.argv[1:4]
client = http.InferenceServerClient(url, concurrency=4)


def headers():
    # The client writes into the dictionary that it is given.
    return {"authorization": f"Bearer {token}"}


def tensor(name, values, datatype, binary=True):
    made = http.InferInput(name, values.shape, datatype)
    made.set_data_from_numpy(values, binary_data=binary)
    return made


def refused(inputs):
    try:
        client.infer(model, inputs, headers=headers())
    except InferenceServerException as error:
        return error.status(), error.message()
    raise AssertionError("it was taken")


assert client.is_server_live(headers=headers()) and client.is_server_ready(headers=headers())
assert client.is_model_ready(model, headers=headers()) and not client.is_model_ready("nobody", headers=headers())
assert "binary_tensor_data" in client.get_server_metadata(headers=headers())["extensions"]
metadata = client.get_model_metadata(model, headers=headers())
assert client.get_model_config(model, headers=headers())["max_batch_size"] == 0
assert model in [entry["name"] for entry in client.get_model_repository_index(headers=headers())]

features = np.random.default_rng(0).normal(20, 10, (5, metadata["inputs"][0]["shape"][1])).astype(np.float32)
features[0, 0] = np.nan
expected = None
for compression in (None, "gzip", "deflate"):
    outputs = [http.InferRequestedOutput("probabilities", binary_data=True), http.InferRequestedOutput("label", binary_data=False)]
    answer = client.infer(
        model,
        [tensor("features", features, "FP32")],
        outputs=outputs,
        request_id="r7",
        headers=headers(),
        request_compression_algorithm=compression,
        response_compression_algorithm=compression,
    )
    assert answer.get_response()["id"] == "r7" and answer.as_numpy("label").dtype == np.int64
    expected = answer.as_numpy("probabilities") if expected is None else expected
    np.testing.assert_array_equal(answer.as_numpy("probabilities"), expected)
as_json = client.infer(model, [tensor("features", features[1:], "FP32", binary=False)], headers=headers())
np.testing.assert_allclose(as_json.as_numpy("probabilities"), expected[1:], rtol=1e-6)

many = client.infer(model, [tensor("features", np.tile(features, (4000, 1)), "FP32")], headers=headers(), response_compression_algorithm="gzip")
np.testing.assert_array_equal(many.as_numpy("probabilities")[-5:], expected)
later = client.async_infer(model, [tensor("features", features, "FP32")], headers=headers()).get_result()
np.testing.assert_array_equal(later.as_numpy("probabilities"), expected)

keyed = [
    tensor("origin", np.array(["JFK", "Zürich"], dtype=object), "BYTES"),
    tensor("hour", np.array([[8.0], [9.0]]), "FP64"),
    tensor("prediction_id", np.array(["t-é-1", "t-2"], dtype=object), "BYTES"),
]
answer = client.infer(model, keyed, headers=headers())
assert answer.as_numpy("score").shape == (2,) and answer.as_numpy("score").dtype == np.float64
assert [name.decode() for name in answer.as_numpy("prediction_id")] == ["t-é-1", "t-2"]

assert refused([tensor("features", features.astype(np.float64), "FP64")]) == ("400", "The input features is FP32, not FP64.")
assert refused([tensor("features", features[:, :2], "FP32")])[0] == "400"
assert client.get_inference_statistics(model, headers=headers())["model_stats"][0]["inference_stats"]["success"]["count"] >= 6
print("OK")
