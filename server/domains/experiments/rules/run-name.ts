/** A name for a run that came without one: adjective, noun, number, as MLflow's clients are used to. */
const adjectives = [
  "able", "agile", "amber", "brave", "bright", "brisk", "calm", "candid", "clean", "clever", "crisp", "daring", "deft", "eager", "fair", "fine",
  "fleet", "fond", "frank", "gentle", "glad", "grand", "hardy", "honest", "keen", "kind", "lively", "lucid", "mellow", "merry", "mild", "neat",
  "noble", "patient", "plain", "polite", "prime", "proud", "quick", "quiet", "rapid", "ready", "sharp", "shy", "smart", "solid", "steady", "sturdy",
  "sunny", "swift", "tidy", "trusty", "vivid", "warm", "wise", "witty", "young", "zesty",
];
const nouns = [
  "auk", "badger", "beaver", "bison", "bream", "carp", "cod", "crane", "crow", "deer", "dove", "duck", "eagle", "elk", "falcon", "finch", "fox",
  "gnu", "goose", "grouse", "gull", "hare", "hawk", "heron", "ibis", "jay", "kite", "lark", "lynx", "marten", "mole", "moose", "moth", "newt",
  "orca", "otter", "owl", "perch", "pike", "plover", "quail", "raven", "robin", "rook", "seal", "shrew", "snipe", "sole", "stork", "swan", "tern",
  "toad", "trout", "vole", "whale", "wren",
];

/** `random` gives numbers in [0, 1). */
export function makeRunName(random: () => number): string {
  const pick = (words: readonly string[]) => words[Math.floor(random() * words.length)] ?? "run";
  return `${pick(adjectives)}-${pick(nouns)}-${Math.floor(random() * 900) + 100}`;
}
