/** Apart from the schemas, so that a page that shows numbers loads no validator. */
export const metricNames = ["log_loss", "auc", "brier", "ece"] as const;
