import { describe, expect, it } from "vitest";
import type { EndpointView, ExampleRow } from "@/server/domains/models/serving/contract";
import { bodyOf, draftOf, pathOf, snippetsOf } from "./try-draft";

const endpoint: EndpointView = {
  model: "flight delay", description: "", version: 2, isChampion: true, versions: [2], score: "probabilities",
  inputs: [{ name: "features", datatype: "FP32", shape: [-1, 3] }],
  outputs: [{ name: "probabilities", datatype: "FP32", shape: [-1, 2] }],
  features: ["mean", "count", "hour"],
  byKeys: { service: "delays", keys: [{ name: "origin", views: ["origin_delays"] }], request: [{ name: "hour", dtype: "float64", unit: "h", description: "" }] },
};

const example: ExampleRow = {
  from: "inference", name: "p-1", at: null, eventTime: "2001-06-01T10:00:00.000Z", keys: { origin: "JFK" }, features: { mean: 1.5, count: null, hour: 17 },
};

describe("draftOf and bodyOf", () => {
  it("asks by keys as the inference did, for the score and the completed features, and is not logged", () => {
    expect(bodyOf(endpoint, draftOf(endpoint, example))).toEqual({
      parameters: { log: false },
      inputs: [
        { name: "origin", shape: [1], datatype: "BYTES", data: ["JFK"] },
        { name: "hour", shape: [1], datatype: "FP64", data: [17] },
        { name: "event_time", shape: [1], datatype: "BYTES", data: ["2001-06-01T10:00:00.000Z"] },
      ],
      outputs: [{ name: "score" }, { name: "completed_features" }],
    });
  });

  it("asks with a whole row, absent values as null", () => {
    const { inputs, outputs } = bodyOf(endpoint, draftOf(endpoint, example, "row"));
    expect(inputs).toEqual([{ name: "features", shape: [1, 3], datatype: "FP32", data: [1.5, null, 17] }]);
    expect(outputs).toEqual([{ name: "score" }]);
  });

  it("makes a tensor of one row for another signature, and asks for all outputs where there is no score", () => {
    const echo: EndpointView = {
      ...endpoint, byKeys: null, features: null, score: null,
      inputs: [{ name: "text", datatype: "BYTES", shape: [-1] }, { name: "box", datatype: "INT64", shape: [-1, -1, 2] }],
      outputs: [{ name: "text_out", datatype: "BYTES", shape: [-1] }, { name: "map", datatype: "UNKNOWN", shape: [] }],
    };
    const { inputs, outputs } = bodyOf(echo, { mode: "row", texts: { text: "a", box: "1, 2, 3, 4" } });
    expect(inputs).toEqual([{ name: "text", shape: [1], datatype: "BYTES", data: ["a"] }, { name: "box", shape: [1, 2, 2], datatype: "INT64", data: [1, 2, 3, 4] }]);
    expect(outputs).toEqual([{ name: "text_out" }]);
  });

  it("names the field whose text is no number", () => {
    const draft = draftOf(endpoint, example);
    expect(() => bodyOf(endpoint, { ...draft, texts: { ...draft.texts, hour: "noon" } })).toThrow('hour: "noon" is not a number.');
  });
});

describe("snippetsOf", () => {
  it("is the same request, quoted for the shell", () => {
    const path = pathOf(endpoint.model, null);
    expect(path).toBe("/v2/models/flight%20delay/infer");
    expect(pathOf("m", 3)).toBe("/v2/models/m/versions/3/infer");
    const body = bodyOf(endpoint, { ...draftOf(endpoint, example), texts: { origin: "O'Hare", hour: "1" } });
    const [curl] = snippetsOf("http://here", path, body);
    expect(curl?.code).toContain("http://here/v2/models/flight%20delay/infer");
    expect(curl?.code).toContain("O'\\''Hare");
  });
});
