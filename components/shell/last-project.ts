/** The project that a person was in last, where they land when an address names none. */
export const lastProjectCookie = "slipway-project";
