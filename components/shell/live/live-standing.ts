/** How the live connection stands, for the dot and for whoever must know that the server is not heard. */
export type LiveState = "connected" | "reconnecting" | "lost";

/** `since`: when the server was last heard, while it is not. */
export type LiveStanding = { state: LiveState; since: number | null };
