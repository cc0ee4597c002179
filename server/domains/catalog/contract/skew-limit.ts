/** Online counts as equal to offline up to this share of reads. Apart from the schemas, so that a page that shows it loads no validator. */
export const skewLimit = 0.005;
