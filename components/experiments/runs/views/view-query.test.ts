import { expect, test } from "vitest";
import { savedHref, viewQueryOf } from "./view-query";
import { viewWords } from "./view-words";

test("a view is the same however its URL is written, and holds no selection", () => {
  const one = viewQueryOf("?sort=metrics.auc.desc&q=metrics.auc+%3E+0.9&sel=a,b&saved=x");
  expect(one).toBe(viewQueryOf("q=metrics.auc%20>%200.9&sort=metrics.auc.desc&cols="));
  expect(one).toBe("q=metrics.auc+%3E+0.9&sort=metrics.auc.desc");
  expect(viewQueryOf("sel=a")).toBe("");
});

test("a saved view's address brings back its state and says where it came from", () => {
  expect(savedHref({ id: "7", query: "q=a" })).toBe("?q=a&saved=7");
  expect(savedHref({ id: "7", query: "" })).toBe("?saved=7");
});

test("is told in words", () => {
  expect(viewWords("q=metrics.auc+%3E+0.9&sort=metrics.auc.desc&group=params.model&cols=a%2Cb")).toBe("metrics.auc > 0.9 · by auc · grouped by model · 2 columns");
  expect(viewWords("")).toBe("All runs, as they come");
});
