import { keepChoice } from "./theme/kept-choice";

/** The rail's width is an attribute on <html>, so that CSS alone draws it and the first paint is right. */
export function toggleRail() {
  const root = document.documentElement;
  const narrow = root.dataset.rail !== "narrow";
  if (narrow) root.dataset.rail = "narrow";
  else delete root.dataset.rail;
  keepChoice("slipway-rail", narrow ? "narrow" : "wide");
}
