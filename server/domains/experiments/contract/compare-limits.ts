/** Apart from the inputs, so that a page knows the limits without the validator. */
export const comparedAtMost = 1_000;
/** So many runs stand in an address themselves; more are kept under an id. */
export const namedInAddress = 50;
