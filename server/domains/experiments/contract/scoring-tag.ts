/** On runs of a recipe that scores examples rather than trains; its value is the recipe's name. */
export const scoringTag = "slipway.scoring";
