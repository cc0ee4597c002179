/** The tag of a repeat: which run it does again. */
export const repeatsTag = "slipway.repeats";

/** Where the job of a resumed run finds its checkpoint, below its work folder. */
export const checkpointFolder = "resume";
