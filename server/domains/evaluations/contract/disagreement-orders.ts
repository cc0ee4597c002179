/** In which order disagreements are listed. Apart from the schemas, so that the page loads no validator. */
export const disagreementOrders = ["difference", "harm", "gain"] as const;
