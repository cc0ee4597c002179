/** Names of columns that no feature has; apart from the schemas, so that a page can say them without loading those. */

/** The column name under which the score stands beside the features. */
export const scoreColumn = "(score)";
/** For rules without columns (volume, log-loss). */
export const noColumn = "";
